"""What a list means to do, row by row."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from students.imports.deciding import Question
from students.imports.facts import Change
from students.imports.places import Place
from students.imports.reading import RosterRow, Values
from students.models import Enrolment, RegisterEntry, Student

ADDRESS_KEYS = {"town", "village", "village_group"}


class RowState(models.TextChoices):
    """What becomes of a row; each row has exactly one state."""

    NEW = "new", "新增"
    CHANGED = "changed", "变更"
    PROMOTED = "promoted", "升学"
    UNCHANGED = "unchanged", "不变"
    MOVED = "moved", "转入"
    WAITING = "waiting", "待转入"
    REFUSED = "refused", "拒绝"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk decided on the preview: unknown schools by name, moves and ends by entry, facts to take over."""

    schools: dict[str, str] = field(default_factory=dict)
    moves: frozenset[str] = frozenset()
    ends: dict[str, str] = field(default_factory=dict)
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row held against what is stored: whom it means, what differs, where the pupil goes."""

    row: RosterRow
    state: RowState
    student: Student | None = None
    place: Enrolment | None = None
    target: Place | None = None
    entry: RegisterEntry | None = None
    former: RegisterEntry | None = None
    moved_from: RegisterEntry | None = None
    differing: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    moves_class: bool = False
    is_promoted: bool = False
    named: Place | None = None
    kept: frozenset[str] = frozenset()
    corrections: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def found(self) -> frozenset[str]:
        """Every fact that reads differently, written or kept."""
        return self.kept.union(self.differing)

    @property
    def values(self) -> Values:
        """What the row brings in: a fact that is kept as it is counts as a blank cell."""
        if not self.kept:
            return self.row.values
        left = self.kept | ADDRESS_KEYS if "address" in self.kept else self.kept
        return {key: value for key, value in self.row.values.items() if key not in left}

    @property
    def is_taken(self) -> bool:
        """Whether confirming writes anything of the row."""
        return self.state not in (RowState.REFUSED, RowState.WAITING)

    @property
    def is_changed(self) -> bool:
        """Whether a pupil already listed reads differently; promoted pupils may, too."""
        return bool(self.changes) and self.state in (RowState.CHANGED, RowState.PROMOTED)


@dataclass(frozen=True, slots=True)
class MissingPlan:
    """An entry of the list before, whose pupil the new list does not name."""

    entry: RegisterEntry
    student: Student
    place: Enrolment | None
    is_graduate: bool
    reason: str = ""

    @property
    def key(self) -> UUID:
        """What the clerk's choice is kept under."""
        return self.entry.public_id
