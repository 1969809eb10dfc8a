"""Pupils as the lines of a list: the columns of the day in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from pairing_portal.lib.school_years import class_name
from pairings.models import Pairing
from students.models import Register
from students.models.people import StudentQuerySet

NOBODY = UUID(int=0)
MARKS = {Register.COUNTY_FILED: "ok", Register.DISTRICT_RECOGNISED: "new"}
BOARDING = {True: "住校", False: "走读"}


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One pupil of a list on a day; words are empty where nothing is known, `mark` is the register's colour."""

    url: str
    name: str
    school: str
    class_name: str
    register: str
    mark: str
    category: str
    village: str
    boarding: str
    teachers: str

    def __getitem__(self, column: str) -> str:
        """Templates ask like this first; an answer saves them an exception per cell."""
        return str(getattr(self, column))


def with_list_columns(students: StudentQuerySet, year: int, day: date) -> StudentQuerySet:
    """Everything a list of pupils shows and no more: place and register entry as columns."""
    with_columns = students.with_place(day).with_entry(year, day)
    return with_columns.only("public_id", "name", "village")


def student_rows(students: Sequence[Any], day: date) -> list[StudentRow]:
    """The lines of pupils read by `with_list_columns`, and in one more query their teachers of the day."""
    teachers = _teachers(students, day)
    address = reverse("student_detail", args=[NOBODY])  # worked out once for all rows
    return [
        _row(student, day, address.replace(str(NOBODY), str(student.public_id)), teachers)
        for student in students
    ]


def _teachers(students: Sequence[Any], day: date) -> Mapping[int, list[str]]:
    """Names of the teachers by pupil, whoever began first leads."""
    current = Pairing.objects.active(day).filter(student__id__in=[student.pk for student in students])
    names: dict[int, list[str]] = defaultdict(list)
    for student, name in current.order_by("started_on", "pk").values_list("student_id", "teacher__name"):
        names[student].append(name)
    return names


def _row(student: Any, day: date, url: str, teachers: Mapping[int, list[str]]) -> StudentRow:
    register = Register(student.register) if student.register else None
    return StudentRow(
        url=url,
        name=student.name,
        school=student.school_name or "",
        class_name=class_words(student, day),
        register=register.label if register else "",
        mark=MARKS[register] if register else "",
        category=student.main_type or student.household_status or "",
        village=student.village,
        boarding=BOARDING.get(student.is_boarder, ""),
        teachers="、".join(teachers.get(student.pk, ())),
    )


def class_words(student: Any, day: date) -> str:
    """Grade and class number of a pupil read by `with_place`; empty when the pupil is in no class."""
    return class_name(student.stage, student.entry_year, student.class_number, day)
