"""The rows a file was refused for, as a workbook: the reason beside the cells, to be put right and sent again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.lib.workbooks.cells import Cell, as_text
from pairing_portal.lib.workbooks.entries import TableRow
from pairing_portal.lib.workbooks.filling import FillColumn, FillInDocument
from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairing_portal.lib.workbooks.parsing import LONGEST_SAFE_NUMBER
from pairing_portal.lib.workbooks.pen import Value
from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from pairing_portal.lib.workbooks.tables import Table, find_tables
from pairing_portal.lib.workbooks.titles import spellings
from students.exports.choices import ORIGIN, REASON, Filling
from students.imports.lists import RETURNED
from students.imports.previews import Preview, ShownRow
from students.models import RosterImport

LEAD = "名单日期：{day}。橙色的格子有问题，原因写在“退回原因”里；改好后在“名册导入”里上传，只会导入这些行。"


@dataclass(frozen=True, slots=True)
class Returned:
    """A refused row with its cells as the sheet has them, under the titles of the sheet where they are known here."""

    shown: ShownRow
    row: TableRow
    others: Mapping[str, Cell]


def returned_rows(
    workbook: Workbook, preview: Preview, columns: Sequence[HeaderColumn]
) -> tuple[list[Returned], dict[str, str]]:
    """The refused rows, those left out by choice aside, and the file's own titles by key."""
    refused = {(row.sheet, row.number): row for row in preview.returning}
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    titles: dict[str, str] = {}
    found = []
    for table in find_tables(workbook, columns).tables:
        heads = dict(table.labels)
        titles = _own_titles(table, heads, columns) | titles
        for row in table.rows:
            shown = refused.get((row.sheet, row.number))
            if shown is not None:
                found.append(Returned(shown, row, _others(sheets[row.sheet], table, heads, row)))
    return found, titles


def _own_titles(table: Table, heads: Mapping[int, str], columns: Sequence[HeaderColumn]) -> dict[str, str]:
    """The file's title of each column, where it tells the column by itself."""
    known = {
        column.key: {word for title in (column.title, *column.synonyms) for word in spellings(title)}
        for column in columns
    }
    return {
        key: heads[index]
        for key, index in table.columns.items()
        if index in heads and known[key] & {*spellings(heads[index])}
    }


def _others(sheet: Sheet, table: Table, heads: Mapping[int, str], row: TableRow) -> dict[str, Cell]:
    """Cells of the columns that are not read; they come back as they were."""
    cells = sheet.rows[row.number - 1]
    unread = (index for index in heads if index not in table.columns.values() and index < len(cells))
    return {heads[index]: cells[index] for index in unread}


def returned(
    roster: RosterImport,
    rows: Sequence[Returned],
    titles: Mapping[str, str],
    columns: Sequence[HeaderColumn],
    fillings: Mapping[str, Filling],
    mark: str,
) -> FillInDocument:
    """The workbook of these rows: the file's columns, then the reason and where the row stood."""
    used = _used(roster, rows, columns)
    others = list(dict.fromkeys(title for each in rows for title in each.others))
    ours = (
        *(_column(column, titles, fillings) for column in used),
        *(FillColumn(title=each) for each in others),
    )
    return FillInDocument(
        title=f"{roster.year}年{roster.get_kind_display()}（退回的行）",
        lead=LEAD.format(day=date_cn(roster.listed_on)),
        columns=(*ours, REASON, ORIGIN),
        rows=tuple(tuple(_cells(each, used, others)) for each in rows),
        faulty=frozenset(_faulty(rows, used)),
        mark=mark,
        sheet_name=RETURNED,
    )


def _used(
    roster: RosterImport, rows: Sequence[Returned], columns: Sequence[HeaderColumn]
) -> list[HeaderColumn]:
    """The columns of the file, and the school, after which the sheets of a roster may be named."""
    keys = {key for each in rows for key in each.row.cells}
    if roster.kind != RosterImport.Kind.PAIRINGS:
        keys.add("school")
    return [column for column in columns if column.key in keys]


def _faulty(rows: Sequence[Returned], used: Sequence[HeaderColumn]) -> Iterator[tuple[int, int]]:
    """The cells that keep their rows out."""
    for number, each in enumerate(rows):
        titles = {problem.column for problem in each.shown.problems if problem.level == "error"}
        yield from ((number, index) for index, column in enumerate(used) if column.title in titles)


def _column(column: HeaderColumn, titles: Mapping[str, str], fillings: Mapping[str, Filling]) -> FillColumn:
    filling = fillings.get(column.key, Filling())
    return FillColumn(title=titles.get(column.key, column.title), width=filling.width, is_text=True)


def _cells(each: Returned, used: Sequence[HeaderColumn], others: Sequence[str]) -> Iterator[Value]:
    for column in used:
        cell = each.row.cells.get(column.key)
        yield _text(each.row.sheet if column.key == "school" and "school" not in each.row.cells else cell)
    yield from (_text(each.others.get(title)) for title in others)
    yield "；".join(_reasons(each.shown))
    yield f"{each.shown.sheet} 第 {each.shown.number} 行"


def _text(cell: Cell) -> str | None:
    """The cell as text; a number that Excel has cut must not come back as if it were right."""
    if isinstance(cell, int | float) and abs(cell) >= LONGEST_SAFE_NUMBER:
        return None
    return as_text(cell) or None


def _reasons(shown: ShownRow) -> Iterable[str]:
    return (f"{each.column}：{each.message}" for each in shown.problems if each.level == "error")
