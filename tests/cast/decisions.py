"""What each district of the cast has decided and can still take back: an import, and something about one pupil."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from pairing_portal.undo.journal import Journal
from pairing_portal.undo.models import ChangeSet, Kind
from students.models import RosterImport, Student
from tests.builders import make_household
from tests.cast.places import Place


def make_imported_roster(place: Place, today: date) -> RosterImport:
    """A list that brought a household in."""
    return RosterImport.objects.create(
        district=place.district,
        kind=RosterImport.Kind.COUNTY_FILED,
        state=RosterImport.State.CONFIRMED,
        year=today.year,
        listed_on=today,
        file_name=f"{place.word}新名册.xlsx",
        file_hash="0" * 64,
        created_by=place.office,
        settled_by=place.office,
        settled_at=timezone.now(),
        change_set=_with_new_household(place, Kind.IMPORTED, today),
    )


def make_changes(
    here: Place, there: Place, pupils: Mapping[str, Student], today: date
) -> dict[str, ChangeSet]:
    """A decision of today in each district, offered to be undone on a pupil's page."""
    return {
        "here": _with_new_household(here, Kind.LISTED, today, pupils["paired"]),
        "foreign": _with_new_household(there, Kind.LISTED, today, pupils["foreign"]),
    }


def _with_new_household(place: Place, kind: Kind, today: date, *about: Student) -> ChangeSet:
    journal = Journal.open(
        district=place.district,
        kind=kind,
        title=f"{place.word}办理",
        by=place.office,
        today=today,
        about=about,
    )
    journal.created([make_household(place.district, head_name=f"{place.word}新户主")])
    return journal.close()
