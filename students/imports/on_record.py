"""A row about a pupil on record: what differs, what of it is written, and what becomes of the row."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from students.imports.deciding import Decider, Decision
from students.imports.facts import Change, differing, in_words
from students.imports.known import Known
from students.imports.lists import RegisterList
from students.imports.places import Place, differences, is_promoted
from students.imports.reading import RosterRow
from students.imports.received import place_named, place_stored
from students.imports.rows import Choices, RowPlan, RowState
from students.models import Enrolment, RegisterEntry, Student


@dataclass
class RowOnRecord:
    """The row with the pupil it means and the class it names; `older` lists tell nothing new of the class."""

    of: RegisterList
    known: Known
    choices: Choices
    row: RosterRow
    student: Student
    target: Place | None

    @property
    def place(self) -> Enrolment | None:
        """Where the pupil goes to school."""
        return self.known.places.get(self.student.pk)

    @property
    def former(self) -> RegisterEntry | None:
        """The latest entry of an earlier year."""
        return self.known.former.get(self.student.pk)

    @property
    def entry(self) -> RegisterEntry | None:
        """This year's open entry, if it is of this register."""
        entry = self.known.entries.get(self.student.pk)
        return entry if entry is None or entry.register == self.of.register else None

    @property
    def moved_from(self) -> RegisterEntry | None:
        """This year's open entry, if it is of the other register."""
        entry = self.known.entries.get(self.student.pk)
        return None if entry is None or entry.register == self.of.register else entry

    @property
    def is_older(self) -> bool:
        """Whether the pupil came to the present class after the day of the list."""
        return self.place is not None and self.place.started_on > self.of.on

    @cached_property
    def is_promoted(self) -> bool:
        """Whether time alone brought the pupil to the class named."""
        if self.is_older or self.target is None or self.place is None:
            return False
        return is_promoted(self.place.school_class, self.target, self.of.on)

    @cached_property
    def moved(self) -> tuple[Change, ...]:
        """What of the place differs, time apart."""
        if self.is_older or self.target is None or self.is_promoted:
            return ()
        if self.place is None:
            return in_words({key: ("", word) for key, word in self.target.words.items()})
        return in_words(differences(self.place.school_class, self.target, self.of.on))

    def plan(self) -> RowPlan:
        """What the row does."""
        place = None if self.is_older else self.place
        found = differing(self.row.values, self.student, place, self.entry or self.former)
        decision = self._decided(found)
        moved = self.moved if decision.moves_class else ()
        plan = RowPlan(
            self.row,
            RowState.UNCHANGED,
            self.student,
            self.place,
            self.target if decision.moves_class or not self.moved else None,
            self.entry,
            self.former,
            self.moved_from,
            decision.taken,
            (*moved, *in_words(_listed(decision.taken, self.is_promoted))),
            self.is_promoted or bool(moved),
            self.is_promoted,
            None if self.is_older else self.target,
            frozenset(decision.kept),
            tuple(decision.corrections),
            tuple(decision.questions),
        )
        return replace(plan, state=self._state(plan))

    def _decided(self, found: dict[str, tuple[Any, Any]]) -> Decision:
        """Which differences are written: all of a row edited in a prefilled workbook while nobody else edited."""
        if not found and not self.moved:
            return Decision(moves_class=False)
        key = self.row.values.get("key")
        is_edit = key.is_current(self.student, self.entry) if key and self.entry else None
        decider = Decider(self.student, self.entry, self.former, self.choices.takes, is_edit)
        if not self.moved or self.place is None or self.target is None:
            decider.decision.moves_class = bool(self.moved)
            return decider.decide(found)
        before = self.place.school_class
        here = f"{before.school.name}{before.name(self.of.on)}"
        words = here, "".join(self.target.words.values())
        decider.decide_place(place_stored(before), place_named(self.target, self.of.on), words)
        return decider.decide(found)

    def _state(self, plan: RowPlan) -> RowState:
        if plan.moved_from is not None:
            is_chosen = str(plan.moved_from.public_id) in self.choices.moves
            return RowState.MOVED if is_chosen else RowState.WAITING
        former = plan.former
        was_listed = former is not None and former.ended_on is None and self.student.pk not in self.known.left
        if plan.entry is None and not was_listed:
            return RowState.NEW
        if plan.is_promoted:
            return RowState.PROMOTED
        return RowState.CHANGED if plan.changes else RowState.UNCHANGED


def _listed(found: dict[str, tuple[Any, Any]], promoted: bool) -> dict[str, tuple[Any, Any]]:
    """The differences worth a clerk's look: a first student number comes with the promotion to primary school."""
    return {
        key: (old, new) for key, (old, new) in found.items() if old or key != "student_number" or not promoted
    }
