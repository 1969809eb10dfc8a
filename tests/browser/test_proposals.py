"""The office proposes, changes three, submits; a leader publishes: a whole list in four clicks."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from pairings.models import Pairing, ProposalBatch
from students.models import Student
from tests.browser.costs import Cost
from tests.browser.people import DESK, another_browser, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways
from tests.builders import make_entry, make_student, make_teacher
from tests.visits.scene import Scene, days_ago, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 4
NAMES = ("折小雨", "苗沐雨", "单子墨", "仇星辰")


def waiting_pupils(scene: Scene) -> list[Student]:
    """Pupils on this year's register whom nobody helps, and one more teacher."""
    make_teacher(scene.teacher.school, name="仇建国")
    pupils = [make_student(scene.school_class, name=name) for name in NAMES]
    for pupil in pupils:
        make_entry(pupil, year=timezone.localdate().year, listed_on=days_ago(50))
    return pupils


def fit(page: Page) -> list[str]:
    """What is wrong with the page, at a desk and on a phone."""
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found += sideways(page) + axe_findings(page)
    return found


def test_whole_list_is_proposed_and_published_in_four_clicks(
    live_server: LiveServer, page: Page, browser: Browser
) -> None:
    scene = make_scene()
    pupils = waiting_pupils(scene)
    signed_in(page, live_server, scene.office, DESK)
    page.goto(live_server.url + reverse("proposal_list"))
    office = Cost(page)
    office.click(page.get_by_role("button", name="提出方案"))
    office.click(page.get_by_role("button", name="提交领导小组"))
    expect(page.get_by_text("方案已提交，等领导小组确认。")).to_be_visible()

    desk = another_browser(browser, live_server, scene.leader)
    complaints = complaints_of(desk)
    desk.goto(live_server.url)
    leader = Cost(desk)
    leader.click(desk.locator("#decide").get_by_role("link", name="的方案"))
    assert fit(desk) == []
    leader.click(desk.get_by_role("button", name="确认并发布"))
    expect(desk.get_by_text(f"已发布，建立 {len(pupils)} 对结对。")).to_be_visible()
    assert office.clicks + leader.clicks <= MOST_CLICKS
    assert Pairing.objects.active(timezone.localdate()).filter(student__in=pupils).count() == len(pupils)
    assert complaints == []
    desk.context.close()


def test_office_changes_three_rows_before_it_submits(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    replaced, pinned, left, _ = waiting_pupils(scene)
    signed_in(page, live_server, scene.office, DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("proposal_list"))
    page.get_by_role("button", name="提出方案").click()
    page.get_by_role("link", name=f"为{replaced.name}换人").click()
    chosen = page.get_by_label("帮扶教师").locator("option", has_text="校长").get_attribute("value")
    assert fit(page) == []
    page.get_by_label("帮扶教师").select_option(value=chosen)
    page.get_by_role("button", name="指定这位教师").click()
    page.get_by_role("button", name=f"固定：{pinned.name}").click()
    page.get_by_role("button", name=f"移出：{left.name}").click()
    assert fit(page) == []
    page.get_by_role("button", name="重新计算").click()
    page.get_by_role("button", name="提交领导小组").click()
    expect(page.get_by_text("方案已提交，等领导小组确认。")).to_be_visible()
    rows = {row.student: row for row in ProposalBatch.objects.get().proposals.all()}
    assert (str(rows[replaced].teacher), rows[pinned].is_pinned, rows[left].teacher) == ("校长", True, None)
    assert complaints == []
