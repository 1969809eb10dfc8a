"""The numbers and the pupils a desk shows: each number with its way of counting and the list behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse

from pairing_portal.accounts.models import Right, Teacher
from pairing_portal.lib.school_years import class_name
from pairings.metrics import paired_students
from pairings.models import Pairing
from reports.access import Scope
from reports.rules.silence import silence_words
from students.models import ClassTeacher, Enrolment, Register, SchoolClass, Student
from students.models.people import StudentQuerySet
from visits.access import visible_visits
from visits.metrics import pupils_by_silence
from visits.models import Visit


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a desk; `note` says how it is counted, `url` shows the rows behind it."""

    code: str
    caption: str
    value: int
    unit: str
    url: str
    note: str = ""
    kind: str = ""
    word: str = ""


def desk_numbers(scope: Scope) -> tuple[Number, ...]:
    """Listed, paired and unpaired pupils, and what was recorded this year, as far as the person sees."""
    listed = scope.listed.order_by()
    county = listed.filter(register=Register.COUNTY_FILED).count()
    all_listed, paired = listed.count(), _paired(scope)
    students = reverse("student_list")
    return (
        Number(
            "listed",
            "在册学生",
            all_listed,
            "人",
            f"{students}?register=listed",
            f"县乡建档立卡 {county}，学区认定 {all_listed - county}",
        ),
        Number("paired", "已有帮扶教师", paired, "人", f"{students}?register=listed&paired=yes"),
        _unpaired(scope, all_listed, all_listed - paired, students),
        _recorded(scope),
    )


def _paired(scope: Scope) -> int:
    return paired_students(scope.students, scope.year, scope.day).order_by().count()


def _unpaired(scope: Scope, listed: int, count: int, students: str) -> Number:
    """Pupils without a teacher; with nobody on a register yet there is nothing to judge."""
    sees_whole = scope.user.may(Right.SEE_DISTRICT)
    address = reverse("pairing_gaps") if sees_whole else f"{students}?register=listed&paired=no"
    kind, word = ("fail", "需安排") if count else ("ok", "已达到") if listed else ("none", "还没有名册")
    return Number("unpaired", "还没有帮扶教师", count, "人", address, kind=kind, word=word)


def _recorded(scope: Scope) -> Number:
    """Records of the year up to the day, every way of meeting; the note counts pupils, not events."""
    records = visible_visits(scope.user, scope.today).between(date(scope.year, 1, 1), scope.day)
    pupils = records.filter(student__in=scope.listed.values("pk")).order_by()
    reached = pupils.values("student").distinct().count()
    address = (
        f"{reverse('visit_list')}?whose=all" if scope.user.may(Right.RECORD_VISITS) else reverse("visit_list")
    )
    return Number("recorded", "本年度帮扶记录", records.count(), "条", address, f"涉及在册学生 {reached} 人")


@dataclass(frozen=True, slots=True)
class PupilCard:
    """A pupil on a teacher's desk: where, how long nobody has met them, and what was promised."""

    student: Student
    place: str
    silence: str
    kind: str
    promises: tuple[Visit, ...] = ()
    helpers: str = ""


def own_pupils(scope: Scope, teacher: Teacher) -> list[PupilCard]:
    """Pupils the teacher helps today, longest-silent first."""
    helped = Pairing.objects.active(scope.today).filter(teacher=teacher, student=OuterRef("pk"))
    return _cards(scope, scope.students.filter(Exists(helped)), teacher)


def class_pupils(scope: Scope, teacher: Teacher) -> list[PupilCard]:
    """Listed pupils of the classes the teacher leads today, those the teacher helps left out."""
    helped = Pairing.objects.active(scope.today).filter(teacher=teacher, student=OuterRef("pk"))
    classes = ClassTeacher.objects.active(scope.today).filter(teacher=teacher).values("school_class")
    pupils = Enrolment.objects.active(scope.today).filter(school_class__in=classes).values("student")
    return _cards(scope, scope.listed.filter(~Exists(helped), pk__in=pupils), teacher)


def led_class_names(teacher: Teacher, on: date) -> str:
    """The classes the teacher leads on the day, in words."""
    led = ClassTeacher.objects.active(on).filter(teacher=teacher).values("school_class")
    running = SchoolClass.objects.running(on).filter(pk__in=led)
    return "、".join(school_class.name(on) for school_class in running)


def _cards(scope: Scope, students: StudentQuerySet, teacher: Teacher) -> list[PupilCard]:
    current = Pairing.objects.active(scope.day).select_related("teacher")
    rows: list[Any] = list(
        pupils_by_silence(students.with_place(scope.day), scope.day).prefetch_related(
            Prefetch("pairings", current, to_attr="current")
        )
    )
    promised: dict[int, list[Visit]] = {}
    open_promises = Visit.objects.to_follow_up().filter(teacher=teacher, student__in=[row.pk for row in rows])
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
    )


def _silence_kind(last_visited_on: date | None, scope: Scope) -> str:
    days = scope.district.visit_interval_days if scope.district else 0
    if last_visited_on is None or (scope.day - last_visited_on).days > days:
        return "attention"
    return "ok"
