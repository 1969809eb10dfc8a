"""Secret numbers: a pupil is found by a whole one, and one is shown against a reason (safety D3)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairings.access import visible_students
from students.forms.numbers import NOT_FOUND, FindForm, ReasonForm
from students.views.lists import SEEING


@require_http_methods(["GET", "POST"])
@requires(*SEEING)
def student_find(request: StaffRequest) -> HttpResponse:
    """Open the pupil with exactly this ID number or student number; the log keeps that somebody looked."""
    form = FindForm(request.POST or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        found = form.apply(visible_students(request.user, request.today)).first()
        record(request.user, Action.READ, "按证件号查找", count=0 if found is None else 1)
        if found is not None:
            return redirect(found)
        form.add_error("number", NOT_FOUND)
    return render(request, "students/student_find.html", {"form": form})


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_students)
def student_numbers(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the pupil's numbers and that of the household's head once, in the answer to a reason that is logged."""
    students = visible_students(request.user, request.today).select_related("household")
    student = get_object_or_404(students, public_id=public_id)
    form = ReasonForm(request.POST)
    is_shown = form.is_valid()
    if is_shown:
        record(
            request.user,
            Action.REVEALED,
            student,
            fields=["id_number", "student_number", "disability_certificate", "head_id_number"],
            reason=form.cleaned_data["reason"],
        )
    context = {"student": student, "form": form, "is_shown": is_shown}
    return render(request, "students/student_numbers.html", context)
