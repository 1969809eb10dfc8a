"""The batches of the year, and a new one under its settings."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.paging import paginate
from pairings.access import can_keep_pairings, visible_batches, visible_students
from pairings.actions.proposals import change_settings, propose
from pairings.forms.proposals import ProposalNewForm, ProposalSettingsForm
from pairings.metrics import (
    members_without_pupil,
    teachers_with_load,
    unpaired_students,
    usual_cap,
)
from pairings.models import ProposalBatch
from pairings.views.standpoint import own_district, working_day


@require_GET
@requires(Right.SEE_DISTRICT)
def proposal_list(request: StaffRequest) -> HttpResponse:
    """What has been proposed for the year, and what a new proposal would be about."""
    batches = visible_batches(request.user, request.today).of_year(request.year)
    can_keep = can_keep_pairings(request.user)
    context = {
        "page": paginate(batches.with_counts().select_related("created_by", "decided_by"), request.GET),
        "can_keep": can_keep,
        "form": _new_form(request) if can_keep else None,
        **_need(request),
    }
    return render(request, "pairings/proposal_list.html", context)


def _need(request: StaffRequest) -> dict[str, int]:
    """How many pupils wait for a teacher, how many members for a pupil, and how many teachers there are."""
    day = working_day(request)
    pupils = visible_students(request.user, request.today)
    return {
        "waiting": unpaired_students(pupils, request.year, day).count(),
        "members": members_without_pupil(request.user.district, day).count(),
        "teachers": teachers_with_load(request.user.district, day).count(),
    }


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS)
@audited_read("结对方案条件")
def proposal_new(request: StaffRequest) -> HttpResponse:
    """The settings of a new proposal; it is calculated at once, or left blank to be fixed by hand first."""
    form = _new_form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_proposed(form, request))
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "pairings/proposal_new.html", {"form": form, **_need(request)})


def _new_form(request: StaffRequest, data: Any = None) -> ProposalNewForm:
    district = own_district(request)
    cap = usual_cap(district, request.year, working_day(request))
    return ProposalNewForm(data, teachers=_teachers(request), cap=cap)


def _teachers(request: StaffRequest) -> TeacherQuerySet:
    teachers = teachers_with_load(own_district(request), working_day(request))
    return teachers.order_by("school__name", "pinyin", "pk")


def _proposed(form: ProposalNewForm, request: StaffRequest) -> ProposalBatch:
    return propose(
        batch=ProposalBatch(district=own_district(request), year=request.year, **form.chosen),
        excluded=form.cleaned_data["excluded"],
        fills="by_hand" not in request.POST,
        by=request.user,
        today=request.today,
        now=timezone.now(),
        submission_id=form.cleaned_data["submission_id"],
    )


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS, rows=visible_batches)
@audited_read("结对方案条件")
def proposal_settings(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Change the settings; the batch is calculated again under them."""
    batch = get_object_or_404(visible_batches(request.user, request.today), public_id=public_id)
    form = ProposalSettingsForm(request.POST or None, instance=batch, teachers=_teachers(request))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(form=form, by=request.user, today=request.today, now=timezone.now())
        except EditConflict as found:
            conflict = found
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "条件已保存，方案已重新计算；固定和手工指定的没有改动。")
            return redirect(batch)
    return render(
        request, "pairings/proposal_settings.html", {"form": form, "batch": batch, "conflict": conflict}
    )
