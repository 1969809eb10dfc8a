"""A session that is about to end says so, goes on where somebody is at work, and loses nothing when it is over."""

import pytest
from django.conf import LazySettings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import UserSession
from tests.browser.people import DESK, signed_in
from tests.browser.phone import axe_findings, complaints_of, unfit
from tests.builders import PASSWORD
from tests.visits.scene import Scene, make_scene
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "奶奶在家，孩子说想学画画。"


def short(settings: LazySettings, *, idle: int, total: int = 600, warning: int = 4) -> None:
    """Sessions of seconds instead of minutes."""
    settings.SESSION_IDLE_SECONDS = idle
    settings.SESSION_COOKIE_AGE = total
    settings.SESSION_WARNING_SECONDS = warning


def visit_page(page: Page, live_server: LiveServer, scene: Scene) -> None:
    """The page on which a visit is written."""
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))


def test_warning_can_be_answered_and_the_session_goes_on(
    live_server: LiveServer, page: Page, settings: LazySettings
) -> None:
    short(settings, idle=60, warning=50)
    signed_in(page, live_server, make_scene().user, DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url)
    dialog = page.get_by_role("dialog", name="您还在吗？")
    expect(dialog).to_contain_text("后会自动退出", timeout=40_000)
    expect(page.get_by_role("button", name="继续使用")).to_be_focused()
    assert axe_findings(page) == []
    seen = UserSession.objects.get().seen_at
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.wait_for_timeout(500)
    assert UserSession.objects.filter(seen_at__gt=seen).exists()
    assert complaints == []


def test_warning_fits_a_phone(live_server: LiveServer, page: Page, settings: LazySettings) -> None:
    short(settings, idle=60, warning=59)
    signed_in(page, live_server, make_scene().user)
    page.goto(live_server.url)
    expect(page.get_by_role("dialog", name="您还在吗？")).to_be_visible(timeout=25_000)
    assert unfit(page) == []


def test_whoever_types_is_not_asked_and_stays_signed_in(
    live_server: LiveServer, page: Page, settings: LazySettings
) -> None:
    short(settings, idle=12, warning=10)
    scene = make_scene()
    signed_in(page, live_server, scene.user)
    visit_page(page, live_server, scene)
    page.get_by_label("上门").click()
    for _ in range(14):
        page.get_by_label("情况").press_sequentially("记")
        page.wait_for_timeout(1000)
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(live_server.url + "/")
    assert Visit.objects.get().situation == "记" * 14


def test_the_end_of_the_day_is_told_and_cannot_be_put_off(
    live_server: LiveServer, page: Page, settings: LazySettings
) -> None:
    short(settings, idle=600, total=60, warning=50)
    signed_in(page, live_server, make_scene().user, DESK)
    page.goto(live_server.url)
    dialog = page.get_by_role("dialog", name="登录将要结束")
    expect(dialog).to_contain_text("请先保存正在填写的内容", timeout=40_000)
    expect(page.get_by_role("button", name="继续使用")).to_be_hidden()
    page.get_by_role("button", name="知道了").click()
    expect(dialog).to_be_hidden()


def test_a_half_written_visit_outlives_the_session_on_the_phone(
    live_server: LiveServer, page: Page, settings: LazySettings
) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    visit_page(page, live_server, scene)
    page.get_by_label("上门").click()
    page.get_by_label("情况").fill(TYPED)
    UserSession.objects.all().delete()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("您刚才填写的内容没有丢失")).to_be_visible()
    assert unfit(page) == []
    page.get_by_label("登录名").fill(scene.user.username)
    page.get_by_label("密码或一次性登录码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("您刚才填写的内容还在")).to_be_visible()
    assert unfit(page) == []
    expect(page.get_by_label("情况")).to_have_value(TYPED)
    expect(page.get_by_label("上门")).to_be_checked()
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(live_server.url + "/")
    assert Visit.objects.get().situation == TYPED
    assert complaints == []


def test_a_page_left_open_says_that_the_session_is_over_and_keeps_its_text(
    live_server: LiveServer, page: Page, settings: LazySettings
) -> None:
    short(settings, idle=600, warning=599)
    scene = make_scene()
    signed_in(page, live_server, scene.user)
    visit_page(page, live_server, scene)
    page.get_by_label("情况").fill(TYPED)
    UserSession.objects.all().delete()
    dialog = page.get_by_role("dialog", name="登录已经结束")
    expect(dialog).to_contain_text("填写的内容还在", timeout=25_000)
    page.get_by_role("button", name="知道了").click()
    expect(page.get_by_label("情况")).to_have_value(TYPED)
