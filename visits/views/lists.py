"""Own visits for teachers, all visible ones for whoever oversees them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.access import requires, teacher_of
from pairing_portal.accounts.models import Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import CURSORS, paginate
from pairing_portal.lib.searches import remember_search, searched
from pairings.access import visible_students
from visits.access import listed_visits, search_visits
from visits.forms import VisitFilter

LIST = "visit_list"
READERS = (Right.SEE_DISTRICT, Right.SEE_SCHOOL, Right.RECORD_VISITS)


@require_GET
@requires(*READERS)
@audited_read("家访记录")
def visit_list(request: StaffRequest) -> HttpResponse:
    """Visits newest first, of the year looked at unless another time is asked for."""
    form = _filter(request)
    text = searched(request.session, LIST)
    visits = listed_visits(request.user, request.today)
    visits = search_visits(visits, text, request.user, request.today)
    listed = visible_students(request.user, request.today).listed(request.year, request.day)
    visits = form.apply(visits, request.year, request.day, listed)
    context = {
        "page": paginate(visits, request.GET),
        "filter_form": form,
        "search_text": text,
        "search_url": _with_conditions(request, reverse("visit_list_search")),
        "can_see_more": form.sees_more,
        "shows_teacher": not form.is_own,
        "can_record": request.user.may(Right.RECORD_VISITS),
        "can_copy_paper": request.user.may(Right.RECORD_FOR_OTHERS),
    }
    return render(request, "visits/visit_list.html", context)


@require_POST
@requires(*READERS)
def visit_list_search(request: StaffRequest) -> HttpResponse:
    """Search the list by a pupil's or teacher's name, kept on the server; the other conditions stay."""
    remember_search(request.session, LIST, "" if "clear" in request.POST else request.POST.get("text", ""))
    return redirect(_with_conditions(request, reverse("visit_list")))


def _filter(request: StaffRequest) -> VisitFilter:
    user = request.user
    sees_district = user.may(Right.SEE_DISTRICT)
    return VisitFilter(
        request.GET,
        schools=School.objects.visible_to(user) if sees_district else None,
        teacher=teacher_of(user) if user.may(Right.RECORD_VISITS) else None,
        sees_more=sees_district or user.may(Right.SEE_SCHOOL),
        reads_restricted=user.may(Right.READ_RESTRICTED),
    )


def _with_conditions(request: StaffRequest, path: str) -> str:
    kept = request.GET.copy()
    for name in CURSORS:
        kept.pop(name, None)
    return f"{path}?{kept.urlencode()}" if kept else path
