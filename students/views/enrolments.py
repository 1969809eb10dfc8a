"""A pupil changes class or school, or leaves."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.standing import Standing
from pairing_portal.undo.models import Kind
from pairings.access import visible_students
from pairings.actions.leaving import LEAVING, Rest, open_entries, open_pairings, student_leaves
from students.actions.enrolments import WITHIN, move_student
from students.forms.enrolments import LeaveForm, MoveForm
from students.models import Enrolment, SchoolClass, Student
from students.views.decisions import decision_about

FROM_OUTSIDE = (
    Enrolment.StartReason.RESUMED,
    Enrolment.StartReason.TRANSFERRED,
    Enrolment.StartReason.PROMOTED,
    Enrolment.StartReason.REGISTERED,
)


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_students)
@audited_read("就读")
def enrolment_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Move the pupil: another class or school, the next stage, a year repeated, boarding, or back to school."""
    student = get_object_or_404(visible_students(request.user, request.today), public_id=public_id)
    form = _move_form(request, student)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if Enrolment.objects.submitted(request.user, facts["submission_id"]).exists():
            return redirect(student)
        facts["is_boarder"] = facts.pop("boarding") == "yes"
        try:
            with decision_about(request, Kind.MOVED, student) as journal:
                move_student(student=student, by=request.user, journal=journal, **facts)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已办理。原来的就读记录已保留。")
            return redirect(student)
    place = _place(student)
    class_name = place.school_class.name(request.day) if place else ""
    context = {"student": student, "form": form, "place": place, "class_name": class_name}
    return render(request, "students/enrolment_new.html", context)


def _place(student: Student) -> Enrolment | None:
    return (
        Enrolment.objects.filter(student=student, ended_on=None)
        .select_related("school_class__school")
        .first()
    )


def _standing(place: Enrolment | None, day: date) -> Standing:
    """Where the pupil is now, for whoever decides on a page opened before."""
    if place is None:
        return Standing.of(None, "没有在读班级")
    boarding = "住校" if place.is_boarder else "走读"
    school_class = place.school_class
    return Standing.of(place, f"{school_class.school} {school_class.name(day)}，{boarding}")


def _move_form(request: StaffRequest, student: Student) -> MoveForm:
    place, day = _place(student), min(request.day, request.today)
    reasons = sorted(WITHIN, key=Enrolment.StartReason.values.index) if place else FROM_OUTSIDE
    initial = {"boarding": "yes" if place and place.is_boarder else "no"}
    if place is not None:
        initial["school_class"] = str(place.school_class.public_id)
    return MoveForm(
        request.POST or None,
        reasons=[(reason.value, reason.label) for reason in reasons],
        classes=SchoolClass.objects.visible_to(request.user).taking_pupils(day).by_grade(),
        day=day,
        today=request.today,
        standing=_standing(place, day),
        initial=initial,
    )


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_students)
@audited_read("就读")
def enrolment_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The pupil leaves; open pairings and register entries are shown and, where wanted, end with it."""
    student = get_object_or_404(visible_students(request.user, request.today), public_id=public_id)
    form = _leave_form(request, student)
    if request.method == "POST" and form.is_valid():
        try:
            with decision_about(request, Kind.LEFT, student) as journal:
                student_leaves(student=student, by=request.user, journal=journal, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已办理离校。")
            return redirect(student)
    context = {
        "student": student,
        "form": form,
        "place": _place(student),
        "points": _points(student, request),
    }
    return render(request, "students/enrolment_end.html", context)


def _leave_form(request: StaffRequest, student: Student) -> LeaveForm:
    day = min(request.day, request.today)
    return LeaveForm(
        request.POST or None,
        reasons=[(reason.value, reason.label) for reason in LEAVING],
        rests=Rest.choices,
        day=day,
        today=request.today,
        standing=_standing(_place(student), day),
    )


def _points(student: Student, request: StaffRequest) -> list[str]:
    """What is still open for the pupil, in words."""
    entries = open_entries(student, request.today)
    pairings = [f"结对：{pairing.teacher.name}" for pairing in open_pairings(student)]
    return [*pairings, *(f"名册：{entry.year} 年{entry.get_register_display()}" for entry in entries)]
