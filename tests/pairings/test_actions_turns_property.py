"""However a district looks when the year turns: nobody is lost or in two places, and all of it can be taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from pairings.actions.turns import undo_turn
from pairings.models import Pairing, Way
from students.models import ClassTeacher, Enrolment, RegisterEntry, SchoolClass, Student
from tests.builders import make_class, make_class_teacher, make_entry, make_pairing, make_student
from tests.pairings.turning import NOW, SEPTEMBER, TODAY, TurningTown, confirmed, decided, make_town, prepared
from tests.undo.dumps import dump

AUGUST = SEPTEMBER - timedelta(days=1)
STAGES = {"preschool": 3, "primary": 6, "middle": 3}
WAYS = (Way.GRADUATED, Way.TRANSFERRED, Way.GONE, Way.LATER)


@dataclass(frozen=True)
class Someone:
    """A pupil to be: when enrolled, how often helped since when, whether on the register, which way if not the class's."""

    enrolled_on: date
    paired_on: tuple[date, ...]
    is_listed: bool
    way: str


@dataclass(frozen=True)
class Form:
    """A class to be: how many years past its last grade (or before it), its pupils, its teacher, its way."""

    stage: str
    years_past: int
    pupils: tuple[Someone, ...]
    is_led: bool
    way: int


days = st.dates(date(2017, 3, 1), TODAY)
people = st.builds(
    Someone,
    days,
    st.lists(days, max_size=2, unique=True).map(tuple),
    st.booleans(),
    st.sampled_from(["", "", "", Way.REPEATED, *WAYS]),
)
forms = st.builds(
    Form,
    st.sampled_from(sorted(STAGES)),
    st.integers(-1, 2),
    st.lists(people, max_size=3).map(tuple),
    st.booleans(),
    st.integers(0, 5),
)


@contextmanager
def forgotten() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def built(forms: list[Form]) -> tuple[TurningTown, dict[SchoolClass, int], dict[Student, str]]:
    """The district, and what is decided about its classes and single pupils."""
    town = make_town()
    ways: dict[SchoolClass, int] = {}
    exceptions: dict[Student, str] = {}
    for form in forms:
        entered = 2018 - STAGES[form.stage] - form.years_past
        school = {"preschool": town.kindergarten, "primary": town.primary, "middle": town.through}
        school_class = make_class(school[form.stage], stage=form.stage, entry_year=entered)
        ways[school_class] = form.way
        for someone in form.pupils:
            exceptions[enrolled(someone, school_class, town)] = someone.way
        if form.is_led:
            make_class_teacher(school_class, town.teacher)
    return town, ways, exceptions


def enrolled(someone: Someone, school_class: SchoolClass, town: TurningTown) -> Student:
    student = make_student(school_class)
    Enrolment.objects.filter(student=student).update(started_on=someone.enrolled_on)
    for day, teacher in zip(someone.paired_on, (town.teacher, town.colleague), strict=False):
        make_pairing(student, teacher, started_on=day)
    if someone.is_listed:
        make_entry(student)
    return student


def chosen(turn: Any, ways: dict[SchoolClass, int], exceptions: dict[Student, str]) -> Any:
    """Some classes as proposed, the others on one of the ways out."""
    classes = {each: WAYS[way] for each, way in ways.items() if way < len(WAYS)}
    return decided(turn, classes=classes, pupils={each: way for each, way in exceptions.items() if way})


def places_on(on: date) -> dict[int, int]:
    """Class by pupil."""
    return dict(Enrolment.objects.active(on).values_list("student", "school_class"))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.lists(forms, max_size=5))
def test_turning_keeps_the_ledger_whole_and_can_be_taken_back(forms: list[Form]) -> None:
    with forgotten():
        town, ways, exceptions = built(forms)
        before, in_august = dump(), places_on(AUGUST)
        turn = confirmed(chosen(prepared(town), ways, exceptions), town.office)
        assert places_on(AUGUST) == in_august
        assert_whole()
        undo_turn(turn=turn, by=town.office, now=NOW)
        after = dump()
        del before["pairings_yearturn"], after["pairings_yearturn"]
        assert after == before


def assert_whole() -> None:
    """One place at a time and no days shared; nothing open hangs on a class or a pupil that has left."""
    for student in Student.objects.all():
        rows = list(Enrolment.objects.filter(student=student).order_by("started_on", "pk"))
        assert sum(row.ended_on is None for row in rows) <= 1
        assert all(one.ended_on and one.ended_on <= other.started_on for one, other in pairwise(rows))
    left = Enrolment.objects.filter(end_reason__in=["graduated", "transferred"]).values("student")
    assert not Pairing.objects.filter(student__in=left, ended_on=None).exists()
    assert not RegisterEntry.objects.filter(student__in=left, year=TODAY.year, ended_on=None).exists()
    waiting = Enrolment.objects.open().values("school_class")
    past = SchoolClass.objects.past(TODAY).exclude(pk__in=waiting)
    assert not ClassTeacher.objects.filter(school_class__in=past, ended_on=None).exists()
