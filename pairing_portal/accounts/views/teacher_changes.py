"""A teacher moves to another school, or leaves."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires, visible_teachers
from pairing_portal.accounts.forms.teachers import TeacherEndForm, TeacherMoveForm
from pairing_portal.accounts.models import Right, School, Teacher
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.standing import Standing
from pairings.actions.teachers import teacher_leaves, teacher_moves
from pairings.metrics import leading_classes, with_duties
from pairings.models import Pairing


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PEOPLE, rows=visible_teachers)
def teacher_move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """To another school of the district; the pupils stay with the teacher."""
    teacher = _teacher(request, public_id)
    form = TeacherMoveForm(
        request.POST or None,
        schools=School.objects.visible_to(request.user).open(request.today).exclude(pk=teacher.school_id),
        leads_class=leading_classes(request.day).filter(teacher=teacher).exists(),
        today=request.today,
        proposed=request.day,
        standing=Standing.of(teacher, f"在{teacher.school}"),
    )
    if request.method == "POST" and form.is_valid() and _moved(teacher, form, request):
        messages.success(request, f"{teacher.name}老师已调往{form.cleaned_data['school']}。")
        return redirect(teacher)
    return render(request, "accounts/teacher_move.html", {"form": form, "teacher": teacher})


def _moved(teacher: Teacher, form: TeacherMoveForm, request: StaffRequest) -> bool:
    try:
        teacher_moves(
            teacher=teacher,
            to=form.cleaned_data["school"],
            on=form.cleaned_data["on"],
            keeps_class=form.cleaned_data.get("led_class") == "keeps",
            by=request.user,
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PEOPLE, rows=visible_teachers)
def teacher_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Leaves; open pairings are shown and have to be handed over first."""
    teacher = _teacher(request, public_id)
    pairings = Pairing.objects.filter(teacher=teacher, ended_on=None).select_related("student")
    form = TeacherEndForm(
        request.POST or None,
        has_account=teacher.user is not None and teacher.user.is_active and teacher.user != request.user,
        today=request.today,
        proposed=request.day,
    )
    if request.method == "POST" and form.is_valid() and _left(teacher, form, request):
        messages.success(request, f"{teacher.name}老师已办理离岗。")
        return redirect(teacher)
    context = {"form": form, "teacher": teacher, "pairings": pairings}
    return render(request, "accounts/teacher_end.html", context)


def _left(teacher: Teacher, form: TeacherEndForm, request: StaffRequest) -> bool:
    try:
        teacher_leaves(
            teacher=teacher,
            on=form.cleaned_data["on"],
            reason=Teacher.EndReason(form.cleaned_data["reason"]),
            closes_account=form.cleaned_data.get("closes_account", False),
            by=request.user,
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _teacher(request: StaffRequest, public_id: UUID) -> Teacher:
    visible = visible_teachers(request.user, request.today).select_related("user")
    teacher: Teacher = get_object_or_404(with_duties(visible, request.day), public_id=public_id)
    return teacher
