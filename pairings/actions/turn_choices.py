"""What somebody decided about the turn of a year, kept as text until it is confirmed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from pairings.actions.campaigns import Period, planned_phases
from pairings.models import Campaign
from students.actions.leaving_classes import LeavingClass

# A new campaign can be prepared from the month in which the school year turns.
FIRST_MONTH = 9


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """The campaign to open, with the first and last day of each phase by its number."""

    year: int
    title: str
    report_due_on: date
    phases: Mapping[int, Period]


@dataclass(frozen=True, slots=True)
class TurnChoices:
    """A way or the key of a destination by the public id of each class, and of each pupil who goes another way."""

    classes: dict[str, str] = field(default_factory=dict)
    pupils: dict[str, str] = field(default_factory=dict)
    campaign: NewCampaign | None = None

    def with_pupils(self, ids: Iterable[str], ways: Mapping[str, str]) -> "TurnChoices":
        """The same with new exceptions for these pupils; an empty way takes the exception back."""
        others = {key: way for key, way in self.pupils.items() if key not in set(ids)}
        return replace(self, pupils=others | {key: way for key, way in ways.items() if way})


def choices_as_text(choices: TurnChoices) -> str:
    """The choices as JSON."""
    return json.dumps(asdict(choices), default=date.isoformat, ensure_ascii=False)


def choices_from_text(text: str) -> TurnChoices:
    """The choices that `choices_as_text` wrote."""
    values: dict[str, Any] = json.loads(text)
    campaign = values["campaign"]
    if campaign is not None:
        campaign["report_due_on"] = date.fromisoformat(campaign["report_due_on"])
        campaign["phases"] = {
            int(number): (date.fromisoformat(first), date.fromisoformat(last))
            for number, (first, last) in campaign["phases"].items()
        }
        campaign = NewCampaign(**campaign)
    return TurnChoices(values["classes"], values["pupils"], campaign)


def usual_ways(classes: Iterable[LeavingClass], graduated: str) -> dict[str, str]:
    """What most classes do: on to the likely class, or out where there is none to go to; else nothing yet."""
    return {str(each.school_class.public_id): _usual_way(each, graduated) for each in classes}


def _usual_way(leaving: LeavingClass, graduated: str) -> str:
    if leaving.likely is not None:
        return leaving.likely.key
    return "" if leaving.destinations else graduated


def campaign_due(campaigns: Iterable[Campaign], today: date) -> NewCampaign | None:
    """The campaign to open next, its days copied from the last one: this year's if it is missing, else the next's.

    None while this year has its campaign and autumn has not come, or when the next one is there already.
    """
    by_year = {campaign.year: campaign for campaign in campaigns}
    year = today.year if today.year not in by_year else today.year + 1
    if year in by_year or (year > today.year and today.month < FIRST_MONTH):
        return None
    earlier = [each for each in by_year if each < year]
    return _copied(by_year[max(earlier)], year) if earlier else _planned(year)


def _copied(campaign: Campaign, year: int) -> NewCampaign:
    years = year - campaign.year
    phases = {
        phase.number: (years_later(phase.starts_on, years), years_later(phase.ends_on, years))
        for phase in campaign.phases.all()
    }
    return NewCampaign(year, campaign.title, years_later(campaign.report_due_on, years), phases)


def _planned(year: int) -> NewCampaign:
    return NewCampaign(
        year, Campaign._meta.get_field("title").default, date(year, 6, 30), planned_phases(year)
    )


def years_later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
