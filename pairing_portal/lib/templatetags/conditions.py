"""The fields of a list's filter, printed by one function: a template for each option costs half a page."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
Choice = tuple[Any, Any]


@register.simple_tag
def condition(field: BoundField) -> SafeString:
    """A filter's field with its label as crispy forms lays it out; selects without their templates."""
    widget = field.field.widget
    if type(widget) is not forms.Select:
        printed: SafeString = as_crispy_field(field)
        return printed
    chosen = frozenset(widget.format_value(field.value()))
    return format_html(
        '<div id="div_{0}" class="mb-3"><label for="{0}" class="form-label">{1}</label>'
        '<select name="{2}" class="select form-select" id="{0}">{3}</select></div>',
        field.id_for_label,
        field.label,
        field.html_name,
        _options(widget.choices, chosen),
    )


def _options(choices: Iterable[Choice], chosen: frozenset[str]) -> SafeString:
    """Options in their order, those of a group under its label."""
    runs = groupby(choices, key=_is_group)
    printed = (_groups(run, chosen) if is_group else _plain(_texts(run), chosen) for is_group, run in runs)
    return format_html_join("", "{}", ((part,) for part in printed))


def _is_group(choice: Choice) -> bool:
    return isinstance(choice[1], list | tuple)


def _groups(groups: Iterable[Choice], chosen: frozenset[str]) -> SafeString:
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        ((label, _options(choices, chosen)) for label, choices in groups),
    )


def _texts(choices: Iterable[Choice]) -> tuple[tuple[str, str], ...]:
    return tuple(("" if value is None else str(value), str(label)) for value, label in choices)


@lru_cache(maxsize=128)
def _plain(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    """The same grades and schools stand on every page: they are printed once."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, " selected" if value in chosen else "", label) for value, label in choices),
    )
