"""The fixed cast: district 甲 with one person per role, and district 乙, whose words must never reach 甲.

Relations are those of the teacher and the school head of 甲 to a pupil: `paired` (helped by the teacher, at the
head's school), `ended` (helped once, elsewhere), `led` (in the teacher's own class), `same_school`, `same_district`,
`foreign` (district 乙) and `missing`. Every text of 乙 begins with CANARY and goes on with BAIT, so that a search
for the bait that finds anything of 乙 shows the canary. Notes for the leading group hold RESTRICTED.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pairing_portal.accounts.models import User
from pairing_portal.undo.models import ChangeSet
from pairings.models import Pairing
from students.models import RegisterEntry, RosterImport, Student
from tests.builders import make_campaign
from tests.cast.decisions import make_change, make_imported_roster
from tests.cast.places import (
    BAIT,
    CANARY,
    FOREIGN_PHONE,
    HOME,
    RELATIONS,
    RESTRICTED,
    ROLES,
    Place,
    make_place,
    make_users,
)
from tests.cast.pupils import make_entries, make_pairings, make_paper_visit, make_pupils, make_told_visit
from tests.cast.rosters import make_settled_roster, make_waiting_roster
from visits.models import Visit

__all__ = [
    "BAIT",
    "CANARY",
    "FOREIGN_PHONE",
    "HOME",
    "RELATIONS",
    "RESTRICTED",
    "ROLES",
    "Cast",
    "Place",
    "make_cast",
]


@dataclass(frozen=True)
class Cast:
    """Everybody and everything the access tests walk over."""

    today: date
    here: Place
    there: Place
    users: dict[str, User]
    pupils: dict[str, Student]
    entries: dict[str, RegisterEntry]
    pairings: dict[str, Pairing]
    visits: dict[str, Visit]
    rosters: dict[str, RosterImport]
    imported: dict[str, RosterImport]
    changes: dict[str, ChangeSet]


def make_cast(today: date | None = None) -> Cast:
    """Both districts, with days counted from today, since rights follow the present."""
    today = today or timezone.localdate()
    since = today - timedelta(days=60)
    here, there = make_place(HOME, today), make_place(CANARY + BAIT, today)
    make_campaign(there.district, today.year - 1)
    users = make_users(here, there)
    pupils = make_pupils(here, there)
    entries = make_entries(pupils, today)
    pairings = make_pairings(here, there, pupils, since)
    visits = {relation: make_told_visit(pairing, today) for relation, pairing in pairings.items()}
    visits["paper"] = make_paper_visit(here, pupils["paired"], today)
    rosters = {
        "here": make_waiting_roster(here, [pupils["paired"], pupils["led"]], today),
        "foreign": make_waiting_roster(there, [pupils["foreign"]], today),
        "settled": make_settled_roster(here, today),
    }
    places = {"here": here, "foreign": there}
    imported = {relation: make_imported_roster(place, today) for relation, place in places.items()}
    concerned = {"here": pupils["paired"], "foreign": pupils["foreign"]}
    changes = {name: make_change(place, concerned[name], today) for name, place in places.items()}
    return Cast(today, here, there, users, pupils, entries, pairings, visits, rosters, imported, changes)
