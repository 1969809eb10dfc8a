"""Each role finds its own work on the desk, with true numbers and links that lead there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.actions.locks import begin_try
from pairing_portal.accounts.models import Role, Teacher, User
from reports.metrics.numbers import Number
from students.models import SchoolClass, Student
from tests.builders import (
    make_campaign,
    make_class,
    make_class_teacher,
    make_district,
    make_entry,
    make_member,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)

Budget = Callable[..., Any]


@dataclass(frozen=True)
class Place:
    """A school this year with a teacher who has an account."""

    school_class: SchoolClass
    teacher: Teacher
    user: User

    def add(self, name: str, *, teacher: Teacher | None = None) -> Student:
        """A listed pupil, helped by the teacher if one is named."""
        today = timezone.localdate()
        student = make_student(self.school_class, name=name)
        make_entry(student, year=today.year, listed_on=date(today.year, 1, 1))
        if teacher:
            make_pairing(student, teacher, started_on=today - timedelta(days=90))
        return student

    def browser(self, *roles: Role) -> Client:
        """Somebody of the district in these roles."""
        return _browser(make_user(*roles, district=self.school_class.school.district))


def _browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def place(db: None) -> Place:
    """The school with its class of grade three."""
    year = timezone.localdate().year
    school = make_school(make_district(name="麻镇学区"), name="中心小学")
    make_campaign(school.district, year)
    user = make_user(Role.TEACHER, district=school.district, name="折建国")
    return Place(
        make_class(school, entry_year=year - 3), make_teacher(school, name="折建国", user=user), user
    )


def _anchors(client: Client) -> list[str]:
    return [section.anchor for section in client.get(reverse("home")).context["sections"]]


def test_first_administrator_is_led_to_the_set_up(db: None) -> None:
    answer = _browser(make_user(Role.ADMIN)).get(reverse("home"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("setup"))


@pytest.mark.parametrize(
    ("roles", "sections"),
    [
        ((Role.ADMIN,), ["system", "office", "numbers"]),
        ((Role.ADMIN, Role.OFFICE), ["office", "numbers", "system"]),
        ((Role.OFFICE,), ["office", "numbers"]),
        ((Role.LEADER,), ["numbers"]),
        ((Role.SCHOOL,), ["numbers"]),
        ((Role.TEACHER,), ["own"]),
        ((Role.LEADER, Role.TEACHER), ["own", "numbers"]),
        ((Role.OFFICE, Role.LEADER, Role.TEACHER), ["office", "numbers", "own"]),
        ((Role.AID,), ["aid"]),
        ((Role.COUNTY,), ["county"]),
        ((), []),
    ],
)
def test_sections_add_up_by_role(place: Place, roles: tuple[Role, ...], sections: list[str]) -> None:
    assert _anchors(place.browser(*roles)) == sections


def test_county_account_without_a_district_has_a_desk(db: None) -> None:
    assert _anchors(_browser(make_user(Role.COUNTY))) == ["county"]


def test_teacher_finds_the_longest_silent_pupil_first_with_the_button(place: Place) -> None:
    met, silent = place.add("刚见过", teacher=place.teacher), place.add("久未见", teacher=place.teacher)
    make_visit(met, place.teacher, visited_on=timezone.localdate())
    words = _browser(place.user).get(reverse("home")).content.decode()
    assert words.index("久未见") < words.index("刚见过")
    for student in (met, silent):
        assert f'href="{reverse("visit_new", args=[student.public_id])}"' in words


def test_class_teacher_finds_the_own_class_too(place: Place) -> None:
    make_class_teacher(place.school_class, place.teacher, started_on=timezone.localdate())
    place.add("同班生")
    client = _browser(place.user)
    assert _anchors(client) == ["own", "class"]
    assert "同班生" in client.get(reverse("home")).content.decode()


def _behind(client: Client, number: Number) -> int:
    """What the list behind a number counts."""
    context = client.get(number.url).context
    people = {"members": len(context.get("members", ())), "helping": context.get("helping", 0)}
    return int(people.get(number.code, context["page"].total))


def _add_what_a_leader_looks_for(place: Place) -> None:
    today = timezone.localdate()
    student = place.add("已结对", teacher=place.teacher)
    place.add("久未见", teacher=place.teacher)
    place.add("未结对")
    make_member(make_teacher(place.school_class.school, name="贾天"), started_on=today)
    told = {"difficulties": ("study", "dropout_risk"), "restricted_note": "保密"}
    make_visit(student, place.teacher, visited_on=today, follow_up_on=today, **told)


@pytest.mark.parametrize("role", [Role.LEADER, Role.SCHOOL])
def test_numbers_equal_the_lists_they_lead_to(place: Place, role: Role) -> None:
    _add_what_a_leader_looks_for(place)
    user = make_user(role, district=place.user.district)
    make_teacher(place.school_class.school, name="校长", user=user)
    client = _browser(user)
    groups = client.get(reverse("home")).context["sections"][0].data["groups"]
    numbers = [number for group in groups for number in group.numbers]
    values = {number.code: number.value for number in numbers}
    assert {number.code: _behind(client, number) for number in numbers} == values
    assert values.pop("listed") == 3
    codes = {
        "unpaired",
        "members",
        "helping",
        "silent",
        "overdue",
        "recorded",
        "difficulties",
        "dropout_risk",
    }
    assert values == dict.fromkeys(codes | ({"notes"} if role == Role.LEADER else set()), 1)


def test_admins_numbers_equal_the_lists_they_lead_to(place: Place) -> None:
    make_user(Role.TEACHER, district=place.user.district, must_set_password=True)
    make_user(Role.TEACHER, district=place.user.district, is_active=False)
    for _ in range(5):
        begin_try(username=place.user.username, address="10.0.0.1", now=timezone.now())
    client = place.browser(Role.ADMIN)
    teacher = _browser(place.user)
    teacher.get(reverse("account_list"))
    section = client.get(reverse("home")).context["sections"][0]
    assert section.anchor == "system"
    numbers = {number.code: number for number in section.data["numbers"]}
    found = {code: _behind(client, number) for code, number in numbers.items()}
    assert found == {code: number.value for code, number in numbers.items()}
    assert found == {"waiting": 1, "locked": 1, "disabled": 1, "imports": 0, "exports": 0, "denials": 1}


def test_class_page_names_gaps_first_with_the_button(place: Place) -> None:
    today = timezone.localdate()
    make_class_teacher(place.school_class, place.teacher, started_on=today)
    place.add("有教师", teacher=make_teacher(place.school_class.school))
    gap = place.add("没教师")
    client = _browser(place.user)
    assert place.school_class.get_absolute_url() in client.get(reverse("home")).text
    page = client.get(place.school_class.get_absolute_url())
    assert [card.student.name for card in page.context["cards"]] == ["没教师", "有教师"]
    assert reverse("visit_new", args=[gap.public_id]) in page.text


def test_desk_shows_where_the_campaign_stands(place: Place) -> None:
    answer = place.browser(Role.OFFICE).get(reverse("home"))
    assert len(answer.context["states"]) == 4
    assert f"{timezone.localdate().year} 年度活动进程" in answer.content.decode()


def test_attachments_are_one_click_from_the_offices_desk(place: Place) -> None:
    assert reverse("attachment_list") in place.browser(Role.OFFICE).get(reverse("home")).content.decode()


def test_silent_pupils_are_listed_in_full_and_by_teacher(place: Place) -> None:
    other = make_teacher(place.school_class.school, name="单秀英")
    place.add("甲", teacher=place.teacher)
    place.add("乙", teacher=other)
    office = place.browser(Role.OFFICE)
    address = reverse("silent_list")
    shown = [row["student"].name for row in office.get(address).context["rows"]]
    assert sorted(shown) == ["乙", "甲"]
    narrowed = office.get(address, {"teacher": str(other.public_id)}).context["rows"]
    assert [row["student"].name for row in narrowed] == ["乙"]


def test_silent_list_offers_the_button_only_to_who_may_record(place: Place) -> None:
    student = place.add("甲", teacher=place.teacher)
    button = reverse("visit_new", args=[student.public_id])
    address = reverse("silent_list")
    assert button in place.browser(Role.OFFICE).get(address).content.decode()
    assert button in _browser(place.user).get(address).content.decode()
    assert button not in place.browser(Role.LEADER, Role.TEACHER).get(address).content.decode()


@pytest.mark.parametrize("role", [Role.AID, Role.COUNTY])
def test_silent_list_is_not_for_everybody(place: Place, role: Role) -> None:
    assert place.browser(role).get(reverse("silent_list")).status_code == 403


@pytest.mark.parametrize("count", [3, 30])
def test_desks_cost_the_same_for_any_number(
    place: Place, count: int, django_assert_max_num_queries: Budget
) -> None:
    make_class_teacher(place.school_class, place.teacher, started_on=timezone.localdate())
    for number in range(count):
        place.add(f"生{number}", teacher=place.teacher if number % 2 else None)
    office, teacher = place.browser(Role.ADMIN), _browser(place.user)
    leader = place.browser(Role.LEADER)
    for client, budget in ((office, 48), (teacher, 22), (leader, 26)):
        with django_assert_max_num_queries(budget):
            client.get(reverse("home"))
        with django_assert_max_num_queries(16):
            client.get(reverse("silent_list"))
