"""Register entries: a pupil is listed, moved to the other register, and taken off here."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.journal import Journal
from students.models import RegisterEntry, Student

ENDING = ("ended_on", "end_reason")
BASICS = ("id", "public_id", "version", "submission_id", "created_by", "created_at")


@transaction.atomic
def list_student(*, entry: RegisterEntry, by: User, journal: Journal | None = None) -> RegisterEntry:
    """Put the pupil on the register; an open entry of that year on the other register ends the same day (moved).

    ValidationError when the pupil is on the same register already or the days would overlap.
    """
    if made := sent_before(RegisterEntry, by, entry.submission_id):
        return made
    Student.objects.select_for_update().get(pk=entry.student_id)
    others = RegisterEntry.objects.filter(student=entry.student, year=entry.year)
    current = others.open().first()
    if current is not None and current.register == entry.register:
        raise ValidationError(
            f"该生 {entry.year} 年度已在“{entry.get_register_display()}”名册上，不用重复列入。"
        )
    if current is not None:
        moved = RegisterEntry.EndReason.MOVED
        end_entry(entry=current, on=entry.listed_on, reason=moved, by=by, journal=journal)
    entry.created_by = by
    entry.full_clean()
    entry.save()
    if journal is not None:
        journal.created([entry])
    record(by, Action.CREATED, entry, fields=_filled_fields(entry))
    return entry


def _filled_fields(entry: RegisterEntry) -> list[str]:
    names = [field.name for field in RegisterEntry._meta.concrete_fields if field.name not in BASICS]
    return [name for name in names if getattr(entry, name)]


@transaction.atomic
def end_entry(
    *, entry: RegisterEntry, on: date, reason: str, by: User, journal: Journal | None = None
) -> RegisterEntry:
    """Take the pupil off the register; the day itself is no longer part of the entry."""
    current = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
    if current.ended_on is not None:
        raise ValidationError("该生已经从这个名册移出，请刷新页面核对。")
    if on < current.listed_on:
        raise ValidationError(f"日期不能早于列入名册的日期 {date_cn(current.listed_on)}。")
    if journal is not None:
        journal.changing([current], ENDING)
    current.ended_on, current.end_reason = on, reason
    current.version += 1
    current.save(update_fields=[*ENDING, "version"])
    record(by, Action.ENDED, current, fields=ENDING)
    return current
