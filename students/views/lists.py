"""The list of pupils: conditions in the address, names on the server."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import CURSORS, paginate, sort_order
from pairing_portal.lib.searches import remember_search, searched
from pairings.access import visible_students
from pairings.models import Pairing
from students.access import can_keep_registers
from students.forms.filters import ALL, LISTED, StudentFilter, StudentSearch
from students.models.people import StudentQuerySet
from students.views.rows import student_rows, with_list_columns

ORDERS = {
    "name": ("pinyin",),
    "school": ("school_name", "stage_rank", "-entry_year", "class_number", "pinyin"),
    "class": ("stage_rank", "-entry_year", "class_number", "school_name", "pinyin"),
}
BY_NAME = (("pinyin",), ("-pinyin",))
NAME_SEARCH, VILLAGE_SEARCH = "student_list", "student_list_village"
SEEING = (Right.SEE_DISTRICT, Right.SEE_SCHOOL, Right.RECORD_VISITS)


@require_GET
@requires(*SEEING)
@audited_read("学生名单")
def student_list(request: StaffRequest) -> HttpResponse:
    """Pupils the reader may see today, with school, register and teachers as of the day looked at."""
    form = _filter_form(request)
    students = with_list_columns(visible_students(request.user, request.today), request.year, request.day)
    order = sort_order(request.GET, ORDERS, "name")
    if order not in BY_NAME:
        students = students.with_stage_rank()
    students = form.apply(_searched(students, request), has_teacher=partial(_has_teacher, request.day))
    page = paginate(students, request.GET, order=order)
    return render(request, "students/student_list.html", _context(request, form, page))


def _has_teacher(day: date) -> Exists:
    return Exists(Pairing.objects.active(day).filter(student=OuterRef("pk")))


def _filter_form(request: StaffRequest) -> StudentFilter:
    """Offices and schools start from the listed pupils, teachers from all their own."""
    user = request.user
    schools = School.objects.visible_to(user).only("public_id", "name")
    sees_whole = user.may(Right.SEE_DISTRICT) or user.may(Right.SEE_SCHOOL)
    return StudentFilter(
        request.GET,
        schools=schools if user.may(Right.SEE_DISTRICT) else None,
        day=request.day,
        default_register=LISTED if sees_whole else ALL,
    )


def _searched(students: StudentQuerySet, request: StaffRequest) -> StudentQuerySet:
    if name := searched(request.session, NAME_SEARCH):
        students = students.named(name, request.user.district_id)
    if village := searched(request.session, VILLAGE_SEARCH):
        students = students.in_village(village)
    return students


def _context(request: StaffRequest, form: StudentFilter, page: Any) -> dict[str, Any]:
    words = {
        "name": searched(request.session, NAME_SEARCH),
        "village": searched(request.session, VILLAGE_SEARCH),
    }
    return {
        "form": form,
        "page": page,
        "rows": student_rows(page.rows, request.day),
        "search": StudentSearch(initial=words, auto_id="search_%s"),
        "is_searched": any(words.values()),
        "can_keep": can_keep_registers(request.user),
        "can_export": request.user.may(Right.EXPORT),
    }


@require_POST
@requires(*SEEING)
def student_list_search(request: StaffRequest) -> HttpResponse:
    """Keep the words on the server and show the list again under its other conditions."""
    form = StudentSearch(request.POST)
    words = form.cleaned_data if form.is_valid() and "clear" not in request.POST else {}
    remember_search(request.session, NAME_SEARCH, words.get("name", ""))
    remember_search(request.session, VILLAGE_SEARCH, words.get("village", ""))
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    for name in CURSORS:
        query.pop(name, None)
    return redirect(f"{reverse('student_list')}{'?' if query else ''}{query.urlencode()}")
