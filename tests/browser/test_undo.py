"""A mistake is taken back in two clicks: a whole import, or what was decided about one pupil today."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from pairing_portal.undo.models import ChangeSet
from pairings.actions.campaigns import open_campaign
from students.models import RegisterEntry, Student
from tests.browser.costs import Cost
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways
from tests.builders import make_entry
from tests.students.rosters import COUNTY_2018, bring_in, make_office, workbook
from tests.visits.scene import make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 2


def findings(page: Page) -> Iterator[object]:
    """What is wrong with the page in either size."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        yield from [*sideways(page), *axe_findings(page)]


def test_an_import_is_undone_in_two_clicks(live_server: LiveServer, page: Page) -> None:
    district, office = make_office()
    roster = bring_in(workbook(COUNTY_2018), office)
    open_campaign(district=district, year=2018, by=office)
    signed_in(page, live_server, office, DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url + roster.get_absolute_url())
    found = list(findings(page))
    cost = Cost(page)
    cost.click(page.get_by_role("link", name="撤销这次导入"))
    expect(page.get_by_text("删除新增的学生 86 条。")).to_be_visible()
    found += findings(page)
    cost.click(page.get_by_role("button", name="撤销这次导入"))
    expect(page.get_by_text("这次导入已经撤销")).to_be_visible()
    assert cost.clicks <= MOST_CLICKS
    assert not Student.objects.exists()
    assert [*found, *findings(page), *complaints] == []


def test_a_pupil_taken_off_by_mistake_is_back_in_two_clicks_on_a_phone(
    live_server: LiveServer, page: Page
) -> None:
    scene = make_scene()
    today = timezone.localdate()
    entry = make_entry(scene.student, year=today.year, listed_on=today)
    signed_in(page, live_server, scene.office, PHONE)
    page.goto(live_server.url + reverse("register_entry_end", args=[entry.public_id]))
    page.get_by_label("困难消除").check()
    page.get_by_role("button", name="移出名册").click()
    found = list(findings(page))
    cost = Cost(page)
    cost.click(page.get_by_role("link", name="撤销移出名册"))
    expect(page.get_by_text("恢复名册登记：")).to_be_visible()
    found += findings(page)
    cost.click(page.get_by_role("button", name="撤销"))
    expect(page.get_by_text("已撤销：移出名册。")).to_be_visible()
    assert cost.clicks <= MOST_CLICKS
    assert RegisterEntry.objects.get(pk=entry.pk).ended_on is None
    assert ChangeSet.objects.get().undone_by == scene.office
    assert found == []
