"""Who leads a class: appointed and released here, one at a time."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.journal import Journal
from students.models import ClassTeacher, SchoolClass

ENDING = ("ended_on", "end_reason")


@transaction.atomic
def open_class(*, school_class: SchoolClass, by: User) -> SchoolClass:
    """Store a new class; ValidationError with a sentence when the school already has it."""
    if made := sent_before(SchoolClass, by, school_class.submission_id):
        return made
    school_class.created_by = by
    school_class.full_clean()
    school_class.save()
    record(by, Action.CREATED, school_class, fields=["school", "stage", "entry_year", "number"])
    return school_class


@transaction.atomic
def appoint_class_teacher(
    *,
    school_class: SchoolClass,
    teacher: Teacher,
    on: date,
    by: User,
    submission_id: UUID | None = None,
    journal: Journal | None = None,
) -> ClassTeacher:
    """Let the teacher lead the class from the day on; whoever led it before is released the same day."""
    if made := sent_before(ClassTeacher, by, submission_id):
        return made
    terms = ClassTeacher.objects.select_for_update().filter(school_class=school_class)
    former = terms.filter(ended_on=None).first()
    _check_successor(teacher, former, on)
    if last := terms.filter(ended_on__gt=on).order_by("-ended_on").first():
        raise ValidationError(f"这个班到 {date_cn(last.ended_on)}为止已有班主任，开始日期不能早于这一天。")
    if former is not None:
        replaced = ClassTeacher.EndReason.REPLACED
        end_class_teacher(term=former, on=on, reason=replaced, by=by, journal=journal)
    made = ClassTeacher(
        school_class=school_class, teacher=teacher, started_on=on, submission_id=submission_id
    )
    return _appoint(made, by, journal)


def _appoint(term: ClassTeacher, by: User, journal: Journal | None) -> ClassTeacher:
    term.created_by = by
    term.full_clean()
    term.save()
    if journal is not None:
        journal.created([term])
    record(by, Action.CREATED, term, fields=["school_class", "teacher", "started_on"])
    return term


def _check_successor(teacher: Teacher, former: ClassTeacher | None, on: date) -> None:
    if teacher.started_on > on or (teacher.ended_on is not None and teacher.ended_on <= on):
        raise ValidationError(f"{teacher.name} {date_cn(on)}不在岗，请选择在岗教师或改日期。")
    if former is None:
        return
    if former.teacher_id == teacher.pk:
        raise ValidationError(f"{teacher.name} 已经是这个班的班主任，不用再任命。")
    if former.started_on > on:
        raise ValidationError(f"现任班主任 {date_cn(former.started_on)}才开始任职，接任日期不能早于这一天。")


@transaction.atomic
def end_class_teacher(
    *, term: ClassTeacher, on: date, reason: str, by: User, journal: Journal | None = None
) -> ClassTeacher:
    """Release the class teacher from the day on; the day itself is no longer part of the term."""
    current = ClassTeacher.objects.select_for_update().get(pk=term.pk)
    if current.ended_on is not None:
        raise ValidationError("这位班主任的任职已经结束，请刷新页面核对。")
    if on < current.started_on:
        raise ValidationError(f"结束日期不能早于任职开始日期 {date_cn(current.started_on)}。")
    if journal is not None:
        journal.changing([current], ENDING)
    current.ended_on, current.end_reason = on, reason
    current.version += 1
    current.save(update_fields=[*ENDING, "version"])
    record(by, Action.ENDED, current, fields=ENDING)
    return current
