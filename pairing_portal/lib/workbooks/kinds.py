"""Which kind of list a workbook is, and which of its sheets are lists of another kind."""

from collections.abc import Mapping, Sequence

from pairing_portal.lib.workbooks.headers import HeaderColumn, find_header
from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from pairing_portal.lib.workbooks.tables import texts

Kinds = Mapping[str, Sequence[HeaderColumn]]
Words = Mapping[str, Sequence[str]]
Fit = tuple[bool, bool, int]

NO_FIT: Fit = (False, False, 0)
CLEARLY_MORE = 2  # columns by which one kind must lead where neither the title nor a required column tells


def guess_kind(workbook: Workbook, kinds: Kinds, title_words: Words | None = None) -> str | None:
    """The kind of list this is, by its columns, then by words of its title; None when two fit alike."""
    fits = [_fits(sheet, kinds, title_words or {}) for sheet in workbook.sheets if sheet.may_hold_a_table]
    best = {kind: max((fit[kind] for fit in fits), default=NO_FIT) for kind in kinds}
    ranked = sorted(best.items(), key=lambda item: item[1], reverse=True)
    if not ranked or ranked[0][1] == NO_FIT or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def guess_sheets(workbook: Workbook, kinds: Kinds, title_words: Words) -> dict[str, str]:
    """The kind of each sheet that clearly is of one kind and of no other; a workbook of one sheet has none."""
    sheets = [sheet for sheet in workbook.sheets if sheet.may_hold_a_table]
    told = {sheet.name: _clear_kind(_fits(sheet, kinds, title_words)) for sheet in sheets if len(sheets) > 1}
    return {name: kind for name, kind in told.items() if kind}


def _clear_kind(fits: Mapping[str, Fit]) -> str:
    (kind, best), *others = sorted(fits.items(), key=lambda item: item[1], reverse=True)
    second = others[0][1] if others else NO_FIT
    is_clear = best[:2] > second[:2] or best[2] >= second[2] + CLEARLY_MORE
    return kind if best[0] and is_clear else ""


def _fits(sheet: Sheet, kinds: Kinds, words: Words) -> dict[str, Fit]:
    return {kind: _fit(sheet, columns, words.get(kind, ())) for kind, columns in kinds.items()}


def _fit(sheet: Sheet, columns: Sequence[HeaderColumn], words: Sequence[str]) -> Fit:
    """How well the sheet fits: required columns all there, a word in its title, known less unknown."""
    header = find_header(sheet, columns)
    if header is None:
        return NO_FIT
    title = "".join(texts(sheet.rows[: header.row - 1]))
    is_named = any(word in title for word in words)
    return not header.missing, is_named, len(header.columns) - len(header.unknown)
