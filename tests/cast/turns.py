"""The turns of the year of the cast: one prepared in each district, one confirmed before."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from pairing_portal.lib.school_years import school_year
from pairings.actions.turn_choices import choices_from_text
from pairings.actions.turns import choose_ways, confirm_turn, prepare_turn
from pairings.models import YearTurn
from students.models import SchoolClass
from tests.builders import make_class, make_student
from tests.cast.places import Place


def make_turns(here: Place, there: Place, today: date) -> dict[str, YearTurn]:
    """Each district has pupils who finished 六年级 and may go on to 七年级; those of the confirmed turn have gone."""
    _make_leavers(here, today)
    settled = confirm_turn(
        turn=_without_campaign(_prepare(here, today), here, today),
        by=here.office,
        today=today,
        now=timezone.now(),
    )
    for place in (here, there):
        _make_leavers(place, today)
    return {"settled": settled, "here": _prepare(here, today), "foreign": _prepare(there, today)}


def _make_leavers(place: Place, today: date) -> SchoolClass:
    """A class that was 六年级 until August, with one pupil, at the near school, which has a 七年级 too."""
    year, near = school_year(today), place.schools[0]
    near.classes.get_or_create(stage="middle", entry_year=year, number=9)
    last = make_class(near, entry_year=year - 6)
    make_student(last, name=f"{place.word}毕业生", guardian_name=f"{place.word}监护人")
    return last


def _prepare(place: Place, today: date) -> YearTurn:
    return prepare_turn(district=place.district, by=place.office, today=today)


def _without_campaign(turn: YearTurn, place: Place, today: date) -> YearTurn:
    """The next campaign is left for others to open."""
    choices = replace(choices_from_text(turn.choices), campaign=None)
    return choose_ways(turn=turn, choices=choices, version=turn.version, by=place.office, today=today)
