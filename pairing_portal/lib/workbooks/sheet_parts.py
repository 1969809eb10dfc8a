"""What the sheets of an .xlsx tell and calamine does not: how far cells reach, which are formulas."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pairing_portal.lib.workbooks.container import DAMAGED
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from pairing_portal.lib.workbooks.sheets import Place

MAX_AREA = 4_000_000  # cells in the rectangles around each sheet’s content: calamine allots 32 bytes to each

PLAIN_REFERENCE = re.compile(rb' r="([A-Z]*)(\d+)"')
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]*)(\d+)["']""")
FILLED_REFERENCE = re.compile(rb'<c r="([A-Z]+)(\d+)"(?:[^>]*[^/>])?>')
WITHOUT_REFERENCE = re.compile(rb"<(?:\w+:)?(?:row|c)(?![^>]*\sr\s*=)[\s/>]")
ESCAPED_REFERENCE = re.compile(rb"""\sr\s*=\s*["'][^"'<>]*&""")
PREFIXED_CELL = re.compile(rb":c[\s>/]")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def check_areas(parts: Mapping[str, bytes]) -> None:
    """Refuse a workbook with a cell far from the others: calamine fills in every cell between (safety B1)."""
    total = 0
    for name, part in parts.items():
        if name.lower().startswith("xl/worksheets/"):
            rows, columns = _extent(part)
            total += rows * columns
            if total > MAX_AREA:
                sentence = (
                    f"表格的内容一直延伸到第 {rows} 行、第 {columns} 列，无法读取。"
                    "请删除名单下方和右侧的空白行列后再上传。"
                )
                raise WorkbookRefused(sentence, "area_too_large")


def formula_cells(part: bytes) -> frozenset[Place]:
    """Places of the cells of a sheet’s part that hold a formula, cached value or not."""
    return frozenset(_formulas(_parse(part))) if _may_have_formulas(part) else frozenset()


def _may_have_formulas(part: bytes) -> bool:
    return (b"<f" in part or b":f" in part) and FORMULA.search(part) is not None


def _extent(part: bytes) -> Place:
    """Upper bounds of the rows and columns that calamine will find in the sheet."""
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:64]:
        raise WorkbookRefused(DAMAGED, "damaged")
    references = PLAIN_REFERENCE.findall(part)
    if not _is_plain(part, len(references)):
        return _extent_of_odd(part)
    rows, columns = _furthest(references)
    return _furthest(FILLED_REFERENCE.findall(part)) if rows * columns > MAX_AREA else (rows, columns)


def _is_plain(part: bytes, references: int) -> bool:
    """Whether every row and cell names its place first, as Excel, WPS and LibreOffice write it."""
    elements = sum(
        part.count(start) for start in (b"<row", b"<c ", b"<c>", b"<c/", b"<c\n", b"<c\r", b"<c\t")
    )
    placed = part.count(b'<row r="') + part.count(b'<c r="')
    return elements == placed == references and b":row" not in part and PREFIXED_CELL.search(part) is None


def _extent_of_odd(part: bytes) -> Place:
    """The same for rare writers, slower: rows or cells without a place follow the one before."""
    if ESCAPED_REFERENCE.search(part):
        raise WorkbookRefused(DAMAGED, "damaged")
    implicit = len(WITHOUT_REFERENCE.findall(part))
    rows, columns = _furthest(REFERENCE.findall(part))
    return rows + implicit, columns + implicit


def _furthest(references: list[tuple[bytes, bytes]]) -> Place:
    rows = max((int(row) for row in {row for _, row in references}), default=0)
    columns = max((_column_number(letters) for letters in {letters for letters, _ in references}), default=0)
    return rows, columns


def _column_number(letters: bytes) -> int:
    """The number of a column from its letters: A is 1, Z is 26, AA is 27; no letters (a row) is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Part name of each sheet by the sheet’s name, through the workbook’s relationships."""
    relations = _parse(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    sheets = _named(_parse(parts["xl/workbook.xml"]), "sheet")
    found = {sheet.get("name", ""): _part_name(targets.get(_relation_id(sheet), "")) for sheet in sheets}
    return {title: name for title, name in found.items() if name in parts}


def _relation_id(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _part_name(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _formulas(sheet: Element) -> Iterator[Place]:
    """Places of the cells that hold a formula element, cached value or not."""
    row_number = 0
    for row in _named(sheet, "row"):
        row_number = int(row.get("r", row_number + 1))
        column = 0
        for cell in row:
            letters = cell.get("r", "").rstrip("0123456789")
            column = _column_number(letters.encode()) or column + 1
            if any(child.tag.endswith("}f") for child in cell):
                yield row_number, column


def _named(parent: Element, name: str) -> Iterator[Element]:
    return (item for item in parent.iter() if item.tag.rpartition("}")[2] == name)


def _parse(part: bytes) -> Element:
    try:
        root: Element = fromstring(part)
    except (ParseError, DefusedXmlException) as error:
        raise WorkbookRefused(DAMAGED, "damaged") from error
    return root
