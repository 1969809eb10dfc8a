"""Brothers and sisters: seen, linked, taken apart; number and head of their household."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.searches import remember_search, searched
from pairings.access import visible_students
from students.actions.households import leave_household, link_siblings, settle_household
from students.forms.households import HouseholdForm, LeaveForm, SiblingForm
from students.models import Student
from students.views.rows import StudentRow, student_rows, with_list_columns

SEARCH = "student_household"
AT_MOST = 20


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_students)
@audited_read("家庭")
def student_household(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everybody of the household, who else may belong to it, and its number and head, which this page corrects."""
    student = _student(request, public_id)
    form, conflict = _household_form(student, request, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            settle_household(student=student, by=request.user, **form.cleaned_data)
        except EditConflict as found:
            conflict = found
            form.rest_on(_student(request, public_id))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已保存家庭信息。")
            return redirect(student)
    return _page(request, student, form, conflict=conflict)


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_students)
def student_household_search(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Keep the name looked for on the server, and show the page with whoever answers to it."""
    student = _student(request, public_id)
    remember_search(request.session, SEARCH, "" if "clear" in request.POST else request.POST.get("text", ""))
    return redirect("student_household", student.public_id)


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_students)
@audited_read("家庭")
def student_household_link(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put the pupil and the one chosen, each with their household, under one roof."""
    student = _student(request, public_id)
    pupils = visible_students(request.user, request.today).exclude(pk=student.pk).with_place(request.day)
    chosen = SiblingForm(request.POST, pupils=pupils, reasons={})
    if chosen.is_valid():
        try:
            moved = link_siblings(student=student, by=request.user, **chosen.cleaned_data)
        except ValidationError as refused:
            chosen.add_error(None, refused.messages)
        else:
            remember_search(request.session, SEARCH, "")
            messages.success(request, f"已归为一户：{'、'.join(each.name for each in moved)}。")
            return redirect("student_household", student.public_id)
    return _page(request, student, _household_form(student, request), chosen)


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_students)
def student_household_leave(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the pupil out of the household; back to whoever of it stays."""
    student = _student(request, public_id)
    others = visible_students(request.user, request.today).filter(household=student.household_id)
    stays = others.exclude(pk=student.pk).first() if student.household_id else None
    has_left = _has_left(student, LeaveForm(request.POST), request)
    shown = stays if has_left and stays else student
    return redirect("student_household", shown.public_id)


def _has_left(student: Student, form: LeaveForm, request: StaffRequest) -> bool:
    try:
        if form.is_valid():
            leave_household(student=student, by=request.user, **form.cleaned_data)
            messages.success(request, f"已把{student.name}移出本户。")
            return True
    except ValidationError as refused:
        form.add_error(None, refused.messages)
    for errors in form.errors.values():
        messages.error(request, " ".join(str(error) for error in errors))
    return False


def _student(request: StaffRequest, public_id: UUID) -> Student:
    students = visible_students(request.user, request.today).select_related("household")
    student: Student = get_object_or_404(students, public_id=public_id)
    return student


def _household_form(student: Student, request: StaffRequest, data: QueryDict | None = None) -> HouseholdForm:
    home = student.household
    words = {"number": home.number, "head_name": home.head_name, "home_version": home.version} if home else {}
    return HouseholdForm(
        data,
        today=request.today,
        has_head_number=bool(home and home.head_id_number),
        initial={"version": student.version, **words},
    )


def _page(
    request: StaffRequest,
    student: Student,
    form: HouseholdForm,
    refused: SiblingForm | None = None,
    conflict: EditConflict | None = None,
) -> HttpResponse:
    """The whole page; a form that was refused keeps what was typed."""
    context = {
        "student": student,
        "form": form,
        "conflict": conflict,
        "members": _members(request, student),
        "sibling_form": _sibling_form(request, student),
        "refused": refused,
        "words": searched(request.session, SEARCH),
    }
    return render(request, "students/student_household.html", context)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household; leaving rests on the version."""

    pupil: Student
    row: StudentRow
    is_shown: bool


def _members(request: StaffRequest, student: Student) -> list[Member]:
    """Everybody of the household whom the reader may see, the eldest first."""
    if student.household_id is None:
        return []
    visible = visible_students(request.user, request.today).filter(household=student.household_id)
    listed = with_list_columns(visible, request.year, request.day).order_by("birth_date", "pk")
    pupils = list(listed.only("public_id", "name", "village", "version"))
    rows = student_rows(pupils, request.day)
    return [Member(pupil, row, pupil.pk == student.pk) for pupil, row in zip(pupils, rows, strict=True)]


def _sibling_form(request: StaffRequest, student: Student) -> SiblingForm:
    """Those who look like family, and those who answer to the name looked for; none of the own house."""
    visible = visible_students(request.user, request.today)
    words = searched(request.session, SEARCH)
    proposed = Q(pk__in=visible.like_family(student).values("pk"))
    if words:
        proposed |= Q(pk__in=visible.named(words, request.user.district_id).values("pk"))
    others = visible.filter(proposed).exclude(pk=student.pk)
    if student.household_id:
        others = others.exclude(pk__in=visible.filter(household=student.household_id).values("pk"))
    pupils = others.with_place(request.day)[:AT_MOST]
    reasons = {each.pk: _in_common(student, each) for each in pupils}
    return SiblingForm(pupils=pupils, reasons=reasons, initial={"version": student.version})


def _in_common(student: Student, other: Student) -> str:
    """What speaks for one household, in words."""
    if student.guardian_phone and student.guardian_phone == other.guardian_phone:
        return "联系电话相同"
    return "监护人和村相同" if _share_guardian(student, other) else "按姓名查到"


def _share_guardian(student: Student, other: Student) -> bool:
    mine, theirs = ((each.guardian_name, each.village) for each in (student, other))
    return all(mine) and mine == theirs
