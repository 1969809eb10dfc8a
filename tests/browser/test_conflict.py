"""Two people at one pupil, an impatient double click, and a session that ended elsewhere."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.people import DESK, another_browser, signed_in
from tests.browser.phone import axe_findings, complaints_of
from tests.builders import PASSWORD
from tests.visits.scene import Scene, make_scene
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINE, THEIRS = "折家坪村", "石堡塔村"


def filled_in_visit(page: Page, live_server: LiveServer, scene: Scene) -> None:
    """A visit typed and not yet sent."""
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))
    page.get_by_label("上门").check()
    page.get_by_label("情况").fill("奶奶在家。")


def save(page: Page, **fields: str) -> None:
    """Type into fields by their names and press save."""
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="保存").click()


def lose_the_answer(route: Route) -> None:
    """Let the server do its work, and drop what it says."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def test_the_second_editor_sees_both_texts_and_loses_nothing(
    live_server: LiveServer, page: Page, browser: Browser
) -> None:
    scene = make_scene()
    address = live_server.url + reverse("student_edit", args=[scene.student.public_id])
    signed_in(page, live_server, scene.office, DESK)
    other = another_browser(browser, live_server, scene.office)
    for each in (page, other):
        each.goto(address)
    save(other, village=THEIRS)
    expect(other.get_by_text("已保存。")).to_be_visible()
    save(page, village=MINE, guardian_name="折改芳")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text(MINE)
    expect(conflict).to_contain_text(THEIRS)
    assert axe_findings(page) == []
    expect(page.locator("[name=village]")).to_have_value(MINE)
    expect(page.locator("[name=guardian_name]")).to_have_value("折改芳")
    save(page)
    expect(page.get_by_text("已保存。")).to_be_visible()
    scene.student.refresh_from_db()
    assert (scene.student.village, scene.student.guardian_name) == (MINE, "折改芳")
    other.context.close()


def test_a_double_click_on_save_stores_once(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    filled_in_visit(page, live_server, scene)
    page.get_by_role("button", name="保存", exact=True).dblclick()
    page.wait_for_url(live_server.url + "/")
    assert Visit.objects.count() == 1
    assert complaints == []


def test_a_visit_whose_answer_got_lost_is_sent_again_and_stored_once(
    live_server: LiveServer, page: Page
) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user)
    filled_in_visit(page, live_server, scene)
    page.route("**/visits/new/", lose_the_answer)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("chrome-error://**")
    assert Visit.objects.count() == 1
    page.unroute("**/visits/new/")
    page.reload()
    page.wait_for_url(live_server.url + "/")
    assert Visit.objects.count() == 1


def test_a_session_ended_in_another_tab_leads_back_to_the_sign_in(
    live_server: LiveServer, page: Page
) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user, DESK)
    complaints = complaints_of(page)
    filled_in_visit(page, live_server, scene)
    tab = page.context.new_page()
    tab.goto(live_server.url)
    tab.locator("details.menu:visible > summary").last.click()
    tab.get_by_role("button", name="退出登录").click()
    expect(tab.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_label("登录名").fill(scene.user.username)
    page.get_by_label("密码或一次性登录码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name=f"记录：{scene.student.name}")).to_be_visible()
    expect(page.get_by_text("您刚才填写的内容还在")).to_be_visible()
    assert Visit.objects.count() == 0
    assert complaints == []
