"""Putting values into a sheet: what each kind of line looks like, and text that stays text."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from pairing_portal.lib.workbooks.heights import BODY_POINTS, TITLE_POINTS

Value = str | int | Decimal | date | None

LONGEST_NUMBER = 10**11  # numbers of more than 11 digits are text cells (safety D4)
FORMULA_STARTS = ("=", "+", "-", "@", "'")
TEXT = "@"
NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")

THIN = Side(style="thin", color="FF000000")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
GREY = PatternFill("solid", start_color="FFE7E6E6")
FACE = "宋体"
TITLE_FONT = Font(name=FACE, size=TITLE_POINTS, bold=True)
HEADER_FONT = Font(name=FACE, size=BODY_POINTS, bold=True)
BODY_FONT = Font(name=FACE, size=BODY_POINTS)


@dataclass(frozen=True)
class Look:
    """How a cell looks, whatever it holds; every cell wraps and is centred vertically."""

    name: str
    font: Font
    horizontal: str = "center"
    border: Border = field(default_factory=Border)
    fill: PatternFill = field(default_factory=PatternFill)


TITLE = Look("title", TITLE_FONT)
LINE_LEFT = Look("line left", BODY_FONT, "left")
LINE_MIDDLE = Look("line middle", BODY_FONT)
LINE_RIGHT = Look("line right", BODY_FONT, "right")
HEADER = Look("header", HEADER_FONT, border=GRID, fill=GREY)
BODY = Look("body", BODY_FONT, border=GRID)
BODY_LEFT = Look("body left", BODY_FONT, "left", GRID)


class Pen:
    """Writes into one sheet and works out each look once, since openpyxl hashes every font and border anew."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._styles: dict[tuple[str, str, bool], object] = {}

    def put(self, row: int, column: int, value: Value, look: Look) -> None:
        """One value; text is a text cell whatever it looks like, dates and amounts are written as offices do."""
        cell = self.sheet.cell(row, column)
        is_text = isinstance(value, str) or (isinstance(value, int) and abs(value) >= LONGEST_NUMBER)
        if is_text:
            words = printable(str(value))
            cell.value = words
            cell.data_type = "s"  # openpyxl takes “=1+1” for a formula and “#N/A” for an error
            self._dress(cell, look, TEXT, is_quoted=words.startswith(FORMULA_STARTS))
        else:
            cell.value = value
            self._dress(cell, look, _number_format(value), is_quoted=False)

    def line(self, row: int, span: tuple[int, int], words: str, look: Look) -> None:
        """Words over the columns of the span, merged."""
        first, last = span
        for column in range(first, last + 1):
            self.put(row, column, words if column == first else None, look)
        self.merge((row, first), (row, last))

    def merge(self, top_left: tuple[int, int], bottom_right: tuple[int, int]) -> None:
        """One cell out of a rectangle whose other cells are blank and already bordered.

        Sheet.merge_cells would compare each rectangle with all the others.
        """
        if top_left != bottom_right:
            (top, left), (bottom, right) = top_left, bottom_right
            self.sheet.merged_cells.ranges.add(CellRange(None, left, top, right, bottom))

    def _dress(self, cell: Cell, look: Look, number_format: str, *, is_quoted: bool) -> None:
        key = (look.name, number_format, is_quoted)
        if key not in self._styles:
            cell.font, cell.border, cell.fill = look.font, look.border, look.fill
            cell.alignment = Alignment(horizontal=look.horizontal, vertical="center", wrap_text=True)
            cell.number_format, cell.quotePrefix = number_format, is_quoted
            self._styles[key] = cell._style  # noqa: SLF001 (openpyxl has no public way to share a style)
        cell._style = self._styles[key]  # noqa: SLF001 (as above; shared styles are never changed)


def printable(words: str) -> str:
    """The words without the characters that XML cannot hold."""
    return NOT_IN_XML.sub("", words)


def _number_format(value: object) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "0.00" if isinstance(value, Decimal) else "General"
