"""Paired pupils nobody has met for longer than the district wants, and whose turn it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse

from pairing_portal.lib.templatetags.portal import days_since
from pairings.metrics import paired_students
from pairings.models import Pairing
from pairings.models.pairings import PairingQuerySet
from reports.access import Scope
from reports.rules.todos import NAMES_SHOWN, Name, Todo
from students.models.people import StudentQuerySet
from visits.metrics import silent_since

NEVER = "还没有记录"
NAMES_PER_TEACHER = 3


def silent_pupils(scope: Scope) -> StudentQuerySet:
    """Listed pupils with a teacher and `last_visited_on`, met too long ago or never, longest-silent first."""
    days = scope.district.visit_interval_days if scope.district else 0
    return silent_since(paired_students(scope.students, scope.year, scope.day), days, scope.day)


def silence_words(last_visited_on: date | None, on: date) -> str:
    """How long ago somebody met the pupil: 82 天前, or that nobody has."""
    return days_since(last_visited_on, on) if last_visited_on else NEVER


def silent_by_teacher(scope: Scope, todo: Todo) -> Iterator[Todo]:
    """The todo with the number of pupils and, as names, the teachers with most of them."""
    silent = silent_pupils(scope)
    if not (count := silent.order_by().count()):
        return
    last = silent.order_by().filter(pk=OuterRef("student")).values("last_visited_on")[:1]
    pairs = Pairing.objects.active(scope.day).filter(student__in=silent.order_by().values("pk"))
    by_load = pairs.order_by().values("teacher").annotate(pupils=Count("student", distinct=True))
    first = by_load.order_by("-pupils", "teacher__pinyin", "teacher")[:NAMES_SHOWN]
    order = [row["teacher"] for row in first]
    shown = pairs.filter(teacher__in=order).with_people().annotate(last=Subquery(last))
    names = _names(shown, order, scope.day)
    yield replace(todo, count=count, names=names, all_url=reverse("silent_list"))


def _names(pairs: PairingQuerySet, order: list[int], on: date) -> tuple[Name, ...]:
    by_teacher: dict[int, list[Any]] = {pk: [] for pk in order}
    for row in pairs.order_by("student__pinyin", "pk"):
        by_teacher[row.teacher_id].append(row)
    return tuple(_teacher_name(rows, on) for rows in by_teacher.values() if rows)


def _teacher_name(rows: list[Any], on: date) -> Name:
    """One teacher with the first pupils, and how long each has waited."""
    told = [f"{row.student.name} {silence_words(row.last, on)}" for row in rows[:NAMES_PER_TEACHER]]
    rest = len(rows) - len(told)
    words = "、".join(told) + (f" 等 {len(rows)} 人" if rest else "")
    teacher = rows[0].teacher
    address = f"{reverse('silent_list')}?{urlencode({'teacher': teacher.public_id})}"
    return Name(teacher.name, address, words)
