"""Pupils as the lines of a list: the columns of the day in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pairing_portal.lib.school_years import class_name
from pairing_portal.lib.templatetags.portal import status_mark
from pairings.models import Pairing
from students.models import Register
from students.models.people import StudentQuerySet

NOBODY = UUID(int=0)
MARKS = {Register.COUNTY_FILED: "ok", Register.DISTRICT_RECOGNISED: "new"}
BOARDING = {True: "住校", False: "走读"}
GREY = '<span class="muted">{}</span>'
UNPAIRED = status_mark("attention", "attention", "未结对")
NO_TEACHER = format_html(GREY, "无")


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One pupil of a list on a day, as its line prints it; what nobody knows is empty or said in grey."""

    url: str
    name: str
    school: str
    class_name: str
    register: str
    category: str
    village: str
    boarding: str
    teachers: str


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
    names = "、".join(teachers.get(student.pk, ()))
    return StudentRow(
        url=url,
        name=student.name,
        school=student.school_name or "",
        class_name=_class_mark(class_words(student, day)),
        register=_register_mark(student.register),
        category=student.main_type or student.household_status or "",
        village=student.village,
        boarding=BOARDING.get(student.is_boarder, ""),
        teachers=names or (UNPAIRED if student.register else NO_TEACHER),
    )


@cache
def _register_mark(register: str | None) -> SafeString:
    if not register:
        return format_html(GREY, "未列入")
    return status_mark(MARKS[Register(register)], "list", Register(register).label)


@lru_cache(maxsize=512)
def _class_mark(words: str) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', words) if words else format_html(GREY, "未在读")


def class_words(student: Any, day: date) -> str:
    """Grade and class number of a pupil read by `with_place`; empty when the pupil is in no class."""
    return class_name(student.stage, student.entry_year, student.class_number, day)
