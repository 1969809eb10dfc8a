"""The tag that the manual's pages lead to other pages with."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def goto(context: Context, name: str, words: str, *args: object) -> str:
    """A link to the page of that name for whoever may open it, as `leads_on` tells; for others its words."""
    if not context["leads_on"]:
        return words
    return format_html('<a href="{}">{}</a>', reverse(name, args=args), words)
