"""Three pupils for one teacher, then one of them for another, who reads what the first one left."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import Role, School, Teacher
from pairings.models import Pairing
from students.models import Student
from tests.browser.people import DESK, another_browser, signed_in
from tests.browser.phone import PHONE, complaints_of, unfit
from tests.builders import (
    make_entry,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from tests.visits.scene import Scene, days_ago, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("折小雨", "苗沐雨", "单子墨")
NOTE = "周三放学后补数学，父亲每月十五日来电话。"


def listed_pupils(scene: Scene) -> list[Student]:
    """Three pupils on the register of this year whom nobody helps yet."""
    pupils = [make_student(scene.school_class, name=name) for name in NAMES]
    for pupil in pupils:
        make_entry(pupil, year=timezone.localdate().year, listed_on=days_ago(50))
    return pupils


def successor(school: School) -> Teacher:
    """A second teacher, with an account."""
    user = make_user(Role.TEACHER, district=school.district, name="仇建国")
    return make_teacher(school, name="仇建国", user=user)


def hand_over_yesterday(scene: Scene, to: Teacher) -> None:
    """End the pairing of the scene with a note, and begin one with the other teacher."""
    Pairing.objects.filter(pk=scene.pairing.pk).update(
        ended_on=days_ago(1), end_reason=Pairing.EndReason.HANDED_OVER, handover_note=NOTE
    )
    make_pairing(scene.student, to, started_on=days_ago(1))


def test_three_pupils_are_paired_at_once_and_one_is_handed_over(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    pupils = listed_pupils(scene)
    other = successor(make_school(scene.teacher.district))
    signed_in(page, live_server, scene.office, DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("pairing_new_many"))
    for name in NAMES:
        page.get_by_label(name).check()
    page.get_by_role("radio", name=scene.teacher.name).check()
    page.get_by_role("button", name="确认安排").click()
    expect(page.get_by_text("安排 3 名学生。")).to_be_visible()
    page.goto(live_server.url + Pairing.objects.get(student=pupils[0]).get_absolute_url())
    page.get_by_role("link", name="移交").click()
    page.get_by_label("接手教师").select_option(value=str(other.public_id))
    page.get_by_label("交接说明").fill(NOTE)
    page.get_by_role("button", name="确认移交").click()
    expect(page.get_by_text(f"已移交：{NAMES[0]} 由 {other.name} 帮扶。")).to_be_visible()
    assert Pairing.objects.active(timezone.localdate()).get(student=pupils[0]).teacher == other
    assert complaints == []


def test_the_next_teacher_reads_the_note_and_the_former_one_the_own_visit(
    live_server: LiveServer, page: Page, browser: Browser
) -> None:
    scene = make_scene()
    other = successor(scene.teacher.school)
    visit = make_visit(
        scene.student, scene.teacher, pairing=scene.pairing, visited_on=days_ago(5), created_by=scene.user
    )
    hand_over_yesterday(scene, other)
    assert other.user is not None
    signed_in(page, live_server, other.user, PHONE)
    page.goto(live_server.url)
    page.get_by_role("link", name=scene.student.name, exact=True).click()
    page.locator("main").get_by_role("link", name=other.name).first.click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    assert unfit(page) == []

    former = another_browser(browser, live_server, scene.user, PHONE)
    refused = former.goto(live_server.url + scene.student.get_absolute_url())
    assert refused is not None
    assert refused.status == 404
    former.goto(live_server.url + visit.get_absolute_url())
    expect(former.get_by_text(visit.situation)).to_be_visible()
    assert unfit(former) == []
    former.context.close()
