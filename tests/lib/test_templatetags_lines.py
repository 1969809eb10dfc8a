"""Long tables, printed once and filled in row by row."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import SafeString

BODY = '{% load lines %}{% lines rows as row %}<td title="{{ title }}">{{ row.name }}</td>{% endlines %}'


@dataclass(frozen=True, slots=True)
class Named:
    name: str


def printed(*names: str, title: str = "") -> str:
    rows = [Named(name) for name in names]
    return Template(BODY).render(Context({"rows": rows, "title": title}))


def test_lines_print_the_body_for_every_row() -> None:
    assert printed("张三", "李四") == '<td title="">张三</td><td title="">李四</td>'


def test_lines_escape_what_the_rows_say() -> None:
    assert printed("<b>{name}") == '<td title="">&lt;b&gt;{name}</td>'


def test_lines_leave_marked_up_values_as_they_are() -> None:
    assert printed(SafeString("<i>未结对</i>")) == '<td title=""><i>未结对</i></td>'


def test_lines_keep_braces_of_the_pages_own_words() -> None:
    assert printed("张三", title="{name}") == '<td title="{name}">张三</td>'


def test_lines_of_no_rows_are_nothing() -> None:
    assert printed() == ""


def test_lines_want_a_name_for_the_row() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load lines %}{% lines rows %}{% endlines %}")
