"""A pupil goes on a register, is corrected there, moves to the other one, or is taken off."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions.edits import save_edit
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairing_portal.undo.models import Kind
from pairings.access import visible_entries, visible_students
from students.actions.registers import end_entry, list_student
from students.forms.registers import EDIT_FORMS, NEW_FORMS, EntryEndForm
from students.models import Register, RegisterEntry, Student
from students.views.decisions import decision_about


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_students)
@audited_read("名册登记")
def register_entry_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose a register, then list the pupil on it; from the other register the pupil moves over."""
    student = get_object_or_404(visible_students(request.user, request.today), public_id=public_id)
    current = student.entries.filter(year=request.year).open().first()
    register = request.GET.get("register", "")
    context = {"student": student, "current": current, "year": request.year}
    is_there = request.method == "GET" and current is not None and current.register == register
    if register not in Register or is_there:
        offered = [each for each in Register if current is None or each != current.register]
        return render(request, "students/register_entry_new.html", {**context, "offered": offered})
    return _list_on(request, student, Register(register), context)


def _list_on(
    request: StaffRequest, student: Student, register: Register, context: dict[str, object]
) -> HttpResponse:
    entry = RegisterEntry(student=student, year=request.year, register=register)
    day = min(request.day, request.today)
    form = NEW_FORMS[register](request.POST or None, instance=entry, day=day, today=request.today)
    if request.method == "POST" and form.is_valid():
        entry.submission_id = form.cleaned_data["submission_id"]
        if RegisterEntry.objects.submitted(request.user, entry.submission_id).exists():
            return redirect(student)
        try:
            with decision_about(request, Kind.LISTED, student) as journal:
                list_student(entry=entry, by=request.user, journal=journal)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已列入{register.label}名册。")
            return redirect(student)
    context |= {"form": form, "register": register}
    return render(request, "students/register_entry_new.html", context)


def _entry_or_404(request: StaffRequest, public_id: UUID) -> RegisterEntry:
    entries = visible_entries(request.user, request.today).select_related("student")
    entry: RegisterEntry = get_object_or_404(entries, public_id=public_id)
    return entry


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_entries)
@audited_read("名册登记")
def register_entry_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct the facts of an entry."""
    entry = _entry_or_404(request, public_id)
    day = min(request.day, request.today)
    form = EDIT_FORMS[entry.register](request.POST or None, instance=entry, day=day, today=request.today)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form=form, by=request.user)
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "已保存。")
            return redirect(entry.student)
    context = {"student": entry.student, "entry": entry, "form": form, "conflict": conflict}
    return render(request, "students/register_entry_edit.html", context)


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_entries)
@audited_read("名册登记")
def register_entry_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the pupil off the register; pairings stay until somebody ends them."""
    entry = _entry_or_404(request, public_id)
    form = EntryEndForm(request.POST or None, day=min(request.day, request.today), today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            with decision_about(request, Kind.ENTRY_ENDED, entry.student) as journal:
                end_entry(entry=entry, by=request.user, journal=journal, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已移出名册。原来的登记已保留。")
            return redirect(entry.student)
    context = {"student": entry.student, "entry": entry, "form": form}
    return render(request, "students/register_entry_end.html", context)
