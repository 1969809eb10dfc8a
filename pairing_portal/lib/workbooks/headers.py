"""Finding the header row of a table by what its cells say, never by where they stand."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pairing_portal.lib.workbooks.cells import as_text
from pairing_portal.lib.workbooks.sheets import Sheet

ROWS_SEARCHED = 15
COUNTERS = frozenset({"序号", "编号", "序", "no", "no."})  # running numbers say nothing about the row
OUR_NOTES = frozenset({"退回原因", "原文件位置"})  # what we wrote beside the rows that came back

SPACE = re.compile(r"[\s\u200b\ufeff*＊:：]+")
NOTE = re.compile(r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]")


@dataclass(frozen=True, kw_only=True)
class HeaderColumn:
    """A column the reader looks for: its key here, its title and the other titles offices give it."""

    key: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Header:
    """The header found: its first row (from 1), how many rows it has, what stands where (from 0)."""

    row: int
    depth: int
    columns: dict[str, int]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def plain(text: str) -> str:
    """A header reduced to what it says: no spaces, line breaks, colons or stars, half-width, lower case."""
    return SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def spellings(text: str) -> tuple[str, ...]:
    """The header as written and without its bracketed note: 人均年收入（元） is also 人均年收入."""
    whole = plain(text)
    bare = NOTE.sub("", whole)
    return (whole, bare) if bare and bare != whole else (whole,)


def find_header(sheet: Sheet, columns: Sequence[HeaderColumn]) -> Header | None:
    """The row among the first 15 not blank that names the most columns, all required ones first."""
    found = [
        header for header in _candidates(sheet, tuple(columns)) if len(header.columns) >= min(2, len(columns))
    ]
    return max(found, key=_rank, default=None)


def _rank(header: Header) -> tuple[bool, int, int, int]:
    """Of equally telling rows the one with fewer unknown titles, then the upper one, is the header."""
    return not header.missing, len(header.columns), -len(header.unknown), -header.row


def _candidates(sheet: Sheet, columns: tuple[HeaderColumn, ...]) -> Iterator[Header]:
    filled = [number for number, row in enumerate(sheet.rows, 1) if row.count(None) < len(row)]
    for number in filled[:ROWS_SEARCHED]:
        header = _match(number, 1, _names(sheet, number), columns)
        yield header
        if header.columns and any(merge.top == number for merge in sheet.merges):
            yield _match(number, 2, _names_of_two_rows(sheet, number), columns)


def _names(sheet: Sheet, number: int) -> list[tuple[str, ...]]:
    row = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
    return [spellings(as_text(cell)) if cell is not None else () for cell in row]


def _names_of_two_rows(sheet: Sheet, number: int) -> list[tuple[str, ...]]:
    """Each column’s names when a merged cell heads several lower ones: 监护人 over 姓名 is 监护人姓名."""
    upper, lower = _names(sheet, number), _names(sheet, number + 1)
    for merge in sheet.merges:
        if merge.top == number == merge.bottom:
            upper[merge.left - 1 : merge.right] = [upper[merge.left - 1]] * (merge.right - merge.left + 1)
    return [
        (*(top + low for top in above for low in below), *below) if below else above
        for above, below in zip(upper, lower + [()] * len(upper), strict=False)
    ]


def _match(
    number: int, depth: int, names: list[tuple[str, ...]], columns: tuple[HeaderColumn, ...]
) -> Header:
    """Whole titles are matched before those without their notes: the more exact cell wins a column."""
    titles = _titles(columns)
    found: dict[str, int] = {}
    for rank in range(max(map(len, names), default=0)):
        for index, spelled in enumerate(names):
            key = titles.get(spelled[rank]) if rank < len(spelled) else None
            if key is not None and key not in found and index not in found.values():
                found[key] = index
    unknown = [spelled[0] for index, spelled in enumerate(names) if spelled and index not in found.values()]
    missing = [column.title for column in columns if column.required and column.key not in found]
    return Header(
        number,
        depth,
        found,
        tuple(text for text in unknown if text not in COUNTERS | OUR_NOTES),
        tuple(missing),
    )


@lru_cache(maxsize=64)
def _titles(columns: tuple[HeaderColumn, ...]) -> dict[str, str]:
    """Key of each accepted spelling; a full title beats another column’s title without its note."""
    whole = {plain(text): column.key for column in columns for text in (column.title, *column.synonyms)}
    bare = {
        spelling: column.key
        for column in columns
        for text in (column.title, *column.synonyms)
        for spelling in spellings(text)
    }
    return bare | whole
