"""Where a pupil goes to school: every move ends one enrolment and opens the next on the same day."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.school_years import next_stage
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.journal import Journal
from students.models import Enrolment, SchoolClass, Student

Start = Enrolment.StartReason
ENDING = ("ended_on", "end_reason")
WITHIN = frozenset({Start.PROMOTED, Start.TRANSFERRED, Start.REPEATED, Start.REARRANGED})


@transaction.atomic
def move_student(
    *,
    student: Student,
    school_class: SchoolClass,
    is_boarder: bool,
    on: date,
    reason: str,
    by: User,
    submission_id: UUID | None = None,
    journal: Journal | None = None,
) -> Enrolment:
    """Enrol the pupil in the class from the day on, ending the present enrolment the same day if there is one.

    `reason` is an `Enrolment.StartReason`. ValidationError with a sentence when reason, class or day do not fit.
    """
    if made := sent_before(Enrolment, by, submission_id):
        return made
    Student.objects.select_for_update().get(pk=student.pk)
    current = Enrolment.objects.filter(student=student, ended_on=None).select_related("school_class").first()
    _check_reason(current, reason)
    if current is not None:
        _check_move(current, school_class, is_boarder, reason)
        end_enrolment(enrolment=current, on=on, reason=reason, by=by, journal=journal)
    place = Enrolment(student=student, school_class=school_class, is_boarder=is_boarder)
    place.started_on, place.start_reason, place.submission_id = on, reason, submission_id
    return enrol(place=place, by=by, journal=journal)


@transaction.atomic
def enrol(*, place: Enrolment, by: User, journal: Journal | None = None) -> Enrolment:
    """Store the enrolment; ValidationError where it would overlap an earlier one."""
    place.created_by = by
    place.full_clean()
    place.save()
    if journal is not None:
        journal.created([place])
    record(by, Action.MOVED, place, fields=["school_class", "is_boarder", "started_on", "start_reason"])
    return place


@transaction.atomic
def end_enrolment(
    *, enrolment: Enrolment, on: date, reason: str, by: User, journal: Journal | None = None
) -> Enrolment:
    """End the enrolment; the day itself is no longer part of it. `reason` is an `Enrolment.EndReason`."""
    current = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if current.ended_on is not None:
        raise ValidationError("该生在这个班的就读已经结束，请刷新页面核对。")
    if on < current.started_on:
        raise ValidationError(f"日期不能早于进入现在班级的日期 {date_cn(current.started_on)}。")
    if journal is not None:
        journal.changing([current], ENDING)
    current.ended_on, current.end_reason = on, reason
    current.version += 1
    current.save(update_fields=[*ENDING, "version"])
    record(by, Action.ENDED, current, fields=ENDING)
    return current


def _check_reason(current: Enrolment | None, reason: str) -> None:
    if current is None and reason in (Start.REPEATED, Start.REARRANGED):
        raise ValidationError("该生现在没有在读班级，请选择“复学”“转入”“升学”或“在册登记”。")
    if current is not None and reason not in WITHIN:
        raise ValidationError("该生现在有在读班级，请选择“调班或变更就读方式”“转入”“升学”或“留级”。")


def _check_move(current: Enrolment, to: SchoolClass, is_boarder: bool, reason: str) -> None:
    """Whether reason and class belong together."""
    now = current.school_class
    if now == to and current.is_boarder == is_boarder:
        raise ValidationError("班级和就读方式都没有变化，不用办理。")
    if reason == Start.PROMOTED and to.stage != next_stage(now.stage):
        raise ValidationError("升学是进入下一学段；同一学段内请选择“调班”“转入”或“留级”。")
    if reason == Start.REPEATED and (to.stage != now.stage or to.entry_year <= now.entry_year):
        raise ValidationError("留级应进入同一学段里入学更晚的班级，请核对班级。")
    if reason == Start.TRANSFERRED and to.school_id == now.school_id:
        raise ValidationError("转入是进入另一所学校；本校内请选择“调班或变更就读方式”。")
