"""Classes and who leads them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import Role
from students.actions.classes import appoint_class_teacher
from students.models import ClassTeacher, SchoolClass
from tests.builders import (
    make_class,
    make_class_teacher,
    make_entry,
    make_school,
    make_student,
    make_teacher,
    make_user,
)
from tests.students.conftest import World

ON = date(2018, 4, 2)


def test_class_list_counts_pupils_and_listed_ones(world: World, office: Client) -> None:
    today = timezone.localdate()
    make_student(world.school_class)
    make_entry(make_student(world.school_class), year=today.year, listed_on=date(today.year, 1, 1))
    make_class_teacher(world.school_class, world.teacher)
    (row,) = office.get(reverse("class_list")).context["rows"]
    assert (row[0].pupils, row[0].listed_pupils, row[0].leader) == (2, 1, "王老师")


def test_class_list_shows_graduates_on_demand(world: World, office: Client) -> None:
    make_class(world.school, entry_year=2001)
    assert len(office.get(reverse("class_list")).context["rows"]) == 1
    assert len(office.get(reverse("class_list") + "?finished=on").context["rows"]) == 2


def test_class_list_goes_from_low_to_high_grades(world: World, office: Client) -> None:
    year = timezone.localdate().year
    for stage, entry_year in (("middle", year - 1), ("primary", year - 1), ("preschool", year - 1)):
        make_class(world.school, stage=stage, entry_year=entry_year)
    found = [(row[0].stage, row[0].entry_year) for row in office.get(reverse("class_list")).context["rows"]]
    assert found == [
        ("preschool", year - 1),
        ("primary", year - 1),
        ("primary", year - 3),
        ("middle", year - 1),
    ]


def test_class_list_costs_the_same_for_any_number_of_classes(world: World, office: Client) -> None:
    counts = []
    for number in (2, 20):
        for _ in range(number):
            made = make_class(world.school, entry_year=world.school_class.entry_year)
            make_class_teacher(made, make_teacher(world.school))
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse("class_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_classes_are_seen_by_district_school_and_class_teacher(world: World, client: Client) -> None:
    beside = make_class(make_school(world.district), entry_year=world.school_class.entry_year)
    head = make_user(Role.SCHOOL, district=world.district)
    make_teacher(world.school, user=head)
    make_class_teacher(beside, world.teacher)
    for user, statuses in ((head, (200, 404)), (world.teacher_user, (404, 200)), (world.office, (200, 200))):
        client.force_login(user)
        pages = [world.school_class, beside]
        assert tuple(client.get(page.get_absolute_url()).status_code for page in pages) == statuses
        assert client.get(world.elsewhere.get_absolute_url()).status_code == 404


def test_class_new_tells_the_entry_year_from_the_grade(world: World, office: Client) -> None:
    sent = {
        "submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a41",
        "school": str(world.school.public_id),
        "grade": "primary-1",
        "number": "2",
    }
    for _ in range(2):
        assert office.post(reverse("class_new"), sent).status_code == 302
    made = SchoolClass.objects.get(number=2)
    assert made.grade(timezone.localdate()) == "一年级"
    again = {**sent, "submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a42"}
    assert "这所学校已有这个班" in office.post(reverse("class_new"), again).text


def test_class_edit_refuses_a_class_that_exists(world: World, office: Client) -> None:
    year = world.school_class.entry_year
    other = make_class(world.school, entry_year=year, number=2)
    sent = {"version": 1, "stage": "primary", "entry_year": year, "number": 1}
    answer = office.post(reverse("class_edit", args=[other.public_id]), sent)
    assert "这所学校已有这个班" in answer.text
    assert (
        office.post(reverse("class_edit", args=[other.public_id]), {**sent, "number": 3}).status_code == 302
    )


def test_class_teacher_follows_another_on_one_day(world: World) -> None:
    first = make_class_teacher(world.school_class, world.teacher)
    second = make_teacher(world.school, name="折接任")
    appoint_class_teacher(school_class=world.school_class, teacher=second, on=ON, by=world.office)
    first.refresh_from_db()
    assert (first.ended_on, first.end_reason) == (ON, "replaced")
    assert ClassTeacher.objects.active(ON).get().teacher == second
    assert ClassTeacher.objects.active(ON - timedelta(1)).get().teacher == world.teacher


def test_class_teacher_is_refused_in_words(world: World) -> None:
    make_class_teacher(world.school_class, world.teacher)
    late = make_teacher(world.school, name="折新来", started_on=date(2018, 9, 1))
    early = make_teacher(world.school)
    for teacher, on, words in (
        (world.teacher, ON, "已经是这个班的班主任"),
        (late, ON, "不在岗"),
        (early, date(2017, 8, 1), "才开始任职"),
    ):
        with pytest.raises(ValidationError, match=words):
            appoint_class_teacher(school_class=world.school_class, teacher=teacher, on=on, by=world.office)


def test_class_teacher_pages_appoint_and_release(world: World, office: Client) -> None:
    today = timezone.localdate()
    sent = {
        "submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a43",
        "teacher": str(world.teacher.public_id),
        "on": today.isoformat(),
    }
    for _ in range(2):
        page = reverse("class_teacher_new", args=[world.school_class.public_id])
        assert office.post(page, sent).status_code == 302
    term = ClassTeacher.objects.get()
    page = reverse("class_teacher_end", args=[term.public_id])
    assert office.get(page).status_code == 200
    assert office.post(page, {"on": today.isoformat(), "reason": "left"}).status_code == 302
    assert "已经结束" in office.post(page, {"on": today.isoformat(), "reason": "left"}).text


def test_class_pages_that_change_are_for_the_office(world: World, teacher: Client) -> None:
    term = make_class_teacher(world.school_class, world.teacher)
    pages = [
        reverse("class_new"),
        reverse("class_edit", args=[world.school_class.public_id]),
        reverse("class_teacher_new", args=[world.school_class.public_id]),
        reverse("class_teacher_end", args=[term.public_id]),
        reverse("class_list"),
    ]
    assert {teacher.get(page).status_code for page in pages} == {403}
