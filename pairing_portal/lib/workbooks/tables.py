"""The tables inside a workbook: which columns they have and which of their rows are entries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pairing_portal.lib.workbooks.cells import Cell, as_text
from pairing_portal.lib.workbooks.entries import TableRow, entries, untitled_columns
from pairing_portal.lib.workbooks.headers import (
    COUNTERS,
    Header,
    HeaderColumn,
    find_header,
    likeliest_header,
    rearranged,
    with_untitled,
)
from pairing_portal.lib.workbooks.sheets import Sheet, Span, Workbook
from pairing_portal.lib.workbooks.titles import plain


@dataclass(frozen=True)
class Table:
    """A table found in a sheet; `header_row` counts from 1, `columns` gives positions from 0 by key.

    `labels` are position and words of its titled columns, `hidden_rows` the hidden ones that hold entries.
    """

    sheet_name: str
    header_row: int
    columns: dict[str, int]
    labels: tuple[tuple[int, str], ...]
    unknown_headers: tuple[str, ...]
    missing_required: tuple[str, ...]
    preamble: tuple[str, ...]
    rows: tuple[TableRow, ...]
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    counts_from_1904: bool = False


@dataclass(frozen=True)
class Tables:
    """All tables of the visible sheets in order, and the names of sheets with content but without a table."""

    tables: tuple[Table, ...]
    sheets_without: tuple[str, ...]


def find_table(sheet: Sheet, columns: Sequence[HeaderColumn]) -> Table | None:
    """The sheet’s table, or None when no row names two of the columns; required ones may still be missing."""
    header = find_header(sheet, columns)
    return None if header is None else _table(sheet, header, columns, {})


def find_tables(workbook: Workbook, columns: Sequence[HeaderColumn]) -> Tables:
    """The tables of every visible sheet under the workbook’s layout; blank sheets are passed over in silence.

    Where no sheet has a header that is recognised, the likeliest rows stand for one, to be told by hand.
    """
    sheets = [
        sheet
        for sheet in workbook.sheets
        if sheet.may_hold_a_table and sheet.name not in workbook.layout.passed_over
    ]
    headers = {sheet.name: find_header(sheet, columns) for sheet in sheets}
    if not any(headers.values()):
        headers = {sheet.name: likeliest_header(sheet, columns) for sheet in sheets}
    tables = tuple(
        _table(sheet, header, columns, workbook.layout.columns)
        for sheet in sheets
        if (header := headers[sheet.name]) is not None
    )
    return Tables(tables, tuple(name for name, header in headers.items() if header is None))


def _table(sheet: Sheet, header: Header, columns: Sequence[HeaderColumn], chosen: Mapping[str, str]) -> Table:
    counters = {column.key for column in columns if plain(column.title) in COUNTERS}
    whole = rearranged(header, chosen, columns) if chosen else header
    rows = tuple(entries(sheet, whole, counters))
    if untitled := untitled_columns(sheet, whole, rows):
        whole = with_untitled(whole, untitled, columns)
        if any(label in chosen for _, label in untitled):
            whole = rearranged(whole, chosen, columns)
            rows = tuple(entries(sheet, whole, counters))
    return Table(
        sheet_name=sheet.name,
        header_row=whole.row,
        columns=whole.columns,
        labels=whole.labels,
        unknown_headers=whole.unknown,
        missing_required=whole.missing,
        preamble=texts(sheet.rows[: whole.row - 1]),
        rows=rows,
        hidden_rows=_spans_with(sheet.hidden_rows, (row.number for row in rows)),
        hidden_columns=tuple(
            index for index, _ in whole.labels if _is_within(sheet.hidden_columns, index + 1)
        ),
        counts_from_1904=sheet.counts_from_1904,
    )


def _spans_with(spans: Sequence[Span], numbers: Iterable[int]) -> tuple[Span, ...]:
    """Those of the spans that hold one of the numbers, cut off at the last of them."""
    inside = [number for number in numbers if _is_within(spans, number)] if spans else []
    return tuple(
        (first, min(last, inside[-1]))
        for first, last in spans
        if any(first <= number <= last for number in inside)
    )


def _is_within(spans: Iterable[Span], number: int) -> bool:
    return any(first <= number <= last for first, last in spans)


def texts(rows: Iterable[Sequence[Cell]]) -> tuple[str, ...]:
    """The words of some rows, cell by cell."""
    return tuple(as_text(cell).strip() for row in rows for cell in row if cell is not None)
