"""Which column means what: as guessed, as chosen by hand, and as it was chosen for the same headers before."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pairing_portal.accounts.models import District
from pairing_portal.lib.workbooks.cells import as_text
from pairing_portal.lib.workbooks.entries import column_letters
from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairing_portal.lib.workbooks.sheets import Layout, Sheet, Workbook
from pairing_portal.lib.workbooks.tables import Table, find_tables
from students.models import ColumnChoice, RosterImport

SAMPLES = 3
SAMPLE_LENGTH = 24
ROWS_SAMPLED = 200
HEAD_ROWS = 100
WITHHELD = "●●●●●●"
# Digits as they are typed, with blanks between them: no phone is as long, every ID number is longer (safety D3).
LONG_NUMBER = re.compile(r"[A-Z]?\d(?:[\s\u200b-\u200f\ufeff-]*\d){11,}[\s\u200b-\u200f\ufeff]*[Xx×]?")


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    """A column of the file: its letters and words, a few of its values, and the key it is read under."""

    letters: str
    label: str
    samples: tuple[str, ...]
    key: str

    @property
    def field(self) -> str:
        """The name of its field in a form: the same for the same words."""
        return f"column-{hashlib.sha256(self.label.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Columns:
    """The titled columns of all tables of a workbook, and which of them stand side by side in one table."""

    of_file: tuple[GuessedColumn, ...]
    tables: tuple[frozenset[str], ...]


def heads(workbook: Workbook) -> Workbook:
    """The upper part of every sheet: a header stands far above, and so does what stands above a table."""
    return replace(
        workbook, sheets=tuple(replace(sheet, rows=sheet.rows[:HEAD_ROWS]) for sheet in workbook.sheets)
    )


def header_hash(workbook: Workbook, columns: Sequence[HeaderColumn]) -> str:
    """What tells the workbook’s set of headers from others, whatever their order; blank where there are none."""
    words = sorted(column.label for column in columns_in(heads(workbook), columns).of_file)
    return hashlib.sha256("\n".join(words).encode()).hexdigest() if words else ""


def laid_out(workbook: Workbook, roster: RosterImport) -> Workbook:
    """The workbook with what was decided about its columns and sheets."""
    return replace(workbook, layout=layout_of(workbook, roster.school_choices, roster.kind))


def layout_of(workbook: Workbook, choices: Mapping[str, Any], kind: str) -> Layout:
    """The decisions kept with an import, as they bear on one kind of list; never are all sheets passed over."""
    chosen = choices.get("columns", {}).get(kind, {})
    other = {name for name, own in choices.get("sheets", {}).items() if own != kind}
    readable = {sheet.name for sheet in workbook.sheets if sheet.is_visible and not sheet.is_blank}
    return Layout(
        columns=chosen,
        passed_over=frozenset(other) if readable - other else frozenset(),
        is_remembered=choices.get("remembered") == kind,
    )


def columns_in(workbook: Workbook, columns: Sequence[HeaderColumn]) -> Columns:
    """Every titled column of the workbook once, under its layout, with samples."""
    tables = find_tables(workbook, columns).tables
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    found: dict[str, GuessedColumn] = {}
    for table in tables:
        for column in _columns_of(table, sheets[table.sheet_name]):
            former = found.setdefault(column.label, column)
            if not former.samples or not former.key:
                found[column.label] = replace(
                    former, samples=former.samples or column.samples, key=former.key or column.key
                )
    labels = tuple(frozenset(label for _, label in table.labels) for table in tables)
    return Columns(tuple(found.values()), labels)


def _columns_of(table: Table, sheet: Sheet) -> Iterator[GuessedColumn]:
    keys = {index: key for key, index in table.columns.items()}
    rows = [sheet.rows[row.number - 1] for row in table.rows[:ROWS_SAMPLED]] or sheet.rows[table.header_row :]
    for index, label in table.labels:
        samples = _samples(row[index] for row in rows if index < len(row))
        yield GuessedColumn(column_letters(index), label, samples, keys.get(index, ""))


def _samples(cells: Iterable[Any]) -> tuple[str, ...]:
    """The first values that differ; a long number shows none of its digits."""
    found: dict[str, None] = {}
    for cell in cells:
        words = shown_sample(as_text(cell))
        if words:
            found[words] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def shown_sample(words: str) -> str:
    """A value short enough for a table, with the digits of long numbers withheld."""
    plain = " ".join(unicodedata.normalize("NFKC", words).split())
    masked = LONG_NUMBER.sub(WITHHELD, plain)
    return masked if len(masked) <= SAMPLE_LENGTH else f"{masked[:SAMPLE_LENGTH]}…"


def remembered(district: District, kind: str, headers: str) -> dict[str, str]:
    """What was chosen for the set of headers of this hash before; empty where nothing was."""
    kept = ColumnChoice.objects.kept(district, kind, headers).first()
    return dict(kept.columns) if kept is not None else {}
