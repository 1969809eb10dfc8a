"""The rows of a table that are entries, and what stands in their cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.foot import is_foot, is_note
from pairing_portal.lib.workbooks.headers import Header
from pairing_portal.lib.workbooks.sheets import Mend, Sheet

MIXED_ROW = 2  # under a 填表说明, a line with fewer recognised cells belongs to the explanation
NO_TITLE = "没有标题"


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


def entries(sheet: Sheet, header: Header, counters: set[str]) -> Iterator[TableRow]:
    """The rows below the header that hold an entry, with cells merged downwards filled in."""
    first = header.row + header.depth
    telling = [index for key, index in header.columns.items() if key not in counters]
    titles = [_at(row, telling) for row in sheet.rows[header.row - 1 : first - 1]]
    headings = _merged_across(sheet, telling)
    merged = _merged_down(sheet, first)
    formulas = _formulas_by_row(sheet, header, merged)
    is_below_notes = False
    for number, row in enumerate(sheet.rows[first - 1 :], first):
        cells = _at(row, telling)
        told = [cell for cell in cells if cell is not None]
        is_below_notes = is_below_notes or is_note(row)
        if not told or cells in titles or number in headings or (is_below_notes and len(told) < MIXED_ROW):
            continue
        if not is_foot(row, telling):
            yield _entry(sheet, number, header, merged.get(number, {}), formulas.get(number, frozenset()))


def _merged_across(sheet: Sheet, telling: Sequence[int]) -> set[int]:
    """Rows that are a heading of the next ones: one cell merged over most of the columns."""
    across = [merge for merge in sheet.merges if merge.top == merge.bottom and merge.right > merge.left]
    return {
        merge.top
        for merge in across
        if (covered := sum(merge.left <= index + 1 <= merge.right for index in telling)) > 1
        and covered * 2 > len(telling)
    }


def untitled_columns(sheet: Sheet, header: Header, rows: Iterable[TableRow]) -> list[tuple[int, str]]:
    """Position (from 0) and label of columns without a title in which one of the entries has something."""
    titled = {
        index
        for row in sheet.rows[header.row - 1 : header.row + header.depth - 1]
        for index, cell in enumerate(row)
        if cell is not None
    } | {index for index, _ in header.labels}
    width = max(map(len, sheet.rows), default=0)
    waiting = [index for index in range(width) if index not in titled]
    told = [sheet.rows[row.number - 1] for row in rows] if waiting else []
    found = [index for index in waiting if any(index < len(row) and row[index] is not None for row in told)]
    return [(index, f"{_title_over(sheet, header, index)}（{column_letters(index)} 列）") for index in found]


def _title_over(sheet: Sheet, header: Header, index: int) -> str:
    """The title of the merged cell that the column stands under, or that there is none."""
    titles = dict(header.labels)
    last = header.row + header.depth - 1
    over = (
        titles.get(merge.left - 1, NO_TITLE)
        for merge in sheet.merges
        if merge.top <= last <= merge.bottom and merge.left <= index + 1 <= merge.right
    )
    return next(over, NO_TITLE)


def column_letters(index: int) -> str:
    """What Excel calls the column at the position (from 0)."""
    number, letters = index + 1, ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


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
