"""Visits are logged, corrected with the former text kept, and their promises ticked off."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import date_cn
from pairings.models import Pairing
from students.models import Student
from visits.forms import VisitCorrectionForm
from visits.models import Visit, VisitRevision


@transaction.atomic
def log_visit(*, visit: Visit, by: User, submission_id: UUID | None = None) -> Visit:
    """Store a filled-in visit with the pairing of its day; the same form sent again gives the first record.

    Whoever writes down somebody else's visit copies a paper record: both names are kept.
    """
    User.objects.select_for_update().get(pk=by.pk)  # the same form sent twice at once waits here
    earlier = Visit.objects.submitted(by, submission_id).first()
    if earlier is not None:
        return earlier
    visit.submission_id = submission_id
    visit.created_by = by
    visit.is_paper_record = visit.teacher.user_id != by.pk
    visit.teacher_name = visit.teacher.name
    visit.student_name = visit.student.name
    visit.pairing = _pairing_of(visit)
    visit.full_clean()
    visit.save()
    record(by, Action.CREATED, visit)
    return visit


@transaction.atomic
def log_family_visit(
    *, visit: Visit, siblings: Iterable[Student], is_personal_shared: bool, by: User, submission_id: UUID
) -> list[Visit]:
    """Store the visit and one record of it for each sibling that was there, all or none.

    Each record has a number of its own that follows from the form's, so the form sent again adds to no child.
    """
    copies = [visit.for_sibling(each, is_personal_shared=is_personal_shared) for each in siblings]
    logged = [log_visit(visit=visit, by=by, submission_id=submission_id)]
    for copy in copies:
        own_number = uuid5(submission_id, str(copy.student.public_id))
        logged.append(log_visit(visit=copy, by=by, submission_id=own_number))
    return logged


def _pairing_of(visit: Visit) -> Pairing | None:
    """The pairing the visit belongs to; none for a class teacher's or one before the pairing began."""
    pairings = Pairing.objects.active(visit.visited_on)
    return pairings.filter(student=visit.student_id, teacher=visit.teacher_id).first()


@transaction.atomic
def correct_visit(*, form: VisitCorrectionForm, by: User, at: datetime) -> bool:
    """Save the corrected text and keep the former one; False when nothing was changed. Raises `EditConflict`."""
    former = Visit.objects.select_for_update().get(pk=form.instance.pk)
    fields = form.edited_fields
    form.instance.pairing = _pairing_of(form.instance)
    if "restricted_note" in fields:
        form.instance.note_read_on = None  # the leading group has not read the new words
    if not form.save_versioned(also=["pairing", "note_read_on"]):
        return False
    VisitRevision.objects.create(
        visit=former,
        version=former.version,
        values=former.kept_values,
        restricted_note=former.restricted_note,
        corrected_by=by,
        corrected_at=at,
        reason=form.cleaned_data["reason"],
    )
    record(by, Action.CHANGED, form.instance, fields=fields, reason=form.cleaned_data["reason"])
    return True


@transaction.atomic
def mark_followed_up(*, visit: Visit, on: date, by: User) -> Visit:
    """The promise of the visit was kept on the day."""
    current = Visit.objects.select_for_update().get(pk=visit.pk)
    if current.follow_up_on is None:
        raise ValidationError("这条记录没有约定后续跟进。")
    if current.followed_up_on is not None:
        raise ValidationError(f"这条跟进已在 {date_cn(current.followed_up_on)} 完成。")
    if on < current.visited_on:
        raise ValidationError("跟进完成的日期不能早于家访日期。")
    current.followed_up_on = on
    current.version += 1
    current.save(update_fields=["followed_up_on", "version"])
    record(by, Action.CHANGED, current, fields=["followed_up_on"])
    return current


@transaction.atomic
def mark_note_read(*, visit: Visit, version: int, on: date, by: User) -> Visit:
    """The leading group has read the restricted note as it stood in the version shown."""
    current = Visit.objects.select_for_update().get(pk=visit.pk)
    if not current.restricted_note:
        raise ValidationError("这条记录没有保密备注。")
    if current.note_read_on is not None:
        return current
    if current.version != version:
        raise ValidationError("这条记录刚被修改，请看过新的内容再标记。")
    current.note_read_on = on
    current.version += 1
    current.save(update_fields=["note_read_on", "version"])
    record(by, Action.CHANGED, current, fields=["note_read_on"])
    return current
