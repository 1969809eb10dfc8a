"""Small workbooks made in memory, and the sample files of `tests/rosters`."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from pairing_portal.lib.workbooks.reading import read_workbook
from pairing_portal.lib.workbooks.sheets import Workbook as ReadWorkbook

ROSTERS = Path(__file__).parents[2] / "rosters"


def make_xlsx(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx with one sheet for each list of rows, named 表1, 表2 …."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, 1):
        sheet = workbook.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """The bytes of an openpyxl workbook."""
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def make_zip(parts: dict[str, bytes]) -> bytes:
    """A zip of the parts, compressed."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, **changed: bytes) -> bytes:
    """The same .xlsx with parts added or replaced; `sheet` stands for its first sheet."""
    names = {"sheet": "xl/worksheets/sheet1.xml"}
    return make_zip(parts_of(content) | {names.get(name, name): part for name, part in changed.items()})


def read_roster(name: str) -> ReadWorkbook:
    """One of the sample files, read."""
    return read_workbook((ROSTERS / name).read_bytes(), name)
