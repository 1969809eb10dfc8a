"""A pupil's own page: everything the reader may see, and who else can."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.access import undoable
from pairings.access import can_correct_note, can_keep_pairings, viewers, visible_notes, visible_students
from pairings.models import HelpPlan, StudyNote
from students.access import can_keep_registers
from students.forms.numbers import ReasonForm
from students.models import Enrolment, Register, RegisterEntry, Student
from students.views.rows import StudentRow, student_rows, with_list_columns
from visits.access import can_note_study, can_record_visit, visible_visits
from visits.models import Visit

COURSE_SHOWN = 20
Facts = list[tuple[str, str]]


@require_GET
@audited_read("学生")
def student_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The pupil as of the day looked at, for whoever may see the pupil today."""
    students = visible_students(request.user, request.today).select_related("household")
    student = get_object_or_404(students, public_id=public_id)
    context = {
        "student": student,
        "facts": _facts(student),
        "home": _home_facts(student),
        "siblings": _siblings(request, student),
        "can_edit": can_keep_registers(request.user),
        "can_pair": can_keep_pairings(request.user),
        "can_record": can_record_visit(request.user, student, request.today),
        "can_note": can_note_study(request.user, student, request.today),
        "viewers": viewers(student, request.today),
        "reason_form": ReasonForm(),
        "undoable": undoable(request.user, [student], request.today),
        **_places(student, request.day),
        **_entries(student, request),
        **_pairings(student, request.year, request.day),
        **_course(request, student),
    }
    return render(request, "students/student_detail.html", context)


def _facts(student: Student) -> Facts:
    facts = [
        ("性别", student.get_sex_display()),
        ("出生日期", date_cn(student.birth_date)),
        ("民族", student.nation),
        ("姓名拼音", student.pinyin),
    ]
    return [*facts, ("与证件号不一致的原因", student.override_reason)] if student.override_reason else facts


def _home_facts(student: Student) -> Facts:
    relation = f"（{student.guardian_relation}）" if student.guardian_relation else ""
    household = student.household
    return [
        ("监护人", f"{student.guardian_name}{relation}" if student.guardian_name else ""),
        ("家庭住址", student.address),
        ("户主", household.head_name if household else ""),
        ("户编号", household.number if household else ""),
    ]


def _siblings(request: StaffRequest, student: Student) -> list[StudentRow]:
    """Pupils of the same household whom the reader may see too, with class and teachers of the day."""
    if student.household_id is None:
        return []
    visible = visible_students(request.user, request.today).filter(household=student.household_id)
    listed = with_list_columns(visible.exclude(pk=student.pk), request.year, request.day)
    return student_rows(list(listed), request.day)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An enrolment in words; the grade is that of the period's last day, or of the day looked at."""

    enrolment: Enrolment
    class_name: str
    is_current: bool


def _places(student: Student, day: date) -> dict[str, Any]:
    enrolments = student.enrolments.select_related("school_class__school")
    rows = [
        PlaceRow(
            each,
            each.school_class.name(min(each.ended_on or day, max(day, each.started_on))),
            each.started_on <= day and (each.ended_on is None or each.ended_on > day),
        )
        for each in enrolments
    ]
    return {"places": rows, "place": next((row for row in rows if row.is_current), None)}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A register entry with its facts in words."""

    entry: RegisterEntry
    facts: Facts
    is_listed: bool


def _entries(student: Student, request: StaffRequest) -> dict[str, Any]:
    listed = set(student.entries.listed(request.year, request.day).values_list("pk", flat=True))
    rows = [EntryRow(entry, _entry_facts(entry), entry.pk in listed) for entry in student.entries.all()]
    return {"entries": rows, "entry": next((row for row in rows if row.is_listed), None)}


def _entry_facts(entry: RegisterEntry) -> Facts:
    facts = _county_facts(entry) if entry.register == Register.COUNTY_FILED else _district_facts(entry)
    ended = f"{date_cn(entry.ended_on)}（{entry.get_end_reason_display()}）" if entry.ended_on else ""
    facts = [("列入", date_cn(entry.listed_on)), ("移出", ended), *facts, ("备注", entry.remark)]
    return [(label, value) for label, value in facts if value]


def _county_facts(entry: RegisterEntry) -> Facts:
    return [
        ("脱贫状态", entry.household_status),
        ("脱贫年度", str(entry.household_exit_year or "")),
        ("与户主关系", entry.relation_to_head),
        ("贫困户属性", entry.household_attribute),
        ("主要致贫原因", entry.poverty_cause),
    ]


def _district_facts(entry: RegisterEntry) -> Facts:
    income = entry.income_per_head
    return [
        ("认定类型", entry.main_type),
        ("其他类型", "、".join(entry.further_types)),
        ("困难等级", entry.grade),
        ("困难情况说明", entry.situation),
        ("家庭人口", f"{entry.family_size} 人" if entry.family_size else ""),
        ("人均年收入", "" if income is None else f"{income} 元"),
        ("佐证材料", entry.evidence),
        ("认定日期", date_cn(entry.recognised_on)),
    ]


def _pairings(student: Student, year: int, day: date) -> dict[str, Any]:
    """Pairings that had begun by the day, with the year's plan: those in force, and the former ones."""
    plans = Prefetch("plans", HelpPlan.objects.of_year(year), to_attr="plans_of_year")
    begun = student.pairings.filter(started_on__lte=day).select_related("teacher__school")
    rows = list(begun.prefetch_related(plans))
    current = [each for each in rows if each.ended_on is None or each.ended_on > day]
    return {"pairings": current, "former_pairings": [each for each in rows if each not in current]}


@dataclass(frozen=True, slots=True)
class CourseItem:
    """One thing that happened with the pupil: a visit, or a note on how studies go."""

    on: date
    visit: Visit | None = None
    note: StudyNote | None = None
    can_correct: bool = False


def _course(request: StaffRequest, student: Student) -> dict[str, Any]:
    """The latest visits and notes up to the day; one more is read to know whether there are earlier ones."""
    visits = visible_visits(request.user, request.today).filter(student=student).until(request.day)
    notes = visible_notes(request.user, request.today).filter(student=student).until(request.day)
    rows = [
        *(CourseItem(each.visited_on, visit=each) for each in _latest(visits)),
        *(
            CourseItem(each.noted_on, note=each, can_correct=can_correct_note(request.user, each))
            for each in _latest(notes)
        ),
    ]
    rows.sort(key=lambda row: row.on, reverse=True)
    return {"course": rows[:COURSE_SHOWN], "has_earlier": len(rows) > COURSE_SHOWN}


def _latest(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.select_related("teacher")[: COURSE_SHOWN + 1])
