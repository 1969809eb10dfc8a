"""The year's campaign is opened with the plan's own dates; the office changes them afterwards."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import District, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.undo.journal import Journal
from pairings.models import Campaign, Phase
from students.models import RosterImport

Period = tuple[date, date]
KEEP_GOING_YEARS = 2


def planned_phases(year: int) -> dict[int, Period]:
    """First and last day of each phase as the plan sets them (clauses P1 to P4); both days belong to it."""
    return {
        Phase.Number.MOBILISE: (date(year, 3, 5), date(year, 3, 10)),
        Phase.Number.CARRY_OUT: (date(year, 3, 11), date(year, 6, 20)),
        Phase.Number.TAKE_STOCK: (date(year, 6, 21), date(year, 6, 25)),
        Phase.Number.KEEP_GOING: (date(year, 6, 26), date(year + KEEP_GOING_YEARS, 12, 31)),
    }


@transaction.atomic
def open_campaign(
    *,
    district: District,
    year: int,
    by: User | None,
    submission_id: UUID | None = None,
    journal: Journal | None = None,
) -> Campaign:
    """Open the year's campaign with the plan's four phases and report deadline; one that is there is returned."""
    District.objects.select_for_update().get(pk=district.pk)
    if existing := Campaign.objects.filter(district=district, year=year).first():
        return existing
    campaign = Campaign(district=district, year=year, report_due_on=date(year, 6, 30))
    campaign.created_by, campaign.submission_id = by, submission_id
    campaign.save()
    phases = [
        Phase.objects.create(campaign=campaign, number=number, starts_on=first, ends_on=last, created_by=by)
        for number, (first, last) in planned_phases(year).items()
    ]
    if journal is not None:
        journal.created([campaign])
        journal.created(phases)
    record(by, Action.CREATED, campaign, fields=["year", "report_due_on", "phases"])
    return campaign


def open_campaign_of(roster: RosterImport, by: User, journal: Journal) -> Campaign:
    """The campaign of an imported list's year; one that the import brings goes with it when it is undone."""
    return open_campaign(district=roster.district, year=roster.year, by=by, journal=journal)


@transaction.atomic
def set_phases(*, campaign: Campaign, periods: Mapping[int, Period]) -> None:
    """Move the four phases to the periods given; raises ValidationError where they cannot stand."""
    check_phases(periods)
    for phase in campaign.phases.select_for_update():
        phase.starts_on, phase.ends_on = periods[phase.number]
        phase.version += 1
        phase.save(update_fields=["starts_on", "ends_on", "version"])


def check_phases(periods: Mapping[int, Period]) -> None:
    """No phase ends before it begins; the first three follow each other; the last begins with the third at soonest."""
    problems = [
        f"第 {number} 阶段“{Phase.Number(number).label}”的结束日期不能早于开始日期。"
        for number, (first, last) in periods.items()
        if last < first
    ]
    problems += [
        f"第 {number} 阶段要在第 {number - 1} 阶段结束之后开始，请核对日期。"
        for number in (2, 3)
        if periods[number][0] <= periods[number - 1][1]
    ]
    if periods[Phase.Number.KEEP_GOING][0] < periods[Phase.Number.TAKE_STOCK][0]:
        problems.append("第 4 阶段不能早于第 3 阶段开始，请核对日期。")
    if problems:
        raise ValidationError(problems)
