"""Study notes take one of three places in their term, when they are written and when their day is corrected."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.forms import VersionedModelForm
from pairing_portal.lib.school_years import term_of
from pairings.models import StudyNote
from students.models import Student

TERM_FIELDS = ("term_year", "season", "slot")


@transaction.atomic
def note_study(*, note: StudyNote, by: User, submission_id: UUID | None = None) -> StudyNote:
    """Store a filled-in note, or return what the same form made before; ValidationError when the term is full."""
    Student.objects.select_for_update().get(pk=note.student_id)  # notes of one pupil come one after the other
    if made := StudyNote.objects.submitted(by, submission_id).first():
        return made
    note.created_by, note.submission_id, note.teacher_name = by, submission_id, note.teacher.name
    note.put_in(_free_slot(note))
    note.full_clean()
    note.save()
    record(by, Action.CREATED, note, fields=["noted_on", "subject", "words"])
    return note


@transaction.atomic
def correct_note(*, form: VersionedModelForm, by: User) -> bool:
    """Save what was edited; another day may put the note into another term, if that has a place left.

    False when nothing was changed. Raises `EditConflict`, and ValidationError when the other term is full.
    """
    note, fields = form.instance, form.edited_fields
    Student.objects.select_for_update().get(pk=note.student_id)
    if is_moved := term_of(note.noted_on) != note.term:
        note.put_in(_free_slot(note))
    if not form.save_versioned(also=TERM_FIELDS if is_moved else ()):
        return False
    record(by, Action.CHANGED, note, fields=fields)
    return True


def _free_slot(note: StudyNote) -> int:
    """The first place of the term that no other note of the pupil has taken."""
    term = term_of(note.noted_on)
    others = StudyNote.objects.of_term(note.student, term).exclude(pk=note.pk)
    taken = set(others.values_list("slot", flat=True))
    for slot in range(1, StudyNote.A_TERM + 1):
        if slot not in taken:
            return slot
    raise ValidationError(f"该生 {term}季学期已有三条学习情况记录，不能再写；可以打开已有的记录修改。")
