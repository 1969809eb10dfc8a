"""Turning the year: what is due, where classes and single pupils go."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import paginate
from pairing_portal.lib.school_years import school_year
from pairings.access import visible_turns
from pairings.actions.turn_choices import NewCampaign, TurnChoices, campaign_due, choices_from_text
from pairings.actions.turns import STALE, choose_ways, prepare_turn
from pairings.forms.turns import (
    STAYING_WAYS,
    Choice,
    DecisionForm,
    PrepareForm,
    PupilsForm,
    TurnForm,
    class_choices,
    pupil_choices,
)
from pairings.models import Campaign, YearTurn
from pairings.views.standpoint import own_district, public_id_in
from students.access import visible_classes
from students.actions.leaving_classes import LeavingClass, Offers, leaving_classes, left_classes, terms_past
from students.models import Enrolment, SchoolClass

GO_ALONG = "随班升级"


@require_GET
@requires(Right.KEEP_REGISTERS)
@requires(Right.KEEP_PAIRINGS)
def year_turn_list(request: StaffRequest) -> HttpResponse:
    """What waits to be done now that the year has turned, and what was done before."""
    district = own_district(request)
    turns = YearTurn.objects.visible_to(request.user).defer("choices", "preview")
    this_year = school_year(request.today)
    leaving = list(left_classes(district, request.today))
    context = {
        "page": paginate(turns.select_related("created_by", "settled_by"), request.GET),
        "waiting": turns.open().select_related("created_by").first(),
        "done": turns.filter(state=YearTurn.State.CONFIRMED, school_year=this_year).first(),
        "leaving": leaving,
        "pupils": sum(each.waiting for each in leaving),
        "terms": len(terms_past(district, request.today)),
        "campaign": _campaign_due(request),
        "form": PrepareForm(),
    }
    return render(request, "pairings/year_turn_list.html", context)


def _campaign_due(request: StaffRequest) -> NewCampaign | None:
    campaigns = Campaign.objects.visible_to(request.user).prefetch_related("phases")
    return campaign_due(campaigns, request.today)


@require_POST
@requires(Right.KEEP_REGISTERS)
@requires(Right.KEEP_PAIRINGS)
def year_turn_new(request: StaffRequest) -> HttpResponse:
    """Begin, or go on with the one that waits."""
    form = PrepareForm(request.POST)
    if not form.is_valid():
        messages.error(request, "页面信息不完整，请再点一次“开始办理”。")
        return redirect("year_turn_list")
    turn = prepare_turn(
        district=own_district(request),
        by=request.user,
        today=request.today,
        submission_id=form.cleaned_data["submission_id"],
    )
    return redirect("year_turn_edit", turn.public_id) if turn.is_open else redirect(turn)


def _turn_to_decide(request: StaffRequest, public_id: UUID) -> YearTurn:
    turn: YearTurn = get_object_or_404(YearTurn.objects.visible_to(request.user), public_id=public_id)
    return turn


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_turns)
@requires(Right.KEEP_PAIRINGS, rows=visible_turns)
def year_turn_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose where each class goes, and the days of the next campaign."""
    turn = _turn_to_decide(request, public_id)
    if not turn.is_open:
        return redirect(turn)
    form = _turn_form(request, turn, request.POST or None)
    conflict = None
    if request.method == "POST" and form.is_valid():
        if _decide(request, turn, form.chosen(choices_from_text(turn.choices)), form):
            return redirect(turn)
        turn.refresh_from_db()
        conflict = form.conflict(_turn_form(request, turn, None)) if turn.is_open else None
    context = {"turn": turn, "form": form, "conflict": conflict}
    return render(request, "pairings/year_turn_edit.html", context)


def _turn_form(request: StaffRequest, turn: YearTurn, data: Any) -> TurnForm:
    choices = choices_from_text(turn.choices)
    return TurnForm(
        data,
        classes=leaving_classes(turn.district, request.today),
        choices=choices,
        campaign=choices.campaign or _campaign_due(request),
        version=turn.version,
        today=request.today,
    )


def _decide(request: StaffRequest, turn: YearTurn, choices: TurnChoices, form: DecisionForm) -> bool:
    """Keep the choices; False when somebody else decided meanwhile, or with the reason on the form."""
    try:
        choose_ways(
            turn=turn,
            choices=choices,
            version=form.cleaned_data["version"],
            by=request.user,
            today=request.today,
        )
    except ValidationError as refused:
        if refused.code != STALE:
            form.add_error(None, refused)
        return False
    return True


@dataclass(frozen=True, slots=True)
class ClassToDecide:
    """One class by its name, with its open places and what its pupils may do."""

    name: str
    enrolments: tuple[Enrolment, ...]
    ways: list[Choice]


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_turns)
@requires(Right.KEEP_PAIRINGS, rows=visible_turns)
@audited_read("学年升级")
def year_turn_pupils(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let single pupils of the class in the address go another way than their class."""
    turn = _turn_to_decide(request, public_id)
    if not turn.is_open:
        return redirect(turn)
    one = _class_to_decide(request, turn)
    form = _pupils_form(one, turn, request.POST or None)
    conflict = None
    if request.method == "POST" and form.is_valid():
        if _decide(request, turn, form.chosen(choices_from_text(turn.choices)), form):
            messages.success(request, f"{one.name}的去向已保存。")
            return redirect(turn)
        turn.refresh_from_db()
        conflict = form.conflict(_pupils_form(one, turn, None)) if turn.is_open else None
    context = {"turn": turn, "form": form, "conflict": conflict, "name": one.name}
    return render(request, "pairings/year_turn_pupils.html", context)


def _pupils_form(one: ClassToDecide, turn: YearTurn, data: Any) -> PupilsForm:
    return PupilsForm(
        data,
        enrolments=one.enrolments,
        ways=one.ways,
        choices=choices_from_text(turn.choices),
        version=turn.version,
    )


def _class_to_decide(request: StaffRequest, turn: YearTurn) -> ClassToDecide:
    """The class that `?class=` names, else the first leaving one; any other than those may only lose pupils."""
    leaving = {each.school_class: each for each in leaving_classes(turn.district, request.today)}
    offers = Offers(turn.district, request.today)
    asked = next(iter(leaving), None) if "class" not in request.GET else _class_asked_for(request)
    if asked is None:
        raise Http404
    if asked in leaving:
        return _leaving(leaving[asked], turn, offers)
    if asked.left_on <= offers.on:
        raise Http404
    there = Enrolment.objects.open().filter(school_class=asked, started_on__lte=offers.on)
    ways = pupil_choices(GO_ALONG, STAYING_WAYS, offers.repeating(asked), offers.on)
    pupils = tuple(there.select_related("student").order_by("student__pinyin", "pk"))
    return ClassToDecide(f"{asked.school.name} {asked.name(offers.on)}", pupils, ways)


def _class_asked_for(request: StaffRequest) -> SchoolClass:
    classes = visible_classes(request.user, request.today).select_related("school")
    asked: SchoolClass = get_object_or_404(classes, public_id=public_id_in(request.GET.get("class", "")))
    return asked


def _leaving(leaving: LeavingClass, turn: YearTurn, offers: Offers) -> ClassToDecide:
    asked = leaving.school_class
    common = class_choices(leaving, offers.on)
    chosen = choices_from_text(turn.choices).classes.get(str(asked.public_id), "")
    words = f"随班：{dict(common).get(chosen, '还没有选择')}"
    ways = pupil_choices(words, common, offers.repeating(asked), offers.on)
    return ClassToDecide(f"{asked.school.name} {asked.last_name}", leaving.enrolments, ways)
