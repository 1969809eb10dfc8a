"""Every form says whose it is, so that none can be written that does not."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pairing_portal.accounts.kept_forms import MARK, mark_of
from pairing_portal.accounts.models import User

register = template.Library()


class FormTokenNode(CsrfTokenNode):
    """Django's hidden token, and beside it the mark of the person the form is shown to."""

    def render(self, context: Context) -> SafeString:
        """Both fields; only the token where nobody is signed in."""
        return format_html("{}{}", super().render(context), _mark(getattr(context, "request", None)))


def _mark(request: HttpRequest | None) -> SafeString | str:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return ""
    marked: Any = request
    if not hasattr(marked, "form_mark"):
        marked.form_mark = mark_of(user)
    return format_html('<input type="hidden" name="{}" value="{}">', MARK, marked.form_mark)


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormTokenNode:
    """Take the place of Django's tag of the same name (settings: `builtins`)."""
    return FormTokenNode()
