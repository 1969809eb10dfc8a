"""Whose turn a visit is: the complete list behind the desk's number."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pairing_portal.accounts.access import requires, visible_teachers
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import paginate
from pairing_portal.lib.school_years import class_name
from pairings.models import Pairing
from reports.access import Scope
from reports.forms import SilenceFilter
from reports.metrics.pupils import recordable_pupils
from reports.rules.silence import silence_words, silent_pupils
from reports.views.standpoint import SEEING, scope_of


@require_GET
@requires(*SEEING)
@audited_read("久未联系名单")
def silent_list(request: StaffRequest) -> HttpResponse:
    """Paired pupils nobody has met for longer than the district wants, longest-silent first."""
    scope = scope_of(request)
    teachers = visible_teachers(request.user, request.today).employed(request.today)
    form = SilenceFilter(request.GET, teachers=teachers)
    helping = Pairing.objects.active(scope.day).select_related("teacher")
    rows = form.apply(silent_pupils(scope), scope.day).with_place(scope.day)
    rows = rows.prefetch_related(Prefetch("pairings", helping, to_attr="current"))
    page = paginate(rows, request.GET, order=("last_visited_on", "pinyin"))
    mine = recordable_pupils(scope, [row.pk for row in page.rows])
    context = {
        "page": page,
        "rows": [_row(row, scope, mine) for row in page.rows],
        "form": form,
        "days": scope.district.visit_interval_days if scope.district else 0,
        "sees_more": request.user.may(Right.SEE_DISTRICT) or request.user.may(Right.SEE_SCHOOL),
    }
    return render(request, "reports/silent_list.html", context)


def _row(row: Any, scope: Scope, recordable: set[int]) -> dict[str, Any]:
    return {
        "student": row,
        "school": row.school_name or "",
        "place": class_name(row.stage, row.entry_year, row.class_number, scope.day),
        "helpers": "、".join(pairing.teacher.name for pairing in row.current),
        "last_visited_on": row.last_visited_on,
        "silence": silence_words(row.last_visited_on, scope.day),
        "can_record": row.pk in recordable,
    }
