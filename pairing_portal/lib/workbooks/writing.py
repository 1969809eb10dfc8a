"""An office table as .xlsx, ready to print on A4 landscape: title, 填报单位 line, rows, signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pairing_portal.lib.workbooks.heights import BODY_POINTS, TITLE_POINTS, row_heights, text_height

Value = str | int | Decimal | date | None

LONGEST_NUMBER = 10**11  # numbers of more than 11 digits are text cells (safety D4)
FORMULA_STARTS = ("=", "+", "-", "@", "'")
TEXT = "@"
A4 = 9
TITLE_ROW, LINE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
MAKER = "结对帮扶管理平台"
STAMP = datetime(2018, 1, 1)  # noqa: DTZ001 (a workbook's own dates have no zone; fixed, so that equal tables are equal bytes)
ZIP_STAMP = (2018, 1, 1, 0, 0, 0)

THIN = Side(style="thin", color="FF000000")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
GREY = PatternFill("solid", start_color="FFE7E6E6")
FACE = "宋体"
TITLE_FONT = Font(name=FACE, size=TITLE_POINTS, bold=True)
HEADER_FONT = Font(name=FACE, size=BODY_POINTS, bold=True)
BODY_FONT = Font(name=FACE, size=BODY_POINTS)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)


@dataclass(frozen=True, kw_only=True)
class TableDocument:
    """One printed table; widths are in Excel’s character units, one per column.

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
    """The .xlsx file: values only, one visible sheet, equal bytes for equal documents."""
    _check(document)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = document.sheet_name
    _write_head(sheet, document)
    _write_rows(sheet, document)
    _merge_groups(sheet, document)
    _write_foot(sheet, document)
    _set_up_page(sheet, document)
    return _saved(workbook, document.title)


def _check(document: TableDocument) -> None:
    """A programmer’s slip is named here rather than printed as a crooked table."""
    width = len(document.headers)
    if len(document.widths) != width or any(len(row) != width for row in document.rows):
        raise ValueError("every row and the widths must be as long as the headers")
    if document.merge_down and len(document.group_keys) != len(document.rows):
        raise ValueError("merging down needs one group key per row")


def _write_head(sheet: Worksheet, document: TableDocument) -> None:
    width = len(document.headers)
    total = sum(document.widths)
    _put_line(sheet, TITLE_ROW, (1, width), document.title, TITLE_FONT, CENTRED)
    sheet.row_dimensions[TITLE_ROW].height = text_height(document.title, total, TITLE_POINTS)
    blocks = list(_blocks(document))
    for first, last, words, alignment in blocks:
        _put_line(sheet, LINE_ROW, (first, last), words, BODY_FONT, alignment)
    sheet.row_dimensions[LINE_ROW].height = max(
        (text_height(words, sum(document.widths[first - 1 : last])) for first, last, words, _ in blocks),
        default=20,
    )
    for column, title in enumerate(document.headers, 1):
        _put(sheet.cell(HEADER_ROW, column), title, HEADER_FONT, CENTRED, GRID)
        sheet.cell(HEADER_ROW, column).fill = GREY
        sheet.column_dimensions[get_column_letter(column)].width = document.widths[column - 1]
    sheet.row_dimensions[HEADER_ROW].height = row_heights([document.headers], document.widths)[0]


def _blocks(document: TableDocument) -> Iterator[tuple[int, int, str, Alignment]]:
    """Where the texts of the 填报单位 line stand: a third of the width each, or together when it is narrow."""
    width = len(document.headers)
    texts = [words for words in document.preamble if words]
    if width < 6 or len(texts) < 2:
        yield 1, width, "　　".join(texts), LEFT
        return
    first, second = (_columns_within(document.widths, share) for share in (1 / 3, 2 / 3))
    yield 1, first, document.preamble[0], LEFT
    yield first + 1, second, document.preamble[1], CENTRED
    yield second + 1, width, document.preamble[2], RIGHT


def _columns_within(widths: Sequence[float], share: float) -> int:
    """How many columns come nearest to the share of the whole width."""
    ends = [sum(widths[:count]) for count in range(1, len(widths) + 1)]
    return min(range(1, len(ends)), key=lambda count: abs(ends[count - 1] - share * ends[-1]))


def _write_rows(sheet: Worksheet, document: TableDocument) -> None:
    heights = row_heights(document.rows, document.widths, _spans(document))
    for number, (row, height) in enumerate(zip(document.rows, heights, strict=True), FIRST_ROW):
        for index, value in enumerate(row):
            written = str(value) if index in document.text_columns and value is not None else value
            alignment = LEFT if index in document.left_columns else CENTRED
            _put(sheet.cell(number, index + 1), written, BODY_FONT, alignment, GRID)
        sheet.row_dimensions[number].height = height


def _groups(document: TableDocument) -> Iterator[tuple[int, int]]:
    """First row index and length of each run of equal group keys."""
    start = 0
    for _, run in groupby(document.group_keys):
        length = len(list(run))
        yield start, length
        start += length


def _spans(document: TableDocument) -> dict[tuple[int, int], int]:
    """Rows shared by a merged cell, by row index and column index of each of its rows."""
    return {
        (row, column): length
        for start, length in _groups(document)
        for row in range(start, start + length)
        for column in document.merge_down
    }


def _merge_groups(sheet: Worksheet, document: TableDocument) -> None:
    for start, length in _groups(document) if document.merge_down else ():
        for column in document.merge_down if length > 1 else ():
            top = FIRST_ROW + start
            sheet.merge_cells(
                start_row=top, end_row=top + length - 1, start_column=column + 1, end_column=column + 1
            )


def _write_foot(sheet: Worksheet, document: TableDocument) -> None:
    number, width = FIRST_ROW + len(document.rows), len(document.headers)
    for words, border in ((document.totals, GRID), (document.signature, None)):
        if words:
            _put_line(sheet, number, (1, width), words, BODY_FONT, LEFT, border)
            sheet.row_dimensions[number].height = max(24, text_height(words, sum(document.widths)))
            number += 1


def _put_line(
    sheet: Worksheet,
    number: int,
    span: tuple[int, int],
    words: str,
    font: Font,
    alignment: Alignment,
    border: Border | None = None,
) -> None:
    for column in range(span[0], span[1] + 1):
        _put(sheet.cell(number, column), words if column == span[0] else None, font, alignment, border)
    if span[1] > span[0]:
        sheet.merge_cells(start_row=number, end_row=number, start_column=span[0], end_column=span[1])


def _put(cell: Cell, value: Value, font: Font, alignment: Alignment, border: Border | None) -> None:
    """Write one value: text as a text cell whatever it looks like, dates and amounts as offices do."""
    if isinstance(value, str) or (isinstance(value, int) and abs(value) >= LONGEST_NUMBER):
        _put_text(cell, str(value))
    elif value is not None:
        cell.value = value
        cell.number_format = _number_format(value)
    cell.font, cell.alignment = font, alignment
    if border is not None:
        cell.border = border


def _put_text(cell: Cell, words: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)
    cell.data_type = "s"  # openpyxl takes “=1+1” for a formula and “#N/A” for an error
    cell.number_format = TEXT
    cell.quotePrefix = words.startswith(FORMULA_STARTS)


def _number_format(value: int | Decimal | date) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "0.00" if isinstance(value, Decimal) else "0"


def _set_up_page(sheet: Worksheet, document: TableDocument) -> None:
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 1)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.65, 0.3, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.center.size = 9
    if document.mark:
        sheet.oddFooter.right.text = document.mark.replace("&", "&&")
        sheet.oddFooter.right.size = 8


def _saved(workbook: Workbook, title: str) -> bytes:
    """The file without a maker’s name, a time or anything else that differs from one run to the next."""
    workbook.properties.creator, workbook.properties.title = MAKER, title
    workbook.properties.created = workbook.properties.modified = STAMP
    draft, final = BytesIO(), BytesIO()
    ExcelWriter(workbook, ZipFile(draft, "w", ZIP_DEFLATED)).save()
    with ZipFile(draft) as source, ZipFile(final, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(ZipInfo(entry.filename, ZIP_STAMP), source.read(entry), ZIP_DEFLATED)
    return final.getvalue()
