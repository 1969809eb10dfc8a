"""A pupil as a line of a list: the columns of the day in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from pairing_portal.lib.school_years import class_name
from pairings.models import Pairing
from students.models import Register, Student
from students.models.people import StudentQuerySet


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One pupil of a list on a day; `register` is a code or empty, words are empty where nothing is known."""

    student: Student
    school: str
    class_name: str
    register: str
    register_words: str
    category: str
    boarding: str
    teachers: tuple[str, ...]


def with_list_columns(students: StudentQuerySet, year: int, day: date) -> StudentQuerySet:
    """Everything a list of pupils shows and no more: place and register entry as columns, teachers beside."""
    current = Pairing.objects.active(day).select_related("teacher").order_by("started_on", "pk")
    current = current.only("student_id", "teacher__name")
    with_columns = students.with_place(day).with_entry(year, day).with_stage_rank()
    with_columns = with_columns.only("public_id", "name", "village")
    return with_columns.prefetch_related(Prefetch("pairings", current, to_attr="current_pairings"))


def student_row(student: Any, day: date) -> StudentRow:
    """The line of a pupil read by `with_list_columns`."""
    return StudentRow(
        student=student,
        school=student.school_name or "",
        class_name=class_words(student, day),
        register=student.register or "",
        register_words=Register(student.register).label if student.register else "",
        category=student.main_type or student.household_status or "",
        boarding={True: "住校", False: "走读"}.get(student.is_boarder, ""),
        teachers=tuple(pairing.teacher.name for pairing in student.current_pairings),
    )


def class_words(student: Any, day: date) -> str:
    """Grade and class number of a pupil read by `with_place`; empty when the pupil is in no class."""
    return class_name(student.stage, student.entry_year, student.class_number, day)
