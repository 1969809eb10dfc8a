"""Sent twice, stored once: what a view cannot see, because both arrive together, the action does (safety I2)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from pairing_portal.accounts.actions import add_school, add_teacher
from pairing_portal.accounts.models import Role, School, Teacher, User
from students.actions.classes import appoint_class_teacher, open_class
from students.actions.enrolments import move_student
from students.actions.people import register_student
from students.actions.registers import list_student
from students.models import Enrolment, Register, RegisterEntry, SchoolClass, Student
from tests.builders import make_class, make_school, make_student, make_teacher, make_user

SENT = UUID("0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a11")
ON = date(2018, 4, 2)


def _school(school: School, by: User) -> Any:
    return lambda: add_school(school=School(name="二小"), by=by, submission_id=SENT)


def _teacher(school: School, by: User) -> Any:
    return lambda: add_teacher(
        teacher=Teacher(school=school, name="折老师", started_on=ON), by=by, submission_id=SENT
    )


def _class(school: School, by: User) -> Any:
    facts = {"stage": "primary", "entry_year": 2016, "number": 1, "submission_id": SENT}
    return lambda: open_class(school_class=SchoolClass(school=school, **facts), by=by)


def _class_teacher(school: School, by: User) -> Any:
    led, teacher = make_class(school), make_teacher(school)
    return lambda: appoint_class_teacher(school_class=led, teacher=teacher, on=ON, by=by, submission_id=SENT)


def _move(school: School, by: User) -> Any:
    student, to = make_student(make_class(school)), make_class(school)
    facts: dict[str, Any] = {"is_boarder": False, "on": ON, "reason": "rearranged", "submission_id": SENT}
    return lambda: move_student(student=student, school_class=to, by=by, **facts)


def _entry(school: School, by: User) -> Any:
    facts = {
        "student": make_student(make_class(school)),
        "year": 2018,
        "listed_on": ON,
        "submission_id": SENT,
    }
    facts |= {"register": Register.COUNTY_FILED, "relation_to_head": "子", "household_status": "未脱贫"}
    return lambda: list_student(entry=RegisterEntry(**facts), by=by)


def _student(school: School, by: User) -> Any:
    led = make_class(school)
    return lambda: register_student(
        student=Student(district=school.district, name="折小雨", submission_id=SENT),
        place=Enrolment(school_class=led, started_on=ON, start_reason="registered"),
        entry=None,
        household_number="",
        head_name="折建国",
        by=by,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("form", [_school, _teacher, _class, _class_teacher, _move, _entry, _student])
def test_a_form_that_arrives_twice_at_once_gives_its_first_row(form: Callable[..., Any]) -> None:
    school = make_school()
    send = form(school, make_user(Role.OFFICE, district=school.district))

    first, again = send(), send()

    assert again == first
    assert type(first).objects.filter(submission_id=SENT).count() == 1
