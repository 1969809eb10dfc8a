"""Finding the header row of a table by what its cells say, never by where they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.sheets import Sheet
from pairing_portal.lib.workbooks.titles import (
    LONG_NUMBER,
    Names,
    heads_a_group,
    labelled,
    names_of_row,
    names_of_two_rows,
    plain,
    spellings,
)

ROWS_SEARCHED = 30
COUNTERS = frozenset({"序号", "编号", "序", "no", "no."})  # running numbers say nothing about the row
OUR_NOTES = frozenset({"退回原因", "原文件位置"})  # what we wrote beside the rows that came back


@dataclass(frozen=True, kw_only=True)
class HeaderColumn:
    """A column the reader looks for: its key here, its title and the other titles offices give it."""

    key: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Header:
    """The header found: its first row (from 1), how many rows it has, what stands where (from 0).

    `labels` are position and words of each titled column, running numbers aside; `unknown` those without a key.
    `joined` counts the columns that only the words of both rows together name.
    """

    row: int
    depth: int
    columns: dict[str, int]
    labels: tuple[tuple[int, str], ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    joined: int = 0


def find_header(sheet: Sheet, columns: Sequence[HeaderColumn]) -> Header | None:
    """The row among the first 30 not blank that names the most columns, all required ones first."""
    found = [
        header for header in _candidates(sheet, tuple(columns)) if len(header.columns) >= min(2, len(columns))
    ]
    return max(found, key=_rank, default=None)


def likeliest_header(sheet: Sheet, columns: Sequence[HeaderColumn]) -> Header | None:
    """Where no row names two columns: the row of the most words with something below it, to be told by hand."""
    filled = _filled(sheet)[: ROWS_SEARCHED + 1]
    worded = [(_words(sheet.rows[number - 1]), -number) for number in filled[:-1]]
    count, number = max(worded, default=(0, 0))
    return _match(-number, 1, names_of_row(sheet, -number), tuple(columns)) if count > 1 else None


def _words(row: Sequence[Cell]) -> int:
    """How many different words stand in the row; none where a cell is a long number, which no title is."""
    words = {plain(cell) for cell in row if isinstance(cell, str)}
    return 0 if any(LONG_NUMBER.search(word) for word in words) else len(words)


def rearranged(header: Header, chosen: Mapping[str, str], columns: Sequence[HeaderColumn]) -> Header:
    """The header under a choice of keys by label; a label left out keeps its guess, a blank key is not read."""
    known = {column.key for column in columns}
    by_hand = {chosen[label]: index for index, label in header.labels if chosen.get(label) in known}
    decided = {index for index, label in header.labels if label in chosen}
    guessed = {
        key: index for key, index in header.columns.items() if index not in decided and key not in by_hand
    }
    return _completed(header, by_hand | guessed, columns)


def with_untitled(
    header: Header, labels: Sequence[tuple[int, str]], columns: Sequence[HeaderColumn]
) -> Header:
    """The header with columns that hold something and have no title of their own."""
    if not labels:
        return header
    return _completed(
        replace(header, labels=tuple(sorted((*header.labels, *labels)))), header.columns, columns
    )


def _completed(header: Header, found: dict[str, int], columns: Sequence[HeaderColumn]) -> Header:
    taken = set(found.values())
    return replace(
        header,
        columns=found,
        unknown=tuple(label for index, label in header.labels if index not in taken),
        missing=tuple(column.title for column in columns if column.required and column.key not in found),
    )


def _rank(header: Header) -> tuple[bool, int, bool, int, int, int]:
    """Of equally telling rows: two that belong together, fewer unknown titles, one row, the upper one."""
    return (
        not header.missing,
        len(header.columns),
        header.joined > 0,
        -len(header.unknown),
        -header.depth,
        -header.row,
    )


def _filled(sheet: Sheet) -> list[int]:
    """Numbers of the first rows that are not blank, one more than are searched."""
    found: list[int] = []
    for number, row in enumerate(sheet.rows, 1):
        if row.count(None) < len(row):
            found.append(number)
            if len(found) > ROWS_SEARCHED:
                break
    return found


def _candidates(sheet: Sheet, columns: tuple[HeaderColumn, ...]) -> Iterator[Header]:
    for number in _filled(sheet)[:ROWS_SEARCHED]:
        yield _match(number, 1, names_of_row(sheet, number), columns)
        if heads_a_group(sheet, number):
            names = names_of_two_rows(sheet, number)
            both = _match(number, 2, names, columns)
            yield replace(both, joined=_joined(sheet, both, names, _titles(columns)))


def _joined(sheet: Sheet, header: Header, names: list[Names], titles: Mapping[str, str]) -> int:
    """How many of the columns found are named by words that neither row holds on its own."""
    rows = (*names_of_row(sheet, header.row), *names_of_row(sheet, header.row + 1))
    alone = {name for spelled in rows for name in spelled}
    return sum(
        any(titles.get(name) == key and name not in alone for name in names[index])
        for key, index in header.columns.items()
    )


def _match(number: int, depth: int, names: list[Names], columns: tuple[HeaderColumn, ...]) -> Header:
    """Whole titles are matched before those without their notes: the more exact cell wins a column."""
    titles = _titles(columns)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for rank in range(max(map(len, names), default=0)):
        for index, spelled in enumerate(names):
            key = titles.get(spelled[rank]) if rank < len(spelled) else None
            if key is not None and key not in found and index not in taken:
                found[key] = index
                taken.add(index)
    labels = tuple(
        (index, label)
        for index, label in labelled(names)
        if index in taken or names[index][0] not in COUNTERS | OUR_NOTES
    )
    return _completed(Header(number, depth, found, labels, (), ()), found, columns)


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
