"""The three attachments: two clicks from the desk, the day asked for, and a reason where numbers leave the house."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Download, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from pairings.models import Pairing
from tests.browser.costs import Cost
from tests.browser.people import DESK, signed_in
from tests.browser.phone import complaints_of
from tests.builders import make_entry, make_pairing, make_teacher
from tests.visits.scene import Scene, days_ago, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 2
FIRST, LAST = "单秀英", "仇建国"


def handed_over(scene: Scene, on: date) -> None:
    """The listed pupil goes from the first teacher to the last on the day."""
    make_entry(scene.student, year=timezone.localdate().year, listed_on=scene.pairing.started_on)
    Pairing.objects.filter(pk=scene.pairing.pk).update(ended_on=on, end_reason=Pairing.EndReason.HANDED_OVER)
    make_pairing(scene.student, make_teacher(scene.teacher.school, name=LAST), started_on=on)


def card(page: Page, number: int) -> Locator:
    """The part of the page that offers one attachment."""
    return page.locator(f"section[aria-labelledby=attachment{number}]")


def text_of(download: Download) -> str:
    """Every cell of the first sheet."""
    book = load_workbook(BytesIO(download.path().read_bytes()))
    return "\n".join(
        str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell
    )


def test_an_attachment_costs_two_clicks_and_follows_the_day(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    day = days_ago(3)
    handed_over(scene, day)
    signed_in(page, live_server, scene.office, DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url)
    cost = Cost(page)
    cost.click(page.locator("main").get_by_role("link", name="附件导出", exact=True))
    today = text_of(cost.download(card(page, 3).get_by_role("button", name="下载")))
    assert cost.clicks <= MOST_CLICKS
    page.reload()
    card(page, 3).get_by_label("截至日期").fill(days_ago(4).isoformat())
    before = text_of(cost.download(card(page, 3).get_by_role("button", name="下载")))
    assert [FIRST in before, LAST in before] == [True, False]
    assert [FIRST in today, LAST in today] == [False, True]
    assert complaints == []


def test_full_edition_without_a_reason_is_refused_in_a_sentence(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.office, DESK)
    page.goto(live_server.url + reverse("attachment_list"))
    card(page, 1).get_by_label("上报版").check()
    card(page, 1).get_by_role("button", name="下载").click()
    expect(card(page, 1).locator(".error-summary")).to_contain_text("请写明导出事由，至少 4 个字。")
    expect(card(page, 1).get_by_label("导出事由")).to_be_visible()
