"""The fields of a list's filter, printed by one function: a template for each option costs half a page."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def condition(field: BoundField) -> SafeString:
    """A filter's field with its label as crispy forms lays it out; selects without their templates."""
    widget = field.field.widget
    if type(widget) is not forms.Select:
        printed: SafeString = as_crispy_field(field)
        return printed
    chosen = set(widget.format_value(field.value()))
    return format_html(
        '<div id="div_{0}" class="mb-3"><label for="{0}" class="form-label">{1}</label>'
        '<select name="{2}" class="select form-select" id="{0}">{3}</select></div>',
        field.id_for_label,
        field.label,
        field.html_name,
        _options(widget.choices, chosen),
    )


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    return format_html_join("", "{}", ((_option(value, label, chosen),) for value, label in choices))


def _option(value: Any, label: Any, chosen: set[str]) -> SafeString:
    """One option, or a group of them under a label of its own."""
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
    text = "" if value is None else str(value)
    mark = " selected" if text in chosen else ""
    return format_html('<option value="{}"{}>{}</option>', text, mark, label)
