"""The fixed cast: district 甲 with one person per role, and district 乙, whose words must never reach 甲.

Relations are those of the teacher and the school head of 甲 to a pupil: `paired` (helped by the teacher, at the
head's school), `ended` (helped once, elsewhere), `led` (in the teacher's own class), `same_school`, `same_district`,
`foreign` (district 乙) and `missing`. Every text of 乙 begins with CANARY and goes on with BAIT, so that a search
for the bait that finds anything of 乙 shows the canary. Notes for the leading group hold RESTRICTED.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pairing_portal.accounts.models import KeptForm, User, UserSession
from pairing_portal.undo.models import ChangeSet
from pairings.models import HelpPlan, Pairing, ProposalBatch, StudyNote, YearTurn
from students.models import RegisterEntry, RosterImport, Student
from tests.cast.decisions import make_changes, make_imported_roster
from tests.cast.places import (
    BAIT,
    CANARY,
    FOREIGN_PHONE,
    HOME,
    RELATIONS,
    RESTRICTED,
    ROLES,
    Place,
    make_places,
    make_users,
)
from tests.cast.proposals import make_batches
from tests.cast.pupils import (
    make_entries,
    make_last_plan,
    make_pairings,
    make_pupils,
    make_told_note,
    make_visits,
)
from tests.cast.rosters import make_rosters
from tests.cast.sessions import make_kept_forms, make_sessions
from tests.cast.turns import make_turns
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
    plans: dict[str, HelpPlan]
    notes: dict[str, StudyNote]
    rosters: dict[str, RosterImport]
    batches: dict[str, ProposalBatch]
    imported: dict[str, RosterImport]
    changes: dict[str, ChangeSet]
    turns: dict[str, YearTurn]
    sessions: dict[str, UserSession]
    kept_forms: dict[str, KeptForm]


def make_cast(today: date | None = None) -> Cast:
    """Both districts, with days counted from today, since rights follow the present."""
    today = today or timezone.localdate()
    here, there = make_places(today)
    users, pupils = make_users(here, there), make_pupils(here, there)
    pairings = make_pairings(here, there, pupils, today - timedelta(days=60))
    return Cast(
        today=today,
        here=here,
        there=there,
        users=users,
        pupils=pupils,
        pairings=pairings,
        entries=make_entries(pupils, today),
        visits=make_visits(here, pupils, pairings, today),
        plans={relation: make_last_plan(pairing, today) for relation, pairing in pairings.items()},
        notes={relation: make_told_note(pairing, today) for relation, pairing in pairings.items()},
        rosters=make_rosters(here, there, pupils, today),
        batches=make_batches(here, there, pupils, today),
        imported={"here": make_imported_roster(here, today), "foreign": make_imported_roster(there, today)},
        changes=make_changes(here, there, pupils, today),
        turns=make_turns(here, there, today),
        sessions=make_sessions(users["teacher"], there.office),
        kept_forms=make_kept_forms(users["teacher"], there.office),
    )
