"""A workbook as sealed text between preview and confirm: what was read, not the file."""

import json
from datetime import date, datetime
from typing import Any

from pairing_portal.lib.workbooks.sheets import Merge, Sheet, Workbook


def workbook_as_text(workbook: Workbook) -> str:
    """The visible sheets as JSON, every cell at its place."""
    sheets = [
        [sheet.name, sheet.rows, sorted(sheet.formulas), [_corners(merge) for merge in sheet.merges]]
        for sheet in workbook.sheets
        if sheet.is_visible
    ]
    return json.dumps(sheets, default=_dated)


def workbook_from_text(text: str) -> Workbook:
    """The workbook that `workbook_as_text` wrote."""
    return Workbook(tuple(_sheet(*values) for values in json.loads(text, object_hook=_day)))


def _sheet(name: str, rows: list, formulas: list, merges: list) -> Sheet:
    return Sheet(
        name,
        is_visible=True,
        rows=tuple(tuple(row) for row in rows),
        formulas=frozenset((row, column) for row, column in formulas),
        merges=tuple(Merge(*corners) for corners in merges),
    )


def _corners(merge: Merge) -> tuple[int, int, int, int]:
    return merge.top, merge.left, merge.bottom, merge.right


def _dated(value: date) -> dict[str, str]:
    """The one kind of cell that JSON does not know."""
    return {"on": value.isoformat()}


def _day(value: dict[str, Any]) -> date:
    text = value["on"]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
