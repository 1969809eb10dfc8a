"""The desks in a browser, and an attachment in two clicks from the office's desk."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import Role
from reports.models import Edition, Export
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways, unfit
from tests.builders import make_class_teacher, make_entry, make_student, make_user
from tests.visits.scene import Scene, days_ago, make_scene, own_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG_NAME = "阿卜杜拉提甫·买买提吐尔逊·艾合麦提江"


def busy_scene() -> Scene:
    """A pupil with a promise that is due, a classmate on the register, and nobody yet for a third."""
    scene = make_scene()
    scene.student.name = LONG_NAME
    scene.student.save(update_fields=["name"])
    make_class_teacher(scene.school_class, scene.teacher, started_on=days_ago(30))
    for student in (scene.student, make_student(scene.school_class, name="同班生")):
        make_entry(student, year=days_ago(0).year, listed_on=days_ago(0))
    own_visit(
        scene,
        visited_on=days_ago(3),
        follow_up="周三放学后补数学",
        follow_up_on=days_ago(0) - timedelta(days=1),
    )
    return scene


def test_attachment_costs_two_clicks_from_the_desk(live_server: LiveServer, page: Page) -> None:
    scene = busy_scene()
    signed_in(page, live_server, scene.office, DESK)
    page.goto(live_server.url)
    complaints = complaints_of(page)
    page.locator(".sidebar").get_by_role("link", name="附件导出").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").last.click()
    assert download.value.suggested_filename.startswith("附件3-结对名单-校内版-")
    assert Path(download.value.path()).stat().st_size > 0
    assert Export.objects.get().edition == Edition.SCHOOL
    # Chromium calls a navigation that turns into a download a failed request.
    assert [words for words in complaints if not words.endswith(reverse("attachment_export", args=[3]))] == []


def test_edition_shows_only_what_it_asks_for(live_server: LiveServer, page: Page) -> None:
    signed_in(page, live_server, make_scene().office)
    page.goto(live_server.url + reverse("attachment_list"))
    form = page.locator("form.export-form").first
    reason, ends_on = form.get_by_label("导出事由"), form.get_by_label("公示结束日期")
    assert not reason.is_visible()
    form.get_by_label("上报版").check()
    assert reason.is_visible()
    assert not ends_on.is_visible()
    form.get_by_label("公示版").check()
    assert ends_on.is_visible()
    assert not reason.is_visible()


def test_teachers_desk_is_fit_for_a_thumb(live_server: LiveServer, page: Page) -> None:
    scene = busy_scene()
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    for address in (reverse("home"), reverse("silent_list")):
        page.goto(live_server.url + address)
        assert unfit(page) == []
    assert complaints == []


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEADER, Role.SCHOOL, Role.AID, Role.COUNTY])
def test_desk_of_every_role_fits_phone_and_desk(live_server: LiveServer, page: Page, role: Role) -> None:
    scene = busy_scene()
    signed_in(page, live_server, make_user(role, district=scene.student.district))
    complaints = complaints_of(page)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(live_server.url)
        assert sideways(page) + axe_findings(page) == []
    assert complaints == []


@pytest.mark.parametrize("name", ["attachment_list", "export_list", "silent_list"])
def test_pages_of_the_office_fit_phone_and_desk(live_server: LiveServer, page: Page, name: str) -> None:
    scene = busy_scene()
    signed_in(page, live_server, scene.office)
    complaints = complaints_of(page)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(live_server.url + reverse(name))
        for fold in page.locator("main details.fold > summary").all():
            fold.click()
        assert sideways(page) + axe_findings(page) == []
    assert complaints == []
