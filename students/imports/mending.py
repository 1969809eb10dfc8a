"""Refused rows put right on the preview: what can be typed anew, and how it is kept with the import."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from pairing_portal.lib.workbooks.cells import as_text
from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairing_portal.lib.workbooks.sheets import Mend, Workbook
from students.imports.facts import SECRET
from students.imports.previews import ShownCell, ShownRow
from students.imports.reading import RosterRow

RowPlace = tuple[str, int]  # the sheet's name and the number of the row
Mends = dict[RowPlace, Mend]
LONG_NUMBER = re.compile(r"[0-9０-９]{15}")
UNDECIDED = {"match_uncertain", "match_ambiguous", "numbers_disagree"}
# what tells people of one name apart, offered where a row does not say whom it means
TELLING = (
    *("id_number", "student_number", "birth_date", "guardian_name", "school", "class_grade", "class_number"),
    *("phone", "teacher_phone", "teacher_school"),
)


def mends_from_text(text: str | None) -> Mends:
    """What was typed anew so far, by row."""
    return {
        (sheet, number): Mend(cells, is_left_out, turn)
        for sheet, number, cells, is_left_out, turn in json.loads(text or "[]")
    }


def mends_as_text(mends: Mends) -> str:
    """The same as JSON; nothing where nothing was mended."""
    rows = [[*place, dict(mend.cells), mend.is_left_out, mend.turn] for place, mend in mends.items()]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def mended(workbook: Workbook, text: str | None) -> Workbook:
    """The workbook as it was read, with what was typed anew."""
    mends = mends_from_text(text)
    if not mends:
        return workbook
    return Workbook(
        tuple(
            replace(
                sheet, mends={number: mend for (name, number), mend in mends.items() if name == sheet.name}
            )
            for sheet in workbook.sheets
        )
    )


def with_cells(shown: ShownRow, row: RosterRow, columns: Sequence[HeaderColumn]) -> ShownRow:
    """The shown row with what of it can be mended."""
    if row.mend is None and not shown.is_refused:
        return shown
    keys, mend = _doubtful(row, columns), row.mend or Mend()
    return replace(
        shown,
        cells=tuple(_cell(column, row) for column in columns if column.key in keys),
        is_mended=row.mend is not None,
        is_left_out=mend.is_left_out,
        turn=mend.turn,
    )


def _doubtful(row: RosterRow, columns: Sequence[HeaderColumn]) -> set[str]:
    """Keys of the cells that keep the row out, and of those that were typed."""
    errors = [problem for problem in row.problems if problem.level == "error"]
    titles = {problem.column_title for problem in errors}
    keys = {column.key for column in columns if column.title in titles}
    if any(problem.code in UNDECIDED for problem in errors):
        keys |= {*TELLING}
    return keys | {*row.mend.cells} if row.mend else keys


def _cell(column: HeaderColumn, row: RosterRow) -> ShownCell:
    """The cell as the sheet or the clerk wrote it; a number is never shown, a faulty one tells the true one too."""
    words = as_text(row.cells.get(column.key))
    is_secret = column.key in SECRET or LONG_NUMBER.search(words) is not None
    return ShownCell(column.key, column.title, "" if is_secret else words, is_secret)
