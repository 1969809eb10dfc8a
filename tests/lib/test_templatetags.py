"""Tags and filters that pages use."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from pairing_portal.lib.templatetags import portal


def _sorted_head(query: str) -> str:
    request = RequestFactory().get(f"/students/{query}")
    template = Template('{% load portal %}{% sort_header "姓名" "name" default="name" %}')
    return template.render(Context({"request": request}))


def test_date_is_written_the_chinese_way_in_local_time() -> None:
    assert portal.date_cn(date(2018, 3, 5)) == "2018年3月5日"
    assert portal.date_cn(datetime(2018, 3, 4, 16, 30, tzinfo=UTC)) == "2018年3月5日"
    assert portal.moment_cn(datetime(2018, 3, 4, 16, 30, tzinfo=UTC)) == "2018年3月5日 00:30"
    assert portal.date_cn(None) == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 3, 5), "今天"),
        (date(2018, 3, 4), "昨天"),
        (date(2018, 2, 1), "32 天前"),
        (date(2018, 3, 8), "3 天后"),
    ],
)
def test_days_since_speaks_plainly(day: date, words: str) -> None:
    assert portal.days_since(day, date(2018, 3, 5)) == words


@pytest.mark.parametrize(
    ("phone", "shown"), [("13812345678", "138****5678"), ("8712345", "87***45"), ("110", "***"), (None, "")]
)
def test_phone_mask_hides_the_middle(phone: str | None, shown: str) -> None:
    assert portal.phone_mask(phone) == shown


def test_phone_link_holds_digits_only() -> None:
    assert portal.phone_link("+86 (0912) 871-0000<x>") == "+8609128710000"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "—"), (0, 5, "0%"), (1, 1000, "1%"), (999, 1000, "99%"), (5, 5, "100%")],
)
def test_percent_says_neither_none_nor_all_too_early(part: int, whole: int, shown: str) -> None:
    assert portal.percent(part, whole) == shown


def test_yes_no_knows_what_nobody_said() -> None:
    assert [portal.yes_no(value) for value in (True, False, None)] == ["是", "否", "未填写"]


def test_icon_escapes_its_label() -> None:
    assert "<b>" not in portal.icon("home", "<b>")
    assert 'aria-hidden="true"' in portal.icon("home")


def test_sort_header_turns_the_order_round_and_keeps_filters() -> None:
    assert 'href="?sort=-name"' in _sorted_head("")
    assert 'aria-sort="ascending"' in _sorted_head("")
    head = _sorted_head("?q=1&sort=-name&after=x&page=3")
    assert 'href="?q=1&amp;sort=name"' in head
    assert 'aria-sort="descending"' in head


@pytest.mark.parametrize(("limit", "pupils", "marks"), [(3, 1, "x.."), (3, 5, "xxxxx"), (3, 40, "x" * 10)])
def test_load_marks_show_each_pupil_up_to_ten(limit: int, pupils: int, marks: str) -> None:
    assert "".join("x" if mark else "." for mark in portal.load_marks(limit, pupils)) == marks
