"""The lines of the attachments as they stand on a day: stored rows with the words that follow from the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Exists, F, FilteredRelation, OuterRef, QuerySet, Subquery

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.codes import is_special_family_only
from pairing_portal.lib.periods import in_force
from pairing_portal.lib.school_years import Stage, grade_name, grade_number
from pairings.metrics import leading_classes
from pairings.models import HelpPlan, LeadershipMember, Pairing
from reports.access import Scope
from students.models import ClassTeacher, Register, RegisterEntry, Student

STAGES = list(Stage)
UNLISTED = "未列入名册"


class Placed(Protocol):
    """A line that says who the pupil is and which school, grade and class they are in on the day."""

    @property
    def student(self) -> Student: ...
    @property
    def school(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def class_number(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A pupil on a register on the day; the place is blank for one who is in no class that day."""

    entry: RegisterEntry
    student: Student
    stage: str
    school: str
    grade: str
    class_number: str
    boarding: str
    class_teacher: Teacher | None = None


@dataclass(frozen=True, slots=True)
class PairingLine:
    """A pairing in force on the day."""

    pairing: Pairing
    teacher: Teacher
    student: Student
    is_member: bool
    category: str
    school: str
    grade: str
    class_number: str
    planned_measures: str = ""

    @property
    def measures(self) -> str:
        """What the year's help plan says is done, else what was said when the two were paired."""
        return self.planned_measures or self.pairing.measures


def register_lines(scope: Scope, register: Register) -> list[RegisterLine]:
    """Pupils on the register on the day, school by school, class by class."""
    listed = RegisterEntry.objects.listed(scope.year, scope.day).filter(register=register)
    rows = _with_place(listed.filter(student__in=scope.students), scope.day).select_related(
        "student__household"
    )
    return sorted(_register_lines(rows, scope), key=_by_class)


def _register_lines(rows: QuerySet[Any], scope: Scope) -> Iterator[RegisterLine]:
    terms = ClassTeacher.objects.active(scope.day).filter(teacher__district=scope.district)
    leaders = {term.school_class_id: term.teacher for term in terms.select_related("teacher")}
    for entry in rows.iterator():
        boarding = {True: "住校", False: "走读"}.get(entry.is_boarder, "")
        yield RegisterLine(
            entry,
            entry.student,
            entry.stage or "",
            *_place_words(entry, scope.day),
            boarding,
            leaders.get(entry.school_class_id),
        )


def pairing_lines(scope: Scope) -> list[PairingLine]:
    """Pairings in force on the day, by the teacher's school, then teacher by teacher."""
    rows = _with_place(scope.pairings.active(scope.day).with_people(), scope.day)
    entries = RegisterEntry.objects.listed(scope.year, scope.day).filter(student=OuterRef("student"))
    facts = {name: Subquery(entries.values(name)[:1]) for name in ("register", "main_type", "further_types")}
    posts = LeadershipMember.objects.active(scope.day).filter(teacher=OuterRef("teacher"))
    leads = leading_classes(scope.day).filter(teacher=OuterRef("teacher"))
    plans = HelpPlan.objects.of_year(scope.year).filter(pairing=OuterRef("pk"))
    facts["planned_measures"] = Subquery(plans.values("measures")[:1])
    rows = rows.annotate(is_member=Exists(posts) | Exists(leads), **facts)
    return sorted(_pairing_lines(rows, scope.day), key=_by_teacher)


def pupils_by_class(lines: Iterable[PairingLine]) -> list[PairingLine]:
    """One line for each pupil, school by school, class by class, as a notice lists them."""
    once = {line.student.pk: line for line in lines}
    return sorted(once.values(), key=_by_pupil)


def _pairing_lines(rows: QuerySet[Any], on: date) -> Iterator[PairingLine]:
    for row in rows.iterator():
        category = category_words(row.register, row.main_type, row.further_types)
        place, planned = _place_words(row, on), row.planned_measures or ""
        yield PairingLine(row, row.teacher, row.student, row.is_member, category, *place, planned)


def category_words(register: str | None, main_type: str | None, further_types: tuple[str, ...] | None) -> str:
    """The pupil's category as 附件3 names it; recognised pupils apart by family only or hardship."""
    if not register:
        return UNLISTED
    if register == Register.COUNTY_FILED:
        return "建档立卡"
    types = [name for name in (main_type, *(further_types or ())) if name]
    return f"学区认定（{'特殊家庭' if is_special_family_only(types) else '经济困难'}）"


def _with_place(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Add the pupil's school, stage, entry year, class number and boarding of the day as plain columns."""
    of_the_day = in_force(on, start="student__enrolments__started_on", end="student__enrolments__ended_on")
    placed: QuerySet[Any] = rows.annotate(
        place=FilteredRelation("student__enrolments", condition=of_the_day),
        school_class_id=F("place__school_class"),
        school_name=F("place__school_class__school__name"),
        stage=F("place__school_class__stage"),
        entry_year=F("place__school_class__entry_year"),
        class_place=F("place__school_class__number"),
        is_boarder=F("place__is_boarder"),
    )
    return placed


def _place_words(row: Any, on: date) -> tuple[str, str, str]:
    """School, grade and class; blank for a pupil who is in no class on the day."""
    if row.stage is None:
        return "", "", ""
    return row.school_name, grade_name(row.stage, grade_number(row.entry_year, on)), f"{row.class_place}班"


def _class_order(row: Any) -> tuple[Any, ...]:
    stage = STAGES.index(row.stage) if row.stage else -1
    return (row.school_name or "", stage, -(row.entry_year or 0), row.class_place or 0)


def _by_class(line: RegisterLine) -> tuple[Any, ...]:
    return (*_class_order(line.entry), line.student.pinyin, line.student.pk)


def _by_pupil(line: PairingLine) -> tuple[Any, ...]:
    return (*_class_order(line.pairing), line.student.pinyin, line.student.pk)


def _by_teacher(line: PairingLine) -> tuple[Any, ...]:
    teacher = (line.teacher.school.name, line.teacher.pinyin, line.teacher.pk)
    return (*teacher, *_class_order(line.pairing), line.student.pinyin, line.pairing.pk)
