"""The tables inside a workbook: which columns they have and which of their rows are entries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pairing_portal.lib.workbooks.cells import Cell, as_text
from pairing_portal.lib.workbooks.foot import is_foot, is_note
from pairing_portal.lib.workbooks.headers import COUNTERS, Header, HeaderColumn, find_header, plain
from pairing_portal.lib.workbooks.sheets import GUIDE, Mend, Sheet, Workbook

MIXED_ROW = 2  # under a 填表说明, a line with fewer recognised cells belongs to the explanation


@dataclass(frozen=True, slots=True)
class TableRow:
    """One entry: the sheet, the row number Excel shows, and the cells of the recognised columns by key.

    A cell typed anew stands in the place of the sheet's own, also under a column that the sheet lacks.
    """

    sheet: str
    number: int
    cells: dict[str, Cell]
    formulas: frozenset[str] = frozenset()
    mend: Mend | None = None


@dataclass(frozen=True)
class Table:
    """A table found in a sheet; `header_row` counts from 1, `columns` gives positions from 0 by key."""

    sheet_name: str
    header_row: int
    columns: dict[str, int]
    unknown_headers: tuple[str, ...]
    missing_required: tuple[str, ...]
    preamble: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Tables:
    """All tables of the visible sheets in order, and the names of sheets with content but without a table."""

    tables: tuple[Table, ...]
    sheets_without: tuple[str, ...]


def find_table(sheet: Sheet, columns: Sequence[HeaderColumn]) -> Table | None:
    """The sheet’s table, or None when no row names two of the columns; required ones may still be missing."""
    header = find_header(sheet, columns)
    if header is None:
        return None
    counters = {column.key for column in columns if plain(column.title) in COUNTERS}
    return Table(
        sheet_name=sheet.name,
        header_row=header.row,
        columns=header.columns,
        unknown_headers=header.unknown,
        missing_required=header.missing,
        preamble=_texts(sheet.rows[: header.row - 1]),
        rows=tuple(_entries(sheet, header, counters)),
    )


def find_tables(workbook: Workbook, columns: Sequence[HeaderColumn]) -> Tables:
    """The tables of every visible sheet; blank sheets are passed over in silence."""
    sheets = [sheet for sheet in workbook.sheets if _may_hold_a_table(sheet)]
    found = [(sheet.name, find_table(sheet, columns)) for sheet in sheets]
    tables = tuple(table for _, table in found if table is not None)
    return Tables(tables, tuple(name for name, table in found if table is None))


def _may_hold_a_table(sheet: Sheet) -> bool:
    return sheet.is_visible and not sheet.is_blank and sheet.name != GUIDE


def guess_kind(
    workbook: Workbook,
    kinds: Mapping[str, Sequence[HeaderColumn]],
    title_words: Mapping[str, Sequence[str]] | None = None,
) -> str | None:
    """The kind of list this is, by its columns, then by words of its title; None when two fit alike."""
    words = title_words or {}
    scores = {kind: _fit(workbook, columns, words.get(kind, ())) for kind, columns in kinds.items()}
    ranked = sorted(scores.items(), key=lambda item: item[1], reverse=True)
    if not ranked or ranked[0][1] == NO_FIT or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


Fit = tuple[bool, bool, int]
NO_FIT: Fit = (False, False, 0)


def _fit(workbook: Workbook, columns: Sequence[HeaderColumn], words: Sequence[str]) -> Fit:
    """How well the best sheet fits: required columns all there, a word in its title, known less unknown."""
    fits = [NO_FIT]
    for sheet in workbook.sheets:
        header = find_header(sheet, columns) if _may_hold_a_table(sheet) else None
        if header is not None:
            title = "".join(_texts(sheet.rows[: header.row - 1]))
            is_named = any(word in title for word in words)
            fits.append((not header.missing, is_named, len(header.columns) - len(header.unknown)))
    return max(fits)


def _texts(rows: Iterable[Sequence[Cell]]) -> tuple[str, ...]:
    return tuple(as_text(cell).strip() for row in rows for cell in row if cell is not None)


def _entries(sheet: Sheet, header: Header, counters: set[str]) -> Iterator[TableRow]:
    """The rows below the header that hold an entry, with cells merged downwards filled in."""
    first = header.row + header.depth
    telling = [index for key, index in header.columns.items() if key not in counters]
    titles = _at(sheet.rows[header.row - 1], telling)
    merged = _merged_down(sheet, first)
    formulas = _formulas_by_row(sheet, header, merged)
    is_below_notes = False
    for number, row in enumerate(sheet.rows[first - 1 :], first):
        told = [cell for cell in _at(row, telling) if cell is not None]
        is_below_notes = is_below_notes or is_note(row)
        if not told or _at(row, telling) == titles or (is_below_notes and len(told) < MIXED_ROW):
            continue
        if not is_foot(row, telling):
            yield _entry(sheet, number, header, merged.get(number, {}), formulas.get(number, frozenset()))


def _at(row: Sequence[Cell], indices: Iterable[int]) -> list[Cell]:
    width = len(row)
    return [row[index] if index < width else None for index in indices]


def _entry(
    sheet: Sheet, number: int, header: Header, merged: Mapping[int, int], formulas: frozenset[str]
) -> TableRow:
    row = sheet.rows[number - 1]
    width = len(row)
    cells = {key: row[index] if index < width else None for key, index in header.columns.items()}
    for key, index in header.columns.items() if merged else ():
        if index in merged:
            cells[key] = sheet.rows[merged[index] - 1][index]
    mend = sheet.mends.get(number)
    if mend is None:
        return TableRow(sheet.name, number, cells, formulas)
    typed = {key: text or None for key, text in mend.cells.items()}
    return TableRow(sheet.name, number, cells | typed, formulas - typed.keys(), mend)


def _merged_down(sheet: Sheet, first: int) -> dict[int, dict[int, int]]:
    """Where a merged cell’s value stands: source row by row number and column (from 0), below the header."""
    sources: dict[int, dict[int, int]] = {}
    for merge in sheet.merges:
        if merge.top >= first:
            for number in range(merge.top + 1, merge.bottom + 1):
                sources.setdefault(number, {})[merge.left - 1] = merge.top
    return sources


def _formulas_by_row(
    sheet: Sheet, header: Header, merged: Mapping[int, Mapping[int, int]]
) -> dict[int, frozenset[str]]:
    """Keys of the columns whose cell is a formula, by row number; merged cells follow their first."""
    keys = {index: key for key, index in header.columns.items()}
    places = [(row, column - 1) for row, column in sheet.formulas]
    places += [
        (number, column)
        for number, columns in (merged if places else {}).items()
        for column, top in columns.items()
        if (top, column + 1) in sheet.formulas
    ]
    found: dict[int, set[str]] = {}
    for number, column in places:
        if column in keys:
            found.setdefault(number, set()).add(keys[column])
    return {number: frozenset(names) for number, names in found.items()}
