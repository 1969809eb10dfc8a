"""Who leads a class: appointed and released."""

from contextlib import AbstractContextManager
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right, Teacher
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.standing import Standing
from pairing_portal.undo.journal import Journal, undoable_today
from pairing_portal.undo.models import Kind
from students.access import visible_class_teachers, visible_classes
from students.actions.classes import appoint_class_teacher, end_class_teacher
from students.forms.classes import ClassTeacherEndForm, ClassTeacherForm
from students.models import ClassTeacher, SchoolClass


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_classes)
def class_teacher_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Appoint the class teacher; the former one is released the same day."""
    classes = visible_classes(request.user, request.today).select_related("school")
    school_class = get_object_or_404(classes, public_id=public_id)
    former = school_class.class_teachers.filter(ended_on=None).select_related("teacher").first()
    form = _appointment(request, school_class, former)
    if request.method == "POST" and form.is_valid():
        if ClassTeacher.objects.submitted(request.user, form.cleaned_data["submission_id"]).exists():
            return redirect(school_class)
        try:
            with _undoable(request, school_class) as journal:
                appoint_class_teacher(
                    school_class=school_class, by=request.user, journal=journal, **form.cleaned_data
                )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已任命班主任。班主任同时是领导小组成员。")
            return redirect(school_class)
    name = school_class.name(min(request.day, request.today))
    context = {"school_class": school_class, "name": name, "form": form, "former": former}
    return render(request, "students/class_teacher_new.html", context)


def _appointment(
    request: StaffRequest, school_class: SchoolClass, former: ClassTeacher | None
) -> ClassTeacherForm:
    day = min(request.day, request.today)
    teachers = Teacher.objects.visible_to(request.user).employed(day).filter(school=school_class.school)
    return ClassTeacherForm(
        request.POST or None,
        teachers=teachers,
        day=day,
        today=request.today,
        standing=Standing.of(former, f"班主任是{former.teacher}" if former else "没有班主任"),
    )


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_class_teachers)
def class_teacher_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Release the class teacher without a successor."""
    terms = visible_class_teachers(request.user, request.today)
    term = get_object_or_404(terms.select_related("teacher", "school_class__school"), public_id=public_id)
    day = min(request.day, request.today)
    form = ClassTeacherEndForm(request.POST or None, day=day, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            with _undoable(request, term.school_class) as journal:
                end_class_teacher(term=term, by=request.user, journal=journal, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已结束班主任任职。")
            return redirect(term.school_class)
    context = {"term": term, "name": term.school_class.name(day), "form": form}
    return render(request, "students/class_teacher_end.html", context)


def _undoable(request: StaffRequest, school_class: SchoolClass) -> AbstractContextManager[Journal]:
    """A decision about the class that can be undone on its page today."""
    return undoable_today(
        Kind.CLASS_TEACHER,
        district=school_class.school.district,
        about=[school_class],
        by=request.user,
        today=request.today,
    )
