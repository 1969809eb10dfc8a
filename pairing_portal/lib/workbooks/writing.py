"""An office table as .xlsx, ready to print on A4 landscape: title, 填报单位 line, rows, signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pairing_portal.lib.workbooks.heights import TITLE_POINTS, row_heights, text_height
from pairing_portal.lib.workbooks.pen import (
    BODY,
    BODY_LEFT,
    HEADER,
    LINE_LEFT,
    LINE_MIDDLE,
    LINE_RIGHT,
    TITLE,
    Look,
    Pen,
    Value,
    printable,
)

TITLE_ROW, LINE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
A4 = 9
FOOT_HEIGHT = 24.0
MAKER = "结对帮扶管理平台"
STAMP = datetime(2018, 1, 1)  # noqa: DTZ001 (openpyxl wants no zone; fixed, so that equal tables are equal bytes)
ZIP_STAMP = (2018, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class TableDocument:
    """One printed table; widths are in Excel’s character units, one per column, indices count from 0.

    `group_keys` has one key per row: in the columns of `merge_down`, consecutive rows with equal keys share
    one merged cell. `preamble` is the left, middle and right text of the 填报单位 line; `mark` (name, time,
    export number) stands in the footer of every page; `left_columns` are set flush left, others centred.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[float, ...]
    preamble: tuple[str, str, str] = ("", "", "")
    merge_down: tuple[int, ...] = ()
    group_keys: tuple[str, ...] = ()
    totals: str = ""
    signature: str = ""
    mark: str = ""
    text_columns: frozenset[int] = frozenset()
    left_columns: frozenset[int] = frozenset()
    sheet_name: str = "名单"


def write_table(document: TableDocument) -> bytes:
    """The .xlsx file: values only, one visible sheet, equal bytes for equal documents.

    Raises ValueError when rows, widths or group keys do not fit the headers and rows.
    """
    _check(document)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = document.sheet_name
    pen = Pen(sheet)
    _write_head(pen, document)
    _write_rows(pen, document)
    _write_foot(pen, document)
    set_up_page(sheet, document.mark)
    return saved(workbook, document.title)


def _check(document: TableDocument) -> None:
    """A programmer’s slip is named here rather than printed as a crooked table."""
    width = len(document.headers)
    if len(document.widths) != width or any(len(row) != width for row in document.rows):
        raise ValueError("every row and the widths must be as long as the headers")
    if document.merge_down and len(document.group_keys) != len(document.rows):
        raise ValueError("merging down needs one group key per row")


def _write_head(pen: Pen, document: TableDocument) -> None:
    heights = pen.sheet.row_dimensions
    pen.line(TITLE_ROW, (1, len(document.headers)), document.title, TITLE)
    heights[TITLE_ROW].height = text_height(document.title, sum(document.widths), TITLE_POINTS)
    blocks = list(_blocks(document))
    for first, last, words, look in blocks:
        pen.line(LINE_ROW, (first, last), words, look)
    heights[LINE_ROW].height = max(
        text_height(words, sum(document.widths[first - 1 : last])) for first, last, words, _ in blocks
    )
    for column, title in enumerate(document.headers, 1):
        pen.put(HEADER_ROW, column, title, HEADER)
        pen.sheet.column_dimensions[get_column_letter(column)].width = document.widths[column - 1]
    heights[HEADER_ROW].height = row_heights([document.headers], document.widths)[0]


def _blocks(document: TableDocument) -> Iterator[tuple[int, int, str, Look]]:
    """Where the texts of the 填报单位 line stand: a third of the width each, or together when it is narrow."""
    width = len(document.headers)
    texts = [words for words in document.preamble if words]
    if width < 6 or len(texts) < 2:
        yield 1, width, "　　".join(texts), LINE_LEFT
        return
    first, second = (_columns_within(document.widths, share) for share in (1 / 3, 2 / 3))
    second = min(max(second, first + 1), width - 1)
    yield 1, min(first, second - 1), document.preamble[0], LINE_LEFT
    yield min(first, second - 1) + 1, second, document.preamble[1], LINE_MIDDLE
    yield second + 1, width, document.preamble[2], LINE_RIGHT


def _columns_within(widths: Sequence[float], share: float) -> int:
    """How many columns come nearest to the share of the whole width."""
    ends = [sum(widths[:count]) for count in range(1, len(widths) + 1)]
    return min(range(1, len(ends)), key=lambda count: abs(ends[count - 1] - share * ends[-1]))


def _write_rows(pen: Pen, document: TableDocument) -> None:
    groups = list(_groups(document)) if document.merge_down else []
    first_rows = {start for start, _ in groups}
    heights = row_heights(document.rows, document.widths, _shares(document, groups))
    looks = [BODY_LEFT if index in document.left_columns else BODY for index in range(len(document.headers))]
    for number, row in enumerate(document.rows):
        for index, value in enumerate(row):
            is_repeated = index in document.merge_down and number not in first_rows
            shown = None if is_repeated else _as_asked(document, index, value)
            pen.put(FIRST_ROW + number, index + 1, shown, looks[index])
        pen.sheet.row_dimensions[FIRST_ROW + number].height = heights[number]
    for start, length in groups:
        for index in document.merge_down:
            pen.merge((FIRST_ROW + start, index + 1), (FIRST_ROW + start + length - 1, index + 1))


def _as_asked(document: TableDocument, index: int, value: Value) -> Value:
    return str(value) if index in document.text_columns and value is not None else value


def _groups(document: TableDocument) -> Iterator[tuple[int, int]]:
    """First row index and length of each run of equal group keys."""
    start = 0
    for _, run in groupby(document.group_keys):
        length = len(list(run))
        yield start, length
        start += length


def _shares(document: TableDocument, groups: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """How many rows share a merged cell, by row and column index of each place in it."""
    return {
        (number, index): length
        for start, length in groups
        for number in range(start, start + length)
        for index in document.merge_down
    }


def _write_foot(pen: Pen, document: TableDocument) -> None:
    row = FIRST_ROW + len(document.rows)
    for words, look in ((document.totals, BODY_LEFT), (document.signature, LINE_LEFT)):
        if words:
            pen.line(row, (1, len(document.headers)), words, look)
            height = text_height(words, sum(document.widths))
            pen.sheet.row_dimensions[row].height = max(FOOT_HEIGHT, height)
            row += 1


def set_up_page(sheet: Worksheet, mark: str) -> None:
    """A4 landscape, the head on every page, page numbers and the mark at its foot."""
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 1)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.65, 0.3, 0.3
    footer = sheet.oddFooter
    footer.center.text, footer.center.size = "第 &P 页，共 &N 页", 9
    if mark:
        footer.right.text, footer.right.size = printable(mark).replace("&", "&&"), 8


def saved(workbook: Workbook, title: str) -> bytes:
    """The file without a maker’s name, a time or anything else that differs from one run to the next."""
    workbook.properties.creator, workbook.properties.title = MAKER, printable(title)
    workbook.properties.created = workbook.properties.modified = STAMP
    draft, final = BytesIO(), BytesIO()
    ExcelWriter(workbook, ZipFile(draft, "w", ZIP_DEFLATED)).save()
    with ZipFile(draft) as source, ZipFile(final, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(ZipInfo(entry.filename, ZIP_STAMP), source.read(entry), ZIP_DEFLATED)
    return final.getvalue()
