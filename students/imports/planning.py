"""What every kind of list offers to upload, preview and confirm; the page picks the planner by kind."""

from collections.abc import Callable
from typing import Protocol

from pairing_portal.accounts.models import User
from pairing_portal.lib.workbooks.sheets import Workbook
from pairing_portal.undo.journal import Journal
from students.imports.comparing import Comparison, compare, read_register
from students.imports.lists import RegisterList
from students.imports.previews import Preview
from students.imports.rows import Choices
from students.imports.showing import shown
from students.imports.writing import write
from students.models import Register, RosterImport


class Plan(Protocol):
    """A list held against what is on record: what to show, and how to write it."""

    def preview(self) -> Preview:
        """What the page shows and what confirming is checked against."""

    def write(self, by: User, journal: Journal) -> None:
        """Store it, and write into the journal what is stored; inside the caller's transaction."""


Planner = Callable[[RosterImport, Workbook], Plan]


class RegisterPlan:
    """The plan of one register's list."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    def preview(self) -> Preview:
        """The comparison in words."""
        return shown(self.comparison)

    def write(self, by: User, journal: Journal) -> None:
        """Schools, classes, households, pupils, places and entries."""
        write(self.comparison, by, journal)


def plan_register(roster: RosterImport, workbook: Workbook) -> RegisterPlan:
    """Read and compare one of the two registers; ValidationError when the sheets hold no such list."""
    register = Register(roster.kind)
    of = RegisterList(roster.district, register, roster.year, roster.listed_on)
    return RegisterPlan(compare(read_register(workbook, register, roster.listed_on), of, choices_of(roster)))


def choices_of(roster: RosterImport) -> Choices:
    """What was decided on the preview so far; kept by names of schools and public ids of entries."""
    kept = roster.school_choices
    return Choices(
        schools=dict(kept.get("schools", {})),
        moves=frozenset(kept.get("moves", ())),
        ends=dict(kept.get("ends", {})),
        takes=frozenset(kept.get("takes", ())),
    )
