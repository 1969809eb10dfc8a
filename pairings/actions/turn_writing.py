"""Writing the turn of a year down: new classes, places, pairings, register entries, class teachers, the campaign."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import District, User
from pairing_portal.undo.journal import Journal
from pairings.actions.campaigns import check_phases
from pairings.actions.leaving import ENTRY_REASONS, PAIRING_REASONS
from pairings.actions.turn_choices import NewCampaign
from pairings.actions.turn_plans import END_REASONS, PupilPlan, TurnPlan
from pairings.models import Campaign, Phase, Way
from students.actions.leaving_classes import ClassIdentity, Destination
from students.imports.upserts import insert, overwrite, store
from students.models import ClassTeacher, Enrolment, SchoolClass

ENDING = ("ended_on", "end_reason")
START_REASONS = {Way.PROMOTED: Enrolment.StartReason.PROMOTED, Way.REPEATED: Enrolment.StartReason.REPEATED}


def write_turn(plan: TurnPlan, district: District, by: User, journal: Journal) -> None:
    """Store what the plan says, each kind of row at once; the caller's transaction makes it all or nothing."""
    moving = [each for each in plan.pupils if each.way != Way.LATER]
    classes = _make_classes(plan.new_classes, by, journal)
    overwrite([_ended(each.enrolment, each.on, END_REASONS[each.way]) for each in moving], ENDING, journal)
    places = [_place(each, each.to, classes) for each in moving if each.to is not None]
    store(places, by, journal)
    leaving = [each for each in moving if each.ends_pairings]
    overwrite([row for each in leaving for row in _ended_pairings(each)], ENDING, journal)
    overwrite([row for each in leaving for row in _ended_entries(each)], ENDING, journal)
    graduated = ClassTeacher.EndReason.GRADUATED
    overwrite([_ended(term, on, graduated) for term, on in plan.terms], ENDING, journal)
    if plan.campaign is not None:
        _open_campaign(plan.campaign, district, by, journal)


def _make_classes(
    goals: Iterable[Destination], by: User, journal: Journal
) -> dict[ClassIdentity, SchoolClass]:
    """The classes that are not on record yet, by what tells them apart."""
    made = {
        goal.identity: SchoolClass(
            school=goal.school, stage=goal.stage, entry_year=goal.entry_year, number=goal.number
        )
        for goal in goals
    }
    insert(list(made.values()), by, journal)
    return made


def _place(plan: PupilPlan, goal: Destination, made: Mapping[ClassIdentity, SchoolClass]) -> Enrolment:
    return Enrolment(
        student=plan.enrolment.student,
        school_class=goal.school_class or made[goal.identity],
        is_boarder=plan.enrolment.is_boarder,
        started_on=plan.on,
        start_reason=START_REASONS[plan.way],
    )


def _ended_pairings(plan: PupilPlan) -> list[Any]:
    reason = PAIRING_REASONS[END_REASONS[plan.way]]
    return [_ended(pairing, plan.on, reason) for pairing in plan.pairings]


def _ended_entries(plan: PupilPlan) -> list[Any]:
    reason = ENTRY_REASONS[END_REASONS[plan.way]]
    return [_ended(entry, plan.on, reason) for entry in plan.entries]


def _ended(row: Any, on: date, reason: str) -> Any:
    """The row with its end, not yet stored."""
    row.ended_on, row.end_reason = on, reason
    return row


def _open_campaign(new: NewCampaign, district: District, by: User, journal: Journal) -> None:
    check_phases(new.phases)
    if Campaign.objects.filter(district=district, year=new.year).exists():
        raise ValidationError(f"{new.year} 年度的活动已经建立，请修改选择，去掉“建立新年度活动”。")
    campaign = Campaign(district=district, year=new.year, title=new.title, report_due_on=new.report_due_on)
    phases = [
        Phase(campaign=campaign, number=number, starts_on=first, ends_on=last)
        for number, (first, last) in sorted(new.phases.items())
    ]
    insert([campaign], by, journal)
    store(phases, by, journal)
