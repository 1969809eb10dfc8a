"""Notes on how a pupil's studies go: written by the teachers near the pupil, corrected by their author."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import teacher_of
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.school_years import term_of
from pairings.access import can_correct_note, visible_notes, visible_students
from pairings.actions.study_notes import correct_note, note_study
from pairings.forms.study_notes import StudyNoteCorrectionForm, StudyNoteForm
from pairings.models import StudyNote
from visits.access import can_note_study


@require_http_methods(["GET", "POST"])
@audited_read("学生")
def study_note_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write one of the term's three notes."""
    student = get_object_or_404(visible_students(request.user, request.today), public_id=public_id)
    teacher = teacher_of(request.user)
    if teacher is None or not can_note_study(request.user, student, request.today):
        raise PermissionDenied
    blank = StudyNote(student=student, teacher=teacher, noted_on=request.today)
    form = StudyNoteForm(request.POST or None, instance=blank, today=request.today)
    if request.method == "POST" and form.is_valid() and (made := _note(form, request)):
        messages.success(request, "学习情况已记下。")
        return redirect(made)
    term = term_of(request.today)
    written = StudyNote.objects.of_term(student, term)
    context = {"form": form, "student": student, "term": term, "written": written, "most": StudyNote.A_TERM}
    return render(request, "pairings/study_note_new.html", context)


def _note(form: StudyNoteForm, request: StaffRequest) -> StudyNote | None:
    """The new note; None with the reason on the form when the term is full."""
    submission_id = form.cleaned_data["submission_id"]
    try:
        return note_study(note=form.save(commit=False), by=request.user, submission_id=submission_id)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


@require_http_methods(["GET", "POST"])
@audited_read("学生")
def study_note_correct(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct a note of one's own."""
    notes = visible_notes(request.user, request.today).select_related("student", "teacher")
    note = get_object_or_404(notes, public_id=public_id)
    if not can_correct_note(request.user, note):
        raise PermissionDenied
    term, conflict = note.term, None
    form = StudyNoteCorrectionForm(request.POST or None, instance=note, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            correct_note(form=form, by=request.user)
        except EditConflict as found:
            conflict = found
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已更正。")
            return redirect(note)
    context = {"form": form, "student": note.student, "term": term, "conflict": conflict}
    return render(request, "pairings/study_note_correct.html", context)
