"""The help plan of a pairing for a year: written, and changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.actions.edits import save_edit
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairings.access import can_plan, visible_pairings, visible_plans
from pairings.actions.plans import write_plan
from pairings.forms.plans import HelpPlanEditForm, HelpPlanForm
from pairings.models import HelpPlan, Pairing
from pairings.models.plans import planned_years
from pairings.views.standpoint import public_id_in


@require_http_methods(["GET", "POST"])
@audited_read("帮扶计划")
def help_plan_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write the year's plan; what was planned before is offered to go on from."""
    pairing = _pairing(request, public_id)
    if request.method == "POST" and _sent_before(request):
        return redirect(pairing)
    years = planned_years(pairing, request.today)
    year = request.year if request.year in years else years[-1]
    if request.method == "GET" and (there := pairing.plans.filter(year=year).first()):
        return redirect("help_plan_edit", there.public_id)
    former = visible_plans(request.user, request.today).before(pairing, year).first()
    initial = {"year": year, **_parts(former)}
    form = HelpPlanForm(
        request.POST or None, instance=HelpPlan(pairing=pairing), years=years, initial=initial
    )
    if request.method == "POST" and form.is_valid() and _write(form, request):
        messages.success(request, "帮扶计划已保存。")
        return redirect(pairing)
    context = {
        "form": form,
        "pairing": pairing,
        "proposed_from": _proposed_from(former, pairing),
        "is_one_year": len(years) == 1,
        "year": year,
    }
    return render(request, "pairings/help_plan_new.html", context)


def _pairing(request: StaffRequest, public_id: UUID) -> Pairing:
    """A pairing the person may see (else 404) and plan for (else 403)."""
    rows = visible_pairings(request.user, request.today).with_people()
    pairing: Pairing = get_object_or_404(rows, public_id=public_id)
    if not can_plan(request.user, pairing, request.today):
        raise PermissionDenied
    return pairing


def _sent_before(request: StaffRequest) -> bool:
    submission_id = public_id_in(request.POST.get("submission_id", ""))
    return HelpPlan.objects.submitted(request.user, submission_id).exists()


def _parts(former: HelpPlan | None) -> dict[str, Any]:
    return {name: getattr(former, name) for name in HelpPlan.PARTS} if former else {}


def _proposed_from(former: HelpPlan | None, pairing: Pairing) -> str:
    """Whose plan the form was filled in from, in words; empty where there was none."""
    if former is None:
        return ""
    whose = "" if former.pairing_id == pairing.pk else "该生其他结对"
    return f"已按{whose} {former.year} 年度的计划填好"


def _write(form: HelpPlanForm, request: StaffRequest) -> HelpPlan | None:
    """The new plan; None with the reason on the form when the year has one."""
    submission_id = form.cleaned_data["submission_id"]
    try:
        return write_plan(plan=form.save(commit=False), by=request.user, submission_id=submission_id)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


@require_http_methods(["GET", "POST"])
@audited_read("帮扶计划")
def help_plan_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change what is planned."""
    plans = visible_plans(request.user, request.today)
    plan = get_object_or_404(
        plans.select_related("pairing__teacher__school", "pairing__student"), public_id=public_id
    )
    if not can_plan(request.user, plan.pairing, request.today):
        raise PermissionDenied
    form, conflict = HelpPlanEditForm(request.POST or None, instance=plan), None
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form=form, by=request.user)
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "帮扶计划已保存。")
            return redirect(plan)
    context = {"form": form, "plan": plan, "pairing": plan.pairing, "conflict": conflict}
    return render(request, "pairings/help_plan_edit.html", context)
