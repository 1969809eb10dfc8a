"""Who and what answers to the words, each kind through its own door."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse

from pairing_portal.accounts.access import visible_schools, visible_teachers
from pairing_portal.accounts.models import Right, School, Teacher
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.navigation import NavGroup, NavItem
from pairing_portal.lib.pinyin import initials_of, letters_of, pinyin_key, typed_letters
from pairing_portal.lib.school_years import class_name, entry_year, parse_grade, parse_grade_and_class
from pairings.access import visible_students
from students.access import visible_classes
from students.models import Register, SchoolClass
from students.models.classes import SchoolClassQuerySet

AT_MOST = 10
PUPILS_SEEN_BY = (Right.SEE_DISTRICT, Right.SEE_SCHOOL, Right.RECORD_VISITS)
STAFF_SEEN_BY = (Right.SEE_DISTRICT, Right.SEE_SCHOOL, Right.KEEP_PEOPLE)


@dataclass(frozen=True, slots=True)
class Hit:
    """One row or page that answers to the words."""

    label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, cut off where there are too many to read."""

    title: str
    icon: str
    hits: tuple[Hit, ...]
    has_more: bool


def find(words: str, request: StaffRequest, menu: Iterable[NavGroup]) -> tuple[Group, ...]:
    """The kinds that have something to show; the queries do not grow with the hits."""
    kinds = (
        ("学生", "people", _pupils(words, request)),
        ("教师", "teacher", _teachers(words, request)),
        ("班级", "class", _classes(words, request)),
        ("学校", "school", _schools(words, request)),
        ("页面", "list", _pages(words, menu)),
    )
    groups = (_group(title, icon, hits) for title, icon, hits in kinds)
    return tuple(group for group in groups if group.hits)


def straight_to(words: str, groups: Iterable[Group]) -> str:
    """The address of what alone is called exactly so, or of what alone was found; else nothing."""
    hits = [hit for group in groups for hit in group.hits]
    meant = [hit for hit in hits if hit.label == words] or hits
    return meant[0].url if len(meant) == 1 else ""


def _group(title: str, icon: str, hits: Iterable[Hit]) -> Group:
    found = tuple(islice(hits, AT_MOST + 1))
    return Group(title, icon, found[:AT_MOST], len(found) > AT_MOST)


def _may(request: StaffRequest, rights: Iterable[Right]) -> bool:
    return any(request.user.may(right) for right in rights)


def _pupils(words: str, request: StaffRequest) -> Iterator[Hit]:
    """Pupils the reader may see today, with school, class and register of the day looked at."""
    if not _may(request, PUPILS_SEEN_BY):
        return
    seen = visible_students(request.user, request.today).named(words, request.user.district_id)
    placed = seen.with_place(request.day).with_entry(request.year, request.day)
    for pupil in placed.only("public_id", "name")[: AT_MOST + 1]:
        yield Hit(pupil.name, _pupil_note(pupil, request.day), pupil.get_absolute_url())


def _pupil_note(pupil: Any, day: date) -> str:
    place = class_name(pupil.stage, pupil.entry_year, pupil.class_number, day)
    register = Register(pupil.register).label if pupil.register else "未列入名册"
    return "，".join(part for part in (f"{pupil.school_name or ''} {place}".strip(), register) if part)


def _teachers(words: str, request: StaffRequest) -> Iterator[Hit]:
    if not _may(request, STAFF_SEEN_BY):
        return
    seen = visible_teachers(request.user, request.today).named(words, request.user.district_id)
    for teacher in seen.select_related("school")[: AT_MOST + 1]:
        yield Hit(teacher.name, _teacher_note(teacher, request.day), teacher.get_absolute_url())


def _teacher_note(teacher: Teacher, day: date) -> str:
    has_left = teacher.ended_on is not None and teacher.ended_on <= day
    return f"{teacher.school}，已离岗" if has_left else str(teacher.school)


def _classes(words: str, request: StaffRequest) -> Iterator[Hit]:
    """Classes of the grade, or of the grade and number, as they are called on the day."""
    classes = _called_so(visible_classes(request.user, request.today), words, request.day)
    for each in classes.select_related("school").order_by("school__name", "number", "pk")[: AT_MOST + 1]:
        yield Hit(each.name(request.day), str(each.school), each.get_absolute_url())


def _called_so(classes: SchoolClassQuerySet, words: str, day: date) -> SchoolClassQuerySet:
    try:
        stage, grade, number = parse_grade_and_class(words)
    except ValidationError:
        try:
            stage, grade = parse_grade(words)
        except ValidationError:
            return SchoolClass.objects.none()
        return classes.filter(stage=stage, entry_year=entry_year(grade, day))
    return classes.filter(stage=stage, entry_year=entry_year(grade, day), number=number)


def _schools(words: str, request: StaffRequest) -> Iterator[Hit]:
    """Schools lead to their classes; a district has a few dozen."""
    if not _may(request, STAFF_SEEN_BY):
        return
    for school in visible_schools(request.user, request.today).called(words)[: AT_MOST + 1]:
        yield Hit(
            school.name,
            _school_note(school),
            f"{reverse('class_list')}?{urlencode({'school': school.public_id})}",
        )


def _school_note(school: School) -> str:
    return f"简称{school.short_name}，看它的班级" if school.short_name else "看它的班级"


def _pages(words: str, menu: Iterable[NavGroup]) -> Iterator[Hit]:
    """Pages of the reader's own menu."""
    for group in menu:
        yield from (Hit(item.label, group.title, item.url) for item in group.items if _is_called(item, words))


def _is_called(item: NavItem, words: str) -> bool:
    pinyin = pinyin_key(item.label)
    letters = typed_letters(words)
    spelled = (letters_of(pinyin), initials_of(pinyin))
    return words in item.label or bool(letters and any(key.startswith(letters) for key in spelled))
