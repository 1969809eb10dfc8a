"""From a workbook to typed rows, each with what is wrong with it; knows nothing of what is stored."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError

from pairing_portal.lib.identifiers import Remark
from pairing_portal.lib.text import clean_text
from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.entries import TableRow
from pairing_portal.lib.workbooks.parsing import Level, ParsedColumn, Problem, parse_row
from pairing_portal.lib.workbooks.sheets import Mend, Workbook
from pairing_portal.lib.workbooks.tables import Table, find_tables
from students.imports.composites import NOTHING, take_apart
from students.imports.notes import notes_on

Values = dict[str, Any]
LEFT_OUT = "按您的选择，这一行不导入。"
UNNAMED = re.compile(r"(sheet|工作表)\s*\d*", re.IGNORECASE)  # what a program calls a new sheet
COLUMNS_MISSING = "columns_missing"
Check = Callable[[Values], Iterable[tuple[str, Remark]]]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One entry of the list: where it stands, its values by column key, and what is wrong with it.

    `cells` are those of the sheet, with what was typed anew; of a row left out the values are read all the same.
    """

    sheet: str
    number: int
    values: Values
    problems: tuple[Problem, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    mend: Mend | None = None

    @property
    def is_refused(self) -> bool:
        """Whether an error keeps the row out."""
        return any(problem.level == "error" for problem in self.problems)

    @property
    def place(self) -> str:
        """Where the row stands, as Excel names it."""
        return f"工作表“{self.sheet}”第 {self.number} 行"

    def problem(self, code: str, column: str, message: str, level: Level = "error") -> Problem:
        """A problem of this row."""
        return Problem(code, level, self.sheet, self.number, column, message)

    def remarked(self, code: str, column: str, message: str) -> "RosterRow":
        """The row with one more remark."""
        return replace(self, problems=(*self.problems, self.problem(code, column, message, "warning")))

    def refused(self, code: str, column: str, message: str) -> "RosterRow":
        """The row with one more error."""
        return replace(self, problems=(*self.problems, self.problem(code, column, message)))


@dataclass(frozen=True)
class Reading:
    """All rows of the file in order, and what of the file was not read."""

    rows: tuple[RosterRow, ...]
    unknown_columns: tuple[str, ...]
    notes: tuple[str, ...]


def read_rows(
    workbook: Workbook, columns: Sequence[ParsedColumn], check: Check, *, sheets_name: str = "school"
) -> Reading:
    """The typed rows of every table; a blank or absent cell has no value. ValidationError without any table.

    Where the column `sheets_name` is absent, as on lists with one sheet per school, the sheet's name stands for it.
    """
    found = find_tables(workbook, columns)
    usable = [table for table in found.tables if not table.missing_required]
    if not usable:
        raise _nothing_found(found.tables, columns)
    rows = (row for table in usable for row in _typed_rows(table, columns, check, sheets_name))
    unknown = dict.fromkeys(title for table in usable for title in table.unknown_headers)
    return Reading(tuple(rows), tuple(unknown), tuple(notes_on(workbook, found)))


def _nothing_found(tables: Sequence[Table], columns: Sequence[ParsedColumn]) -> ValidationError:
    """`no_table` where nothing looks like a header; `columns_missing` where somebody can say which column is which."""
    required = "、".join(column.title for column in columns if column.required)
    if not tables:
        sentence = f"没有找到名单的表头。请确认表头里有“{required}”等列，名册类型选对了。"
        return ValidationError(sentence, code="no_table")
    missing = "、".join(tables[0].missing_required)
    sentence = f"没有认出“{missing}”这一列。请指出是哪一列，或改选名册类型。"
    return ValidationError(sentence, code=COLUMNS_MISSING)


def _typed_rows(
    table: Table, columns: Sequence[ParsedColumn], check: Check, sheets_name: str
) -> Iterator[RosterRow]:
    titles = {column.key: column.title for column in columns}
    every = [column.in_calendar(table.counts_from_1904) for column in columns]
    present = [column for column in every if column.key in table.columns]
    composite = [column.key for column in every if column.may_tell_more]
    named_by_sheet = _named_by_sheet(table, sheets_name)
    for row in table.rows:
        read = present if row.mend is None else [column for column in every if column.key in row.cells]
        values, problems = parse_row(read, row)
        remarks = take_apart(values, composite, titles)
        values = named_by_sheet | {key: value for key, value in values.items() if value not in NOTHING}
        for key, remark in (*remarks, *check(values)):
            problems.append(_remark(row, titles[key], remark))
        if row.mend is not None and row.mend.is_left_out:
            problems = [Problem("left_out", "error", row.sheet, row.number, "", LEFT_OUT)]
        yield RosterRow(row.sheet, row.number, values, tuple(problems), row.cells, row.mend)


def _named_by_sheet(table: Table, sheets_name: str) -> Values:
    """The fact that the sheet's name tells, unless a column does, or nobody ever named the sheet."""
    name = clean_text(table.sheet_name)
    if not sheets_name or sheets_name in table.columns or UNNAMED.fullmatch(name):
        return {}
    return {sheets_name: name}


def _remark(row: TableRow, title: str, remark: Remark) -> Problem:
    return Problem(remark.code, "warning", row.sheet, row.number, title, remark.message)


def refuse_repeats(rows: Iterable[RosterRow], key: str, column: str, code: str) -> tuple[RosterRow, ...]:
    """Refuse every row whose value under the key stands in an earlier row, and name that row (safety I4)."""
    first: dict[Any, RosterRow] = {}
    checked = []
    for row in rows:
        value = row.values.get(key)
        earlier = first.setdefault(value, row) if value else row
        if earlier is not row:
            name = earlier.values.get("name", "")
            sentence = f"与{earlier.place}（{name}）的{column}相同，请核对后只留一行。"
        checked.append(row if earlier is row else row.refused(code, column, sentence))
    return tuple(checked)
