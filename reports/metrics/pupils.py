"""A teacher's pupils, helped or in the own class, each with what the day asks for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from pairing_portal.accounts.models import Right, Teacher
from pairing_portal.lib.school_years import class_name
from pairings.models import Pairing
from reports.access import Scope
from reports.rules.silence import silence_words
from students.models import ClassTeacher, Enrolment, SchoolClass, Student
from students.models.people import StudentQuerySet
from visits.access import own_pupils as pupils_near
from visits.access import visible_visits
from visits.metrics import pupils_by_silence
from visits.models import Visit, VisitQuerySet

BOARDING = {True: "住校", False: "走读"}


@dataclass(frozen=True, slots=True)
class PupilCard:
    """A pupil on a teacher's desk: where, how long nobody has met them, and what was promised."""

    student: Student
    place: str
    silence: str
    kind: str
    promises: tuple[Visit, ...] = ()
    helpers: str = ""
    boarding: str = ""
    can_record: bool = True


def own_pupils(scope: Scope, teacher: Teacher) -> list[PupilCard]:
    """Pupils the teacher helps today, longest-silent first, with what the teacher promised."""
    helped = Pairing.objects.active(scope.today).filter(teacher=teacher, student=OuterRef("pk"))
    return _cards(scope, scope.students.filter(Exists(helped)), Visit.objects.filter(teacher=teacher))


def class_pupils(scope: Scope, teacher: Teacher) -> list[PupilCard]:
    """Listed pupils of the classes the teacher leads today, gaps first, those the teacher helps left out."""
    helped = Pairing.objects.active(scope.today).filter(teacher=teacher, student=OuterRef("pk"))
    classes = ClassTeacher.objects.active(scope.today).filter(teacher=teacher).values("school_class")
    pupils = Enrolment.objects.active(scope.today).filter(school_class__in=classes).values("student")
    cards = _cards(scope, scope.listed.filter(~Exists(helped), pk__in=pupils), Visit.objects.all())
    return sorted(cards, key=_is_paired)


def pupils_of_class(scope: Scope, school_class: SchoolClass) -> list[PupilCard]:
    """Listed pupils of the class on the day as far as the person sees them: without a teacher, then longest-silent."""
    cards = _cards(
        scope, scope.listed.in_class(school_class, scope.day), visible_visits(scope.user, scope.today)
    )
    recordable = recordable_pupils(scope, [card.student.pk for card in cards])
    return sorted((replace(card, can_record=card.student.pk in recordable) for card in cards), key=_is_paired)


def recordable_pupils(scope: Scope, pupils: Collection[int]) -> set[int]:
    """Those of the pupils the person may log a visit to: all of them for the office, else the own ones."""
    if scope.user.may(Right.RECORD_FOR_OTHERS):
        return set(pupils)
    if not scope.user.may(Right.RECORD_VISITS):
        return set()
    near = pupils_near(scope.user, scope.today).filter(pk__in=pupils)
    return set(near.values_list("pk", flat=True))


def _is_paired(card: PupilCard) -> bool:
    return bool(card.helpers)


def led_classes(teacher: Teacher, on: date) -> list[SchoolClass]:
    """The classes the teacher leads on the day."""
    led = ClassTeacher.objects.active(on).filter(teacher=teacher).values("school_class")
    return list(SchoolClass.objects.running(on).filter(pk__in=led))


def _cards(scope: Scope, students: StudentQuerySet, visits: VisitQuerySet) -> list[PupilCard]:
    """The pupils longest-silent first, with the promises that are open among the visits."""
    current = Pairing.objects.active(scope.day).select_related("teacher")
    rows: list[Any] = list(
        pupils_by_silence(students.with_place(scope.day), scope.day).prefetch_related(
            Prefetch("pairings", current, to_attr="current")
        )
    )
    promised: dict[int, list[Visit]] = {}
    open_promises = visits.to_follow_up().filter(student__in=[row.pk for row in rows])
    for visit in open_promises.order_by("follow_up_on", "pk"):
        promised.setdefault(visit.student_id, []).append(visit)
    return [_card(row, scope, tuple(promised.get(row.pk, ()))) for row in rows]


def _card(row: Any, scope: Scope, promises: tuple[Visit, ...]) -> PupilCard:
    place = class_name(row.stage, row.entry_year, row.class_number, scope.day)
    return PupilCard(
        student=row,
        place=f"{row.school_name or ''} {place}".strip(),
        silence=silence_words(row.last_visited_on, scope.day),
        kind=_silence_kind(row.last_visited_on, scope),
        promises=promises,
        helpers="、".join(pairing.teacher.name for pairing in row.current),
        boarding=BOARDING.get(row.is_boarder, ""),
    )


def _silence_kind(last_visited_on: date | None, scope: Scope) -> str:
    days = scope.district.visit_interval_days if scope.district else 0
    if last_visited_on is None or (scope.day - last_visited_on).days > days:
        return "attention"
    return "ok"
