"""Making pairings: one, or several for one teacher."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.undo.models import Kind
from pairings.access import visible_students
from pairings.actions.pairings import pair, pair_many
from pairings.forms.filters import PupilChoiceFilter
from pairings.forms.pairings import PairForm, PairManyForm
from pairings.metrics import (
    MANY_PUPILS,
    nearest_first,
    teachers_with_load,
    unpaired_first,
    unpaired_students,
)
from pairings.models import Pairing
from pairings.views.standpoint import own_district, public_id_in, sent_before, undoable_here, working_day
from students.models.people import StudentQuerySet

MOST_OFFERED = 300


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS)
@audited_read("安排结对")
def pairing_new(request: StaffRequest) -> HttpResponse:
    """Pair one pupil with one teacher; `?student=` comes from the pupil's own page."""
    if request.method == "POST" and (made := sent_before(request)):
        return redirect(made)
    day = working_day(request)
    students = _offered(request, day)
    student = students.first() if "student" in request.GET else None
    teachers = nearest_first(teachers_with_load(own_district(request), day), _school_id(student))
    initial = {"student": student.public_id} if student else {}
    form = PairForm(request.POST or None, students=students, teachers=teachers, day=day, initial=initial)
    if request.method == "POST" and form.is_valid() and (made := _pair(form, request)):
        messages.success(request, f"已结对：{made.teacher.name} 帮扶 {made.student.name}。")
        return redirect(made)
    return render(request, "pairings/pairing_new.html", {"form": form, "student": student})


def _offered(request: StaffRequest, day: date) -> StudentQuerySet:
    """The pupil named in the address, else every pupil on a register of the year, unpaired ones first."""
    visible = visible_students(request.user, request.today)
    if "student" not in request.GET:
        return unpaired_first(visible.listed(request.year, day), day).with_place(day)
    chosen = visible.filter(public_id=public_id_in(request.GET["student"])).with_entry(request.year, day)
    if not chosen.exists():
        raise Http404
    return chosen.with_place(day)


def _school_id(student: Any) -> int | None:
    return student.school_id if student else None


def _pair(form: PairForm, request: StaffRequest) -> Pairing | None:
    """The new pairing; None with the reason on the form when the two cannot be paired."""
    data = form.cleaned_data
    try:
        with undoable_here(request, Kind.PAIRED, [data["student"]]) as journal:
            made = pair(
                student=data["student"],
                teacher=data["teacher"],
                on=data["started_on"],
                focus=data["focus"],
                measures=data["measures"],
                by=request.user,
                today=request.today,
                submission_id=data["submission_id"],
                journal=journal,
            )
            journal.concerns(made)
            return made
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS)
@audited_read("批量安排结对")
def pairing_new_many(request: StaffRequest) -> HttpResponse:
    """Choose pupils, then a teacher with everybody's load in sight."""
    if request.method == "POST" and (made := sent_before(request)):
        return _to_teacher(made)
    filters = PupilChoiceFilter(
        request.GET, schools=School.objects.visible_to(request.user).open(request.day)
    )
    students = _choice_of_pupils(request, filters)
    is_too_long = filters.school_chosen is None and len(students[: MOST_OFFERED + 1]) > MOST_OFFERED
    form = _many_form(request, filters, students.none() if is_too_long else students)
    if request.method == "POST" and form.is_valid() and (made := _pair_many(form, request)):
        messages.success(
            request, f"已为 {made.teacher.name} 安排 {len(form.cleaned_data['students'])} 名学生。"
        )
        return _to_teacher(made)
    context = {"form": form, "filters": filters, "is_too_long": is_too_long, "limit": MANY_PUPILS}
    return render(request, "pairings/pairing_new_many.html", context)


def _choice_of_pupils(request: StaffRequest, filters: PupilChoiceFilter) -> StudentQuerySet:
    """Pupils on a register of the year: without a teacher, or all with those first; of one school if asked."""
    day = working_day(request)
    visible = visible_students(request.user, request.today)
    listed = (
        visible.listed(request.year, day)
        if filters.shows_all
        else unpaired_students(visible, request.year, day)
    )
    students = unpaired_first(listed, day).with_place(day)
    school = filters.school_chosen
    return students.filter(school_id=school.pk) if school else students


def _many_form(request: StaffRequest, filters: PupilChoiceFilter, students: StudentQuerySet) -> PairManyForm:
    day = working_day(request)
    school = filters.school_chosen
    return PairManyForm(
        request.POST or None,
        students=students,
        teachers=nearest_first(teachers_with_load(own_district(request), day), school.pk if school else None),
        day=day,
        initial={"teacher": public_id_in(request.GET.get("teacher", ""))},
    )


def _pair_many(form: PairManyForm, request: StaffRequest) -> Pairing | None:
    """The first of the new pairings; None with the reasons on the form when not all of them can be made."""
    data = form.cleaned_data
    students = list(data["students"])
    try:
        with undoable_here(request, Kind.PAIRED, students) as journal:
            made = pair_many(
                students=students,
                teacher=data["teacher"],
                on=data["started_on"],
                focus=data["focus"],
                by=request.user,
                today=request.today,
                submission_id=data["submission_id"],
                journal=journal,
            )
            journal.concerns(*made)
            return made[0]
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _to_teacher(made: Pairing) -> HttpResponse:
    """The list narrowed to the teacher of the new pairings."""
    return redirect(f"{reverse('pairing_list')}?teacher={made.teacher.public_id}")
