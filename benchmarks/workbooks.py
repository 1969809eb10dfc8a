"""A roster as Excel and WPS save it: every text once, in the shared strings (openpyxl writes them inline)."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from benchmarks.rosters import HEADERS, MadeUpPupil

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FIXED_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def write_roster(path: Path, pupils: Iterable[MadeUpPupil]) -> Path:
    """Write the pupils below one header row; the path."""
    texts: dict[str, int] = {}
    rows = [tuple(HEADERS.values()), *(pupil.row for pupil in pupils)]
    sheet = "".join(_row(number, row, texts) for number, row in enumerate(rows, start=1))
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    parts = FIXED_PARTS | {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">{strings}</sst>',
    }
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, XML + content)
    return path


def _row(number: int, row: Iterable[str | int], texts: dict[str, int]) -> str:
    return f'<row r="{number}">{"".join(_cells(number, row, texts))}</row>'


def _cells(number: int, row: Iterable[str | int], texts: dict[str, int]) -> Iterator[str]:
    for column, value in enumerate(row, start=1):
        place = f"{get_column_letter(column)}{number}"
        if isinstance(value, int):
            yield f'<c r="{place}"><v>{value}</v></c>'
        else:
            yield f'<c r="{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
