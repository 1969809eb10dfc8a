"""Pairings as of any day, and one pairing with all that belongs to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.access import requires, visible_teachers
from pairing_portal.accounts.models import Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import paginate, sort_order
from pairing_portal.lib.school_years import class_name
from pairing_portal.lib.searches import remember_search, searched
from pairing_portal.undo.access import undoable
from pairings.access import can_keep_pairings, can_plan, visible_pairings
from pairings.forms.filters import PairingFilter
from pairings.models.pairings import PairingQuerySet
from students.models import Register
from visits.access import visible_visits

ORDERS = {
    "teacher": ("teacher__school__name", "teacher__pinyin", "teacher_id", "student__pinyin"),
    "student": ("student__pinyin",),
    "started": ("started_on",),
}
SEEING = (Right.SEE_DISTRICT, Right.SEE_SCHOOL, Right.RECORD_VISITS)


@dataclass(frozen=True, slots=True)
class Line:
    """A pairing in the list; a teacher's further pupils do not repeat the teacher."""

    pairing: Any
    school: str
    class_words: str
    register: str
    is_active: bool
    shows_teacher: bool


@require_GET
@requires(*SEEING)
@audited_read("结对名单")
def pairing_list(request: StaffRequest) -> HttpResponse:
    """Who helps whom on a day, teacher by teacher."""
    filters = _filters(request)
    on = filters.day(request.day)
    words = searched(request.session, "pairing_list")
    rows = filters.apply(visible_pairings(request.user, request.today), on=on, year=on.year)
    rows = rows.named(words, request.user.district_id)
    shown = rows.with_people().with_place(on).with_register(on.year, on)
    page = paginate(shown, request.GET, order=sort_order(request.GET, ORDERS, "teacher"))
    context = {
        "filters": filters,
        "on": on,
        "words": words,
        "page": page,
        "lines": _lines(page.rows, on, is_grouped="teacher" in request.GET.get("sort", "teacher")),
        "totals": rows.totals(),
        "can_keep": can_keep_pairings(request.user),
    }
    return render(request, "pairings/pairing_list.html", context)


@require_POST
@requires(*SEEING)
def pairing_list_search(request: StaffRequest) -> HttpResponse:
    """Search the list for a name, which stays on the server (safety D6)."""
    text = "" if "clear" in request.POST else request.POST.get("text", "")
    remember_search(request.session, "pairing_list", text)
    return redirect("pairing_list")


def _filters(request: StaffRequest) -> PairingFilter:
    data = request.GET.copy()
    data.setdefault("on", request.day.isoformat())
    schools = School.objects.visible_to(request.user)
    teachers = visible_teachers(request.user, request.today).select_related("school")
    return PairingFilter(data, schools=schools, teachers=teachers)


def _lines(rows: Any, on: date, *, is_grouped: bool) -> list[Line]:
    """The page's rows with the words of the day; grouped, each teacher is named once."""
    lines = []
    before = None
    for row in rows:
        lines.append(
            Line(
                pairing=row,
                school=row.school_name or "",
                class_words=class_name(row.stage, row.entry_year, row.class_number, on),
                register=Register(row.register).label if row.register else "",
                is_active=row.is_active(on),
                shows_teacher=not is_grouped or row.teacher_id != before,
            )
        )
        before = row.teacher_id
    return lines


@require_GET
@audited_read("结对")
def pairing_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One pairing: its facts, the visits made, what was handed over, and who else helped the pupil."""
    visible = visible_pairings(request.user, request.today)
    pairing = get_object_or_404(_placed(visible, request), public_id=public_id)
    visits = visible_visits(request.user, request.today).filter(pairing=pairing).until(request.day)
    history = list(visible.of_student(pairing.student).with_people())
    can_keep = can_keep_pairings(request.user)
    plans = list(pairing.plans.all())
    context = {
        "line": _lines([pairing], request.day, is_grouped=False)[0],
        "plan": next((plan for plan in plans if plan.year == request.year), None),
        "other_plans": [plan for plan in plans if plan.year != request.year],
        "can_plan": can_plan(request.user, pairing, request.today),
        "pairing": pairing,
        "visits": visits.count(),
        "home_visits": visits.home_visits().count(),
        "last_visit": visits.first(),
        "history": history,
        "notes": [each for each in history if each.handover_note],
        "sees_teachers": request.user.may(Right.SEE_DISTRICT),
        "can_edit": can_keep,
        "can_end": can_keep and pairing.ended_on is None,
        "undoable": undoable(request.user, [pairing], request.today),
    }
    return render(request, "pairings/pairing_detail.html", context)


def _placed(rows: PairingQuerySet, request: StaffRequest) -> PairingQuerySet:
    return rows.with_people().with_place(request.day).with_register(request.year, request.day)
