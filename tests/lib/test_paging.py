"""Keyset paging: every row once, in order, whatever the order holds."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pairing_portal.accounts.models import School
from pairing_portal.lib import paging
from pairing_portal.lib.paging import Page, paginate, sort_order
from tests.builders import make_district, make_school

pytestmark = pytest.mark.django_db

ORDERS = {"name": ("name",), "closed": ("closed_on", "name")}


def _page(order: tuple[str, ...], query: str = "", size: int = 3) -> Page[School]:
    return paginate(School.objects.all(), QueryDict(query.removeprefix("?")), order=order, size=size)


def _walk(order: tuple[str, ...], direction: str, start: Page[School]) -> list[School]:
    rows, page = list(start.rows), start
    while query := getattr(page, direction):
        page = _page(order, query)
        rows = [*rows, *page.rows] if direction == "next" else [*page.rows, *rows]
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.sampled_from([None, "2018-03-05", "2018-06-20", "2019-01-01"]), max_size=11),
    order=st.sampled_from(
        [("closed_on",), ("-closed_on",), ("closed_on", "-name"), ("-closed_on", "name"), ("-pk",)]
    ),
)
def test_pages_hold_every_row_once_in_order(days: list[str | None], order: tuple[str, ...]) -> None:
    School.objects.all().delete()
    district = make_district()
    schools = [
        make_school(district, name=f"{index % 3}-{index}", closed_on=day) for index, day in enumerate(days)
    ]
    walked = _walk(order, "next", _page(order))
    assert sorted(row.pk for row in walked) == [school.pk for school in schools]
    assert walked == _page(order, size=20).rows
    last = _page(order)
    while last.next:
        last = _page(order, last.next)
    assert _walk(order, "previous", last)[-len(last.rows) :] == last.rows


def test_previous_page_is_the_one_seen_before() -> None:
    district = make_district()
    for number in range(8):
        make_school(district, name=f"学校{number}")
    first = _page(("name",))
    second = _page(("name",), first.next)
    third = _page(("name",), second.next)
    assert [page.number for page in (first, second, third)] == [1, 2, 3]
    assert _page(("name",), third.previous).rows == second.rows
    assert _page(("name",), second.previous) == first


@pytest.mark.parametrize("cursor", ["", "x", "1' or 1=1", "5d1f0a3e-9d7b-4c39-8a52-3f6f0e2b7c11"])
def test_senseless_cursor_shows_the_first_page(cursor: str) -> None:
    school = make_school()
    assert _page(("name",), f"?after={cursor}").rows == [school]


def test_links_keep_filters_and_carry_no_name() -> None:
    district = make_district()
    for number in range(4):
        make_school(district, name=f"学校{number}")
    page = _page(("name",), "?q=a&sort=name&after=gone")
    assert page.next == f"?q=a&sort=name&after={page.rows[-1].public_id}&page=2"


def test_count_stops_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNT_CAP", 2)
    for _ in range(4):
        make_school()
    assert (_page(("name",)).total, _page(("name",)).is_capped) == (2, True)


def test_page_costs_three_queries_and_no_offset() -> None:
    for _ in range(8):
        make_school()
    first = _page(("name",))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _page(("name",), first.next)
    assert len(queries) == 3
    assert "OFFSET" not in "".join(query["sql"] for query in queries)


@pytest.mark.parametrize(
    ("asked", "order"),
    [("", ("name",)), ("name", ("name",)), ("-closed", ("-closed_on", "-name")), ("password", ("name",))],
)
def test_sort_order_takes_known_words_only(asked: str, order: tuple[str, ...]) -> None:
    assert sort_order(QueryDict(f"sort={asked}" if asked else ""), ORDERS, "name") == order
