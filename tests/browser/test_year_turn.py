"""The office turns the year, and turns it back."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import Role
from pairing_portal.lib.school_years import school_year
from pairings.models import Pairing
from students.models import Enrolment, Student
from tests.browser.costs import Cost
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways
from tests.builders import (
    make_campaign,
    make_class,
    make_district,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GRADUATE, PROMOTED, REPEATER = "苗沐雨", "折小雨", "单子墨"


def make_pupils() -> dict[str, Student]:
    """A nine-year school whose 六年级 and 九年级 have just ended, with a teacher for each pupil."""
    today, school = timezone.localdate(), make_school(make_district(), name="麻镇九年制学校")
    year = school_year(today)
    make_campaign(school.district, today.year)
    make_class(school, stage="middle", entry_year=year - 1, number=1)
    sixth = make_class(school, entry_year=year - 6, number=1)
    ninth = make_class(school, stage="middle", entry_year=year - 3, number=1)
    classes = {GRADUATE: ninth, PROMOTED: sixth, REPEATER: sixth}
    pupils = {name: make_student(school_class, name=name) for name, school_class in classes.items()}
    for pupil in pupils.values():
        make_pairing(pupil, make_teacher(school))
    return pupils


class Walk:
    """The office's way through the pages; each is looked at, at a desk and on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints = complaints_of(page)

    def look(self) -> None:
        """Note what is wrong with the page."""
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            self.complaints += sideways(self.page) + axe_findings(self.page)

    def press(self, name: str) -> None:
        """Press the button and look at what comes."""
        self.page.get_by_role("button", name=name).click()
        self.look()

    def keep_back(self, name: str) -> None:
        """Let the pupil of 六年级 repeat the year."""
        self.page.get_by_role("link", name=re.compile("逐人调整.*六年级1班")).click()
        self.page.get_by_label(f"{name}的去向").select_option("repeated")
        self.look()
        self.press("保存")


def test_office_turns_the_year_and_turns_it_back(live_server: LiveServer, page: Page) -> None:
    pupils = make_pupils()
    office = make_user(Role.OFFICE, district=pupils[PROMOTED].district)
    walk = Walk(signed_in(page, live_server, office, DESK))
    page.goto(live_server.url + reverse("year_turn_list"))
    walk.look()
    walk.press("开始办理")
    walk.press("下一步：核对")
    walk.keep_back(REPEATER)
    walk.press("确认办理")
    expect(page.get_by_text("学年升级已办理。")).to_be_visible()
    assert _grades(pupils) == {PROMOTED: "七年级1班", REPEATER: "六年级1班"}
    assert _helped() == {PROMOTED, REPEATER}
    cost = Cost(page)
    cost.click(page.get_by_role("link", name="撤销这次办理"))
    walk.look()
    cost.click(page.get_by_role("button", name="确认撤销"))
    expect(page.get_by_text("恢复到办理之前").first).to_be_visible()
    assert (cost.clicks, _helped()) == (2, {*pupils})
    assert walk.complaints == []


def _helped() -> set[str]:
    """The pupils who have a teacher."""
    return set(Pairing.objects.filter(ended_on=None).values_list("student__name", flat=True))


def _grades(pupils: dict[str, Student]) -> dict[str, str]:
    """The class of each pupil who is at school today."""
    today = timezone.localdate()
    places = Enrolment.objects.active(today).filter(student__in=pupils.values())
    return {place.student.name: place.school_class.name(today) for place in places}
