"""Who still lacks whom, the binding clauses apart from the encouraged one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pairing_portal.accounts.access import requires, visible_teachers
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import paginate
from pairing_portal.lib.school_years import class_name
from pairings.access import can_keep_pairings, visible_students
from pairings.metrics import (
    group_members,
    member_words,
    members_without_pupil,
    teachers_with_load,
    unpaired_students,
)
from students.models import Register


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A listed pupil without a teacher."""

    student: Any
    class_words: str
    register: str


@require_GET
@requires(Right.SEE_DISTRICT, Right.SEE_SCHOOL)
@audited_read("未结对")
def pairing_gaps(request: StaffRequest) -> HttpResponse:
    """Pupils without a teacher, members of the group without a pupil (M1), and the share of teachers who help (M2).

    School heads see their own school's.
    """
    day, district = request.day, request.user.district
    pupils = visible_students(request.user, request.today)
    unpaired = unpaired_students(pupils, request.year, day)
    page = paginate(unpaired.with_place(day), request.GET, order=("school_name", "pinyin"))
    staff = visible_teachers(request.user, request.today).values("pk")
    members = list(members_without_pupil(district, day).filter(pk__in=staff))
    teachers = list(
        teachers_with_load(district, day).filter(pk__in=staff).order_by("school__name", "pinyin", "pk")
    )
    idle = [teacher for teacher in teachers if not teacher.pupils]
    context = {
        "page": page,
        "pupils": [_line(row, day) for row in page.rows],
        "has_register": bool(page.rows) or pupils.listed(request.year, day).exists(),
        "members": [(member, member_words(member, day)) for member in members],
        "has_group": bool(members) or group_members(district, day).filter(pk__in=staff).exists(),
        "teachers": len(teachers),
        "helping": len(teachers) - len(idle),
        "idle": idle,
        "can_keep": can_keep_pairings(request.user),
    }
    return render(request, "pairings/pairing_gaps.html", context)


def _line(row: Any, day: date) -> PupilLine:
    words = class_name(row.stage, row.entry_year, row.class_number, day)
    return PupilLine(row, words, Register(row.register).label)
