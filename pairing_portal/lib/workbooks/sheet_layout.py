"""What the parts of an .xlsx tell about a sheet beside its cells: formulas, what is hidden, from when days count."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pairing_portal.lib.workbooks.sheet_parts import formula_cells, sheet_parts
from pairing_portal.lib.workbooks.sheets import Place, Span

ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
COLUMN = re.compile(rb"<(?:\w+:)?col(?=[\s/>])([^>]*)>")
# Hidden by the menu, by a filter, by a folded outline, or drawn to no height or width.
HIDDEN = re.compile(
    rb"""\s(?:hidden\s*=\s*["'](?:1|true|on)|(?:ht|width)\s*=\s*["']0(?:\.0+)?)["']""", re.IGNORECASE
)
BEFORE_ROWS = 20_000  # bytes within which a sheet tells of its columns
NUMBER = re.compile(rb"""\s(r|min|max)\s*=\s*["'](\d+)["']""")
FROM_1904 = re.compile(rb"""\sdate1904\s*=\s*["'](?:1|true|on)["']""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What calamine leaves out about one sheet."""

    formulas: frozenset[Place] = frozenset()
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    counts_from_1904: bool = False


NOTHING_TOLD = Told()


def told_by_parts(parts: Mapping[str, bytes]) -> dict[str, Told]:
    """What is told of each sheet, by the sheet’s name."""
    from_1904 = FROM_1904.search(parts["xl/workbook.xml"]) is not None
    return {title: _told(parts[name], from_1904) for title, name in sheet_parts(parts).items()}


def _told(part: bytes, from_1904: bool) -> Told:
    formulas = formula_cells(part)
    if not _may_hide(part):
        return Told(formulas, counts_from_1904=from_1904)
    return Told(formulas, _spans(_hidden_rows(part)), _spans(_hidden_columns(part)), from_1904)


def _may_hide(part: bytes) -> bool:
    """Quickly told, since most sheets are large and hide nothing."""
    return b"hidden" in part or b'ht="0' in part or HIDDEN.search(part[:BEFORE_ROWS]) is not None


def _hidden_rows(part: bytes) -> Iterator[Span]:
    """Rows without a number of their own follow the one before."""
    number = 0
    for found in ROW.finditer(part):
        number = _numbers(found[1]).get(b"r", number + 1)
        if HIDDEN.search(found[1]):
            yield number, number


def _hidden_columns(part: bytes) -> Iterator[Span]:
    for found in COLUMN.finditer(part):
        numbers = _numbers(found[1])
        if HIDDEN.search(found[1]) and numbers.keys() >= {b"min", b"max"}:
            yield numbers[b"min"], numbers[b"max"]


def _numbers(attributes: bytes) -> dict[bytes, int]:
    return {name: int(number) for name, number in NUMBER.findall(attributes)}


def _spans(found: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours put together."""
    spans: list[Span] = []
    for first, last in found:
        if spans and first == spans[-1][1] + 1:
            spans[-1] = spans[-1][0], last
        else:
            spans.append((first, last))
    return tuple(spans)
