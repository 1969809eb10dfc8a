"""One cell’s value, the same whether it came from .xlsx or .xls."""

from datetime import date, datetime, time, timedelta
from math import isfinite

from pairing_portal.lib.accents import without_piles

Cell = str | float | int | bool | date | datetime | None
RawCell = str | float | int | bool | date | datetime | time | timedelta


def normalise(raw: RawCell) -> Cell:
    """The value as a clerk would call it: blank is None, 3.0 is 3, midnight is a date; text stays as written.

    Numbers stay numbers whatever their length, so that an ID number typed as one is still seen as such; what no
    number is (NaN, 1e999) is a text that no parser takes for one.
    """
    if isinstance(raw, str):
        if raw.isalnum():  # most cells: words without blanks, signs or marks
            return raw
        return without_piles(raw) if raw.strip("\u200b\ufeff \t\r\n\u3000\xa0") else None
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else (raw if isfinite(raw) else str(raw))
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == time() else raw
    return str(raw) if isinstance(raw, time | timedelta) else raw


def as_text(cell: Cell) -> str:
    """The cell as it would be read aloud from the sheet; blank is the empty string."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return str(cell)
