"""A pupil leaves the class for good or for a while, with what follows for pairings and registers."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.journal import Journal
from pairings.actions.pairings import ENDING
from pairings.models import Pairing
from students.actions.enrolments import end_enrolment
from students.actions.registers import end_entry
from students.models import Enrolment, RegisterEntry, Student

Left = Enrolment.EndReason
PAIRING_REASONS = {
    Left.TRANSFERRED: Pairing.EndReason.STUDENT_LEFT,
    Left.GRADUATED: Pairing.EndReason.GRADUATED,
    Left.MISTAKE: Pairing.EndReason.MISTAKE,
}
ENTRY_REASONS = {
    Left.TRANSFERRED: RegisterEntry.EndReason.TRANSFERRED,
    Left.GRADUATED: RegisterEntry.EndReason.GRADUATED,
    Left.MISTAKE: RegisterEntry.EndReason.MISTAKE,
}
LEAVING = (Left.TRANSFERRED, Left.GRADUATED, Left.SUSPENDED, Left.DROPPED_OUT, Left.MISTAKE)


class Rest(models.TextChoices):
    """What becomes of the pupil's open pairings and register entries."""

    BY_REASON = "by_reason", "按离校原因办理"
    END = "end", "一并结束"
    KEEP = "keep", "全部保留"


@transaction.atomic
def student_leaves(
    *, student: Student, on: date, reason: str, rest: str, by: User, journal: Journal | None = None
) -> Enrolment:
    """End the pupil's enrolment and, as `rest` says, the open pairings and this year's register entries.

    ValidationError with a sentence when one of them cannot end on the day; then nothing has ended.
    """
    current = Student.objects.select_for_update().get(pk=student.pk)
    enrolment = Enrolment.objects.filter(student=current, ended_on=None).first()
    if enrolment is None:
        raise ValidationError("该生现在没有在读班级，不用再办理离校。")
    left = end_enrolment(enrolment=enrolment, on=on, reason=reason, by=by, journal=journal)
    if rest == Rest.END or (rest == Rest.BY_REASON and reason in PAIRING_REASONS):
        _end_pairings(current, on, Left(reason), by, journal)
        _end_entries(current, on, Left(reason), by, journal)
    return left


def open_pairings(student: Student) -> models.QuerySet[Pairing]:
    """Pairings nobody has ended."""
    return Pairing.objects.filter(student=student, ended_on=None).select_related("teacher")


def open_entries(student: Student, on: date) -> models.QuerySet[RegisterEntry]:
    """Register entries of this year and later that nobody has ended; earlier years' lists stay as they were."""
    return RegisterEntry.objects.filter(student=student, year__gte=on.year).open()


def _end_pairings(student: Student, on: date, reason: Left, by: User, journal: Journal | None) -> None:
    for pairing in open_pairings(student):
        if pairing.started_on > on:
            raise ValidationError(
                f"与{pairing.teacher.name}的结对 {date_cn(pairing.started_on)}才开始，请先处理这条结对。"
            )
        if journal is not None:
            journal.changing([pairing], ENDING)
        pairing.end(on=on, reason=PAIRING_REASONS.get(reason, Pairing.EndReason.OTHER), note="")
        record(by, Action.ENDED, pairing, fields=["ended_on", "end_reason"])


def _end_entries(student: Student, on: date, reason: Left, by: User, journal: Journal | None) -> None:
    for entry in open_entries(student, on):
        why = ENTRY_REASONS.get(reason, RegisterEntry.EndReason.NOT_LISTED)
        end_entry(entry=entry, on=on, reason=why, by=by, journal=journal)
