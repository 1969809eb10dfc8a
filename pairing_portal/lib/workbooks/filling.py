"""An office table as .xlsx to be filled in: text cells, drop-downs, marked cells, and a sheet that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pairing_portal.lib.workbooks.heights import BODY_POINTS, TITLE_POINTS, row_heights, text_height
from pairing_portal.lib.workbooks.pen import (
    BODY_FONT,
    BODY_LEFT,
    FACE,
    GREY,
    GRID,
    HEADER,
    HEADER_FONT,
    LINE_LEFT,
    TEXT,
    TITLE,
    Look,
    Pen,
    Value,
)
from pairing_portal.lib.workbooks.sheets import CHOICES, GUIDE
from pairing_portal.lib.workbooks.writing import (
    A4,
    FIRST_ROW,
    HEADER_ROW,
    LINE_ROW,
    TITLE_ROW,
    saved,
    set_up_page,
)

LAST_ROW = 3000  # how far down the drop-downs reach
BLANK_ROWS = 30  # bordered rows of an empty form
GUIDE_WIDTHS = (20.0, 90.0)
DOUBT = PatternFill("solid", start_color="FFFFE0B2")
FAULTY = Look("faulty", BODY_FONT, "left", GRID, DOUBT)
KEY_FONT = Font(name=FACE, size=8, color="FF808080")
KEY = Look("key", KEY_FONT, "left", GRID, GREY)
OWN = Look("our own", BODY_FONT, "left", GRID, GREY)
GUIDE_HEAD = Look("guide head", HEADER_FONT, "left", Border())


@dataclass(frozen=True, kw_only=True)
class FillColumn:
    """One column: its width in Excel's character units, the words it may hold, and a line for the guide.

    `is_text` keeps long numbers as they are typed; words of an `is_open` column are offered, others may be typed;
    a `look` of our own says that the column is not to be changed.
    """

    title: str
    width: float = 10
    choices: tuple[str, ...] = ()
    note: str = ""
    is_text: bool = False
    is_open: bool = False
    look: Look = BODY_LEFT


@dataclass(frozen=True, kw_only=True)
class FillInDocument:
    """A table to be filled in or corrected; `faulty` names cells to look at by row and column, counted from 0."""

    title: str
    lead: str
    columns: tuple[FillColumn, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    faulty: frozenset[tuple[int, int]] = frozenset()
    guide: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    sheet_name: str = "名单"


def write_fill_in(document: FillInDocument) -> bytes:
    """The .xlsx file, equal bytes for equal documents; ValueError when a row is not as long as the columns."""
    if any(len(row) != len(document.columns) for row in document.rows):
        raise ValueError("every row must be as long as the columns")
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = document.sheet_name
    pen = Pen(sheet)
    _write_head(pen, document)
    _write_rows(pen, document)
    set_up_page(sheet, document.mark)
    if document.guide:
        _write_guide(workbook.create_sheet(GUIDE), document)
    _offer_choices(workbook, sheet, document.columns)
    return saved(workbook, document.title)


def _write_head(pen: Pen, document: FillInDocument) -> None:
    widths = [column.width for column in document.columns]
    heights = pen.sheet.row_dimensions
    for row, words, look, points in (
        (TITLE_ROW, document.title, TITLE, TITLE_POINTS),
        (LINE_ROW, document.lead, LINE_LEFT, BODY_POINTS),
    ):
        pen.line(row, (1, len(widths)), words, look)
        heights[row].height = text_height(words, sum(widths), points)
    titles = [column.title for column in document.columns]
    for number, column in enumerate(document.columns, 1):
        pen.put(HEADER_ROW, number, column.title, HEADER)
        dimension = pen.sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.number_format = TEXT if column.is_text else "General"
    heights[HEADER_ROW].height = row_heights([titles], widths)[0]


def _write_rows(pen: Pen, document: FillInDocument) -> None:
    blank = (None,) * len(document.columns)
    rows = document.rows or (blank,) * BLANK_ROWS
    kept = [index for index, column in enumerate(document.columns) if column.look is not KEY]
    heights = row_heights(
        [[row[index] for index in kept] for row in rows], [document.columns[index].width for index in kept]
    )
    for number, row in enumerate(rows):
        for index, (column, value) in enumerate(zip(document.columns, row, strict=True)):
            look = FAULTY if (number, index) in document.faulty else column.look
            pen.put(FIRST_ROW + number, index + 1, value, look)
            if column.is_text and value is None:
                pen.sheet.cell(FIRST_ROW + number, index + 1).number_format = TEXT
        pen.sheet.row_dimensions[FIRST_ROW + number].height = heights[number]


def _write_guide(sheet: Worksheet, document: FillInDocument) -> None:
    """What to know before filling in, then column by column."""
    pen = Pen(sheet)
    notes = ((column.title, column.note) for column in document.columns if column.note)
    lines = [*document.guide, *notes]
    pen.line(1, (1, len(GUIDE_WIDTHS)), GUIDE, TITLE)
    for number, width in enumerate(GUIDE_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, (what, words) in enumerate(lines, 2):
        pen.put(row, 1, what, GUIDE_HEAD)
        pen.put(row, 2, words, LINE_LEFT)
    for row, height in enumerate(row_heights(lines, GUIDE_WIDTHS), 2):
        sheet.row_dimensions[row].height = height
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = A4, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _offer_choices(workbook: Workbook, sheet: Worksheet, columns: Sequence[FillColumn]) -> None:
    """Drop-downs; their words stand on a hidden sheet, since a list inside a cell ends at 255 characters."""
    offering = [(number, column) for number, column in enumerate(columns, 1) if column.choices]
    if not offering:
        return
    words = workbook.create_sheet(CHOICES)
    words.sheet_state = "hidden"
    pen = Pen(words)
    for place, (number, column) in enumerate(offering, 1):
        for row, choice in enumerate(column.choices, 1):
            pen.put(row, place, choice, LINE_LEFT)
        letter, target = get_column_letter(place), get_column_letter(number)
        source = f"{quote_sheetname(CHOICES)}!${letter}$1:${letter}${len(column.choices)}"
        offered = DataValidation(type="list", formula1=source, allow_blank=True)
        offered.showErrorMessage = not column.is_open
        offered.errorTitle, offered.error = column.title, "请从下拉列表里选择，或留空。"
        offered.add(f"{target}{FIRST_ROW}:{target}{LAST_ROW}")
        sheet.add_data_validation(offered)
