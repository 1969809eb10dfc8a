"""Classes that have passed their last grade, who still waits in them, and where these pupils may go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Count, F, Q

from pairing_portal.accounts.models import District, School
from pairing_portal.lib.school_years import (
    GRADES_IN_STAGE,
    Stage,
    class_name,
    grade_number,
    next_stage,
    school_year,
)
from students.models import ClassTeacher, Enrolment, SchoolClass
from students.models.classes import SchoolClassQuerySet

Slot = tuple[str, int]  # stage and entry year: all classes of one grade
ClassIdentity = tuple[int, str, int, int]  # school, stage, entry year, number
YEARS_REMEMBERED = 3


@dataclass(frozen=True, slots=True)
class Destination:
    """A class pupils may go to; one that is not on record yet is made when they do."""

    school: School
    stage: str
    entry_year: int
    number: int
    school_class: SchoolClass | None = None

    @classmethod
    def to(cls, school_class: SchoolClass) -> Self:
        """A class that is there."""
        of = school_class
        return cls(of.school, of.stage, of.entry_year, of.number, of)

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.number}@{self.school.public_id}"

    @property
    def identity(self) -> ClassIdentity:
        """What tells it from all other classes."""
        return self.school.pk, self.stage, self.entry_year, self.number

    def name(self, on: date) -> str:
        """School and class on the day; a class that is yet to be made says so."""
        words = f"{self.school.name} {class_name(self.stage, self.entry_year, self.number, on)}"
        return words if self.school_class else f"{words}（新建）"


@dataclass(frozen=True)
class LeavingClass:
    """A class past its last grade with the pupils still in it, where they may go and where most of them likely will."""

    school_class: SchoolClass
    enrolments: tuple[Enrolment, ...]
    destinations: tuple[Destination, ...]
    likely: Destination | None


def left_classes(district: District, on: date) -> SchoolClassQuerySet:
    """Classes past their last grade that still have pupils, with their school and how many (`waiting`)."""
    there = Q(enrolments__ended_on=None, enrolments__started_on__lte=on)
    rows = _classes_of(district).past(on).annotate(waiting=Count("enrolments", filter=there))
    return rows.filter(waiting__gt=0).by_grade().select_related("school")


def leaving_classes(district: District, on: date, *, locks: bool = False) -> list[LeavingClass]:
    """The same, each with its pupils and where they may go; the same few queries for any number.

    With `locks` pupils and places stay as they are until the transaction ends.
    """
    classes = list(left_classes(district, on))
    if not classes:
        return []
    pupils = _pupils_of(classes, on, locks=locks)
    offers = Offers(district, on, classes)
    return [
        LeavingClass(each, tuple(pupils[each.pk]), offers.destinations(each), offers.likely(each))
        for each in classes
    ]


def terms_past(district: District, on: date) -> list[ClassTeacher]:
    """Class teachers who still lead a class that has passed its last grade, with or without pupils we know."""
    terms = ClassTeacher.objects.filter(ended_on=None, school_class__in=_classes_of(district).past(on))
    return list(terms.select_related("teacher", "school_class__school").order_by("school_class", "pk"))


def _classes_of(district: District) -> SchoolClassQuerySet:
    return SchoolClass.objects.filter(school__district=district)


def _pupils_of(classes: Iterable[SchoolClass], on: date, *, locks: bool) -> dict[int, list[Enrolment]]:
    """The pupils of each class in the order of their names."""
    by_pk = {each.pk: each for each in classes}
    there = Enrolment.objects.open().filter(school_class__in=by_pk, started_on__lte=on)
    enrolments = there.select_for_update(of=("self", "student")) if locks else there
    found: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in enrolments.select_related("student").order_by("student__pinyin", "pk"):
        enrolment.school_class = by_pk[enrolment.school_class_id]
        found[enrolment.school_class_id].append(enrolment)
    return found


def following(school_class: SchoolClass) -> Slot | None:
    """Stage and entry year of the classes whose first grade follows on the class's last; None after the last stage."""
    stage = next_stage(school_class.stage)
    return (stage, school_class.left_on.year) if stage else None


class Offers:
    """The district's running classes, read once, as places to go to."""

    def __init__(self, district: District, on: date, leaving: Sequence[SchoolClass] = ()) -> None:
        self.on = on
        self.district = district
        self.schools: dict[str, dict[int, School]] = defaultdict(dict)
        self.classes: dict[tuple[int, str, int], dict[int, SchoolClass]] = defaultdict(dict)
        for each in _classes_of(district).taking_pupils(on).select_related("school").order_by("number"):
            self.schools[each.stage][each.school_id] = each.school
            self.classes[each.school_id, each.stage, each.entry_year][each.number] = each
        self.numbers: dict[Slot | None, set[int]] = defaultdict(set)
        for each in leaving:
            self.numbers[following(each)].add(each.number)
        self.usual = self._usual() if leaving else {}

    def destinations(self, leaving: SchoolClass) -> tuple[Destination, ...]:
        """Classes of the next stage, the numbers that leave kept: those on record and those that could be made."""
        slot = following(leaving)
        if slot is None or school_year(self.on) < slot[1] or not self._is_running(slot):
            return ()
        schools = sorted(self.schools[slot[0]].values(), key=lambda school: (school.name, school.pk))
        return tuple(
            self._at(school, slot, number)
            for school in schools
            for number in sorted(self.numbers[slot] | set(self.classes[school.pk, *slot]))
        )

    def _is_running(self, slot: Slot) -> bool:
        """Whether classes of the slot are still within their stage."""
        stage, entry_year = slot
        return SchoolClass(stage=stage, entry_year=entry_year).left_on > self.on

    def _at(self, school: School, slot: Slot, number: int) -> Destination:
        return Destination(school, *slot, number, self.classes[school.pk, *slot].get(number))

    def likely(self, leaving: SchoolClass) -> Destination | None:
        """The same school, else the one most pupils went to lately, else the only one there is; the number is kept."""
        offered = {
            each.school.pk: each for each in self.destinations(leaving) if each.number == leaving.number
        }
        usual = self.usual.get((leaving.school_id, leaving.stage))
        only = next(iter(offered)) if len(offered) == 1 else None
        return next((offered[pk] for pk in (leaving.school_id, usual, only) if pk in offered), None)

    def _usual(self) -> dict[tuple[int, str], int]:
        """The school that took most pupils of each school and stage in the last years."""
        since = date(school_year(self.on) - YEARS_REMEMBERED, 1, 1)
        went = Enrolment.objects.filter(
            end_reason=Enrolment.EndReason.PROMOTED,
            ended_on__gte=since,
            student__enrolments__started_on=F("ended_on"),
            school_class__school__district=self.district,
        )
        paths = ("school_class__school", "school_class__stage", "student__enrolments__school_class__school")
        counted = went.order_by().values_list(*paths).annotate(pupils=Count("pk")).order_by("pupils", *paths)
        return {(school, stage): to for school, stage, to, _ in counted}

    def repeating(self, school_class: SchoolClass) -> Destination:
        """The class a pupil repeats the year in: of the same school, number kept if there is one, else the first."""
        behind = grade_number(school_class.entry_year, self.on) - GRADES_IN_STAGE[Stage(school_class.stage)]
        entry_year = school_class.entry_year + max(1, behind)
        there = self.classes[school_class.school_id, school_class.stage, entry_year]
        number = school_class.number if school_class.number in there or not there else min(there)
        return self._at(school_class.school, (school_class.stage, entry_year), number)
