"""A workbook as plain values: every cell at the place where Excel shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pairing_portal.lib.workbooks.cells import Cell

Place = tuple[int, int]  # row and column as counted from 1
GUIDE, CHOICES = (
    "填写说明",
    "选项",
)  # sheets of our own forms that hold no list: what they ask, what they offer
Span = tuple[int, int]  # first and last row or column, counted from 1


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged rectangle, first and last row and column counted from 1; only its first cell has a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Mend:
    """What somebody decided about a row after it was read: cells typed anew by column key, or the row left out.

    `turn` tells one decision about the row from the next.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    is_left_out: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows[0]` is Excel’s row 1, `rows[0][0]` its A1; the rows of hidden sheets are not read.

    Hidden rows and columns are read like any other. `counts_from_1904` says from when its serial days count.
    `mends` holds what was typed anew, by the number of the row.
    """

    name: str
    is_visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    formulas: frozenset[Place] = frozenset()
    merges: tuple[Merge, ...] = ()
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    counts_from_1904: bool = False
    mends: Mapping[int, Mend] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether no cell of the sheet holds a value."""
        return not any(cell is not None for row in self.rows for cell in row)

    @property
    def may_hold_a_table(self) -> bool:
        """Whether to look for a list here at all."""
        return self.is_visible and not self.is_blank and self.name not in (GUIDE, CHOICES)


@dataclass(frozen=True, slots=True)
class Layout:
    """What was decided about reading a workbook: keys by column label (blank: none), and sheets to pass over.

    `is_remembered`: the columns were chosen for an earlier workbook with the same headers.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    passed_over: frozenset[str] = frozenset()
    is_remembered: bool = False


AS_GUESSED = Layout()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in the order of their tabs, and what was decided about reading them."""

    sheets: tuple[Sheet, ...]
    layout: Layout = AS_GUESSED
