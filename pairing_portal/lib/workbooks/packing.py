"""Sheets as JSON: from the reader’s process to ours, and between preview and confirm."""

from datetime import date, datetime
from typing import Any

from pairing_portal.lib.workbooks.sheets import Merge, Sheet


def packed(sheet: Sheet) -> list[Any]:
    """The sheet as lists and plain values; days are left to `packed_day`."""
    return [
        sheet.name,
        sheet.is_visible,
        sheet.rows,
        sorted(sheet.formulas),
        [(merge.top, merge.left, merge.bottom, merge.right) for merge in sheet.merges],
        sheet.hidden_rows,
        sheet.hidden_columns,
        sheet.counts_from_1904,
    ]


def unpacked(values: list[Any]) -> Sheet:
    """The sheet that `packed` wrote."""
    name, is_visible, rows, formulas, merges, hidden_rows, hidden_columns, counts_from_1904 = values
    return Sheet(
        name,
        is_visible,
        tuple(map(tuple, rows)),
        frozenset(map(tuple, formulas)),
        tuple(Merge(*corners) for corners in merges),
        hidden_rows=tuple(map(tuple, hidden_rows)),
        hidden_columns=tuple(map(tuple, hidden_columns)),
        counts_from_1904=counts_from_1904,
    )


def packed_day(value: date) -> dict[str, str]:
    """The one kind of cell that JSON does not know; for `json.dumps(default=…)`."""
    return {"on": value.isoformat()}


def unpacked_day(value: dict[str, Any]) -> Any:
    """A day back from JSON, for `json.loads(object_hook=…)`; one at midnight was sent as a date, so T marks a time."""
    if "on" not in value:
        return value
    return datetime.fromisoformat(value["on"]) if "T" in value["on"] else date.fromisoformat(value["on"])
