"""The schools of the district."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions import add_school, save_edit
from pairing_portal.accounts.forms.places import SchoolCloseForm, SchoolEditForm, SchoolForm
from pairing_portal.accounts.models import Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.paging import paginate
from students.actions.schools import close_school
from students.metrics import with_head_counts


@require_GET
@requires(Right.KEEP_PEOPLE)
def school_list(request: StaffRequest) -> HttpResponse:
    """Every school with how many teachers and pupils are there on the day."""
    schools = School.objects.visible_to(request.user)
    page = paginate(with_head_counts(schools, request.day), request.GET)
    return render(request, "accounts/school_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PEOPLE)
def school_new(request: StaffRequest) -> HttpResponse:
    """Enter a school."""
    form = SchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["submission_id"]
        if School.objects.submitted(request.user, sent).exists():
            return redirect("school_list")
        try:
            school = add_school(school=form.instance, by=request.user, submission_id=sent)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"已新增{school.name}。")
            return redirect("school_list")
    return render(request, "accounts/school_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PEOPLE, rows=lambda user, _: School.objects.visible_to(user))
def school_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct a school's names, or reopen it."""
    school = get_object_or_404(School.objects.visible_to(request.user), public_id=public_id)
    can_close = school.closed_on is None
    form, conflict = SchoolEditForm(request.POST or None, instance=school), None
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form=form, by=request.user)
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "学校信息已保存。")
            return redirect("school_list")
    context = {"form": form, "conflict": conflict, "school": school, "can_close": can_close}
    return render(request, "accounts/school_edit.html", context)


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PEOPLE, rows=lambda user, _: School.objects.visible_to(user))
def school_close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close a school that nobody is at any more."""
    school = get_object_or_404(School.objects.visible_to(request.user), public_id=public_id)
    form = SchoolCloseForm(request.POST or None, today=request.today, proposed=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            close_school(school=school, on=form.cleaned_data["on"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{school.name}已停办。")
            return redirect("school_list")
    return render(request, "accounts/school_close.html", {"form": form, "school": school})
