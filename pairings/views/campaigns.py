"""The year's campaign: its phases and its deadline."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.forms import EditConflict
from pairings.access import can_keep_pairings
from pairings.actions.campaigns import open_campaign, set_phases
from pairings.forms.campaigns import CampaignForm, CampaignNewForm
from pairings.metrics import deadline_words, phase_states
from pairings.models import Campaign
from pairings.views.standpoint import own_district


@require_GET
@requires(Right.SEE_DISTRICT)
def campaign_detail(request: StaffRequest, year: int) -> HttpResponse:
    """The campaign with its phases as they stand on the day; the year looked at may not have one yet."""
    campaign = Campaign.objects.visible_to(request.user).filter(year=year).first()
    if campaign is None and year != request.year:
        raise Http404
    context = {
        "year": year,
        "campaign": campaign,
        "states": phase_states(campaign, request.day) if campaign else (),
        "deadline": _deadline(campaign, request.day) if campaign else None,
        "can_keep": can_keep_pairings(request.user),
    }
    return render(request, "pairings/campaign_detail.html", context)


def _deadline(campaign: Campaign, day: date) -> tuple[str, str]:
    """Status and words of the report's deadline; the day itself is still in time."""
    left = (campaign.report_due_on - day).days
    kind = "none" if left < 0 else "attention" if left <= 14 else "ok"
    return kind, deadline_words(campaign.report_due_on, day)


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS)
def campaign_new(request: StaffRequest) -> HttpResponse:
    """Open the campaign of a year with the plan's dates; they are checked on the next page."""
    district = own_district(request)
    this_year = request.today.year
    proposed = max(request.campaign_years) + 1 if this_year in request.campaign_years else this_year
    form = CampaignNewForm(request.POST or None, initial={"year": proposed})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["year"] in request.campaign_years and not _was_sent(request, data):
            form.add_error("year", f"{data['year']} 年度的活动已经建立，可在“年度活动”里修改。")
        else:
            campaign = open_campaign(district=district, by=request.user, **data)
            messages.success(request, f"{campaign.year} 年度活动已建立，请核对四个阶段的日期。")
            return redirect("campaign_edit", campaign.year)
    return render(request, "pairings/campaign_new.html", {"form": form})


def _was_sent(request: StaffRequest, data: dict[str, object]) -> bool:
    made = Campaign.objects.submitted(request.user, data["submission_id"])  # type: ignore[arg-type]  # a UUID, cleaned
    return made.exists()


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS)
def campaign_edit(request: StaffRequest, year: int) -> HttpResponse:
    """Change the title, the deadline and the phases' days."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), year=year)
    form = CampaignForm(request.POST or None, instance=campaign)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(form, request)
        except EditConflict as found:
            conflict = found
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "年度活动已保存。")
            return redirect("campaign_detail", year)
    return render(
        request, "pairings/campaign_edit.html", {"form": form, "campaign": campaign, "conflict": conflict}
    )


@transaction.atomic
def _save(form: CampaignForm, request: StaffRequest) -> None:
    if form.save_versioned():
        set_phases(campaign=form.instance, periods=form.periods)
        record(request.user, Action.CHANGED, form.instance, fields=form.audited_fields)
