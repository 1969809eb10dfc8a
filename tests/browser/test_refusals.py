"""Pages that say no: readable, with a way back; and what goes on paper."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import Role
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways, unfit
from tests.builders import make_teacher, make_user
from tests.visits.scene import make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_refusals_have_no_finding(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user, PHONE)
    for path, status, words in (
        ("/nowhere/", 404, "找不到这个页面"),
        (reverse("school_list"), 403, "没有权限"),
    ):
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == status
        expect(page.get_by_role("heading", name=words)).to_be_visible()
        expect(page.get_by_role("link", name="回到工作台")).to_be_visible()
        assert unfit(page) == []


def test_a_page_kept_open_too_long_says_so(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user, PHONE)
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))
    page.context.clear_cookies(name="csrf")
    page.get_by_label("上门").check()
    page.get_by_label("情况").fill("奶奶在家。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name="页面已过期")).to_be_visible()
    assert unfit(page) == []


def test_slips_fit_their_paper(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    make_teacher(scene.teacher.school, name="阿卜杜拉提甫·买买提吐尔逊·艾合麦提江")
    signed_in(page, live_server, make_user(Role.ADMIN, district=scene.teacher.district), DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("account_bulk_new"))
    page.get_by_role("checkbox").last.check()
    page.get_by_role("button", name="发放并显示纸条").click()
    expect(page.locator(".slip")).to_have_count(1)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert sideways(page) + axe_findings(page) == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    assert sideways(page) == []
    for gone in (".topbar", ".sidebar", ".no-print"):
        expect(page.locator(gone).first).to_be_hidden()
    assert complaints == []
