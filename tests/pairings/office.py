"""The office at its desk, and the forms it sends."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from pairing_portal.accounts.models import Role, Teacher, User
from students.models import SchoolClass, Student
from tests.builders import (
    make_entry,
    make_student,
    make_user,
)


@dataclass
class Office:
    """The office at work in a district with one class and two teachers; another district beside it."""

    client: Client
    user: User
    school_class: SchoolClass
    teacher: Teacher
    colleague: Teacher

    def pupil(self, name: str) -> Student:
        """A listed pupil of the class."""
        student = make_student(self.school_class, name=name)
        make_entry(student)
        return student


def sent(**values: Any) -> dict[str, Any]:
    return {"submission_id": str(uuid4()), "started_on": "2018-05-01", "focus": ["study"]} | values


def account_of(teacher: Teacher) -> User:
    """The teacher's own account."""
    teacher.user = make_user(Role.TEACHER, district=teacher.district)
    teacher.save()
    return teacher.user


def words(response: Any) -> str:
    return str(response.content, "utf-8")


def hand_over_form(to: Teacher, **values: Any) -> dict[str, Any]:
    return {
        "submission_id": str(uuid4()),
        "teacher": str(to.public_id),
        "on": "2018-05-01",
        "reason": "handed_over",
        "note": "周末可家访。",
    } | values
