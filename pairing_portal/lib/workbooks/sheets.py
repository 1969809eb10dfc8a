"""A workbook as plain values: every cell at the place where Excel shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pairing_portal.lib.workbooks.cells import Cell

GUIDE = "填写说明"  # the sheet of our own forms that explains them and holds no list

Place = tuple[int, int]  # row and column as counted from 1


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

    `mends` holds what was typed anew, by the number of the row.
    """

    name: str
    is_visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    formulas: frozenset[Place] = frozenset()
    merges: tuple[Merge, ...] = ()
    mends: Mapping[int, Mend] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether no cell of the sheet holds a value."""
        return not any(cell is not None for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in the order of their tabs."""

    sheets: tuple[Sheet, ...]
