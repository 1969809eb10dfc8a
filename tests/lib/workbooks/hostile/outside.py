"""Files that reach outside, and files that are no workbook at all."""

from tests.lib.workbooks.hostile.parts import BOMB, HEAD, MAIN, TYPES_PART, XLSX, Build, changed, sheet
from tests.lib.workbooks.samples import make_zip, with_parts

LINK = "xl/externalLinks/externalLink1.xml"
DDE = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
ENABLED = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
)

LINKS: dict[str, tuple[Build, set[str]]] = {
    "a macro project": (lambda: with_parts(XLSX, **{"xl/vbaProject.bin": b"x"}), {"macros"}),
    "a macro project by another name": (
        lambda: with_parts(XLSX, **{"xl/Other/VBAPROJECT.BIN": b"x"}),
        {"macros"},
    ),
    "an .xlsm with its name changed": (lambda: changed(TYPES_PART, *ENABLED), {"macros"}),
    "a macro sheet of Excel 4": (
        lambda: with_parts(XLSX, **{"xl/macrosheets/sheet1.xml": sheet("")}),
        {"macros"},
    ),
    "a link to another workbook": (
        lambda: with_parts(XLSX, **{LINK: b"<externalLink/>"}),
        {"external_links"},
    ),
    "a command by dynamic data exchange": (lambda: with_parts(XLSX, **{LINK: DDE}), {"external_links"}),
    "a connection to a database": (
        lambda: with_parts(XLSX, **{"xl/connections.xml": b"<connections/>"}),
        {"external_links"},
    ),
}

FOREIGN: dict[str, tuple[Build, set[str]]] = {
    "nothing": (lambda: b"", {"empty"}),
    "blanks": (lambda: b" \r\n" * 500, {"empty"}),
    "a table of commas": (lambda: "姓名,性别\n谢梅俊,女\n".encode("gb18030"), {"text"}),
    "a web page": ("<html><table><tr><td>姓名</td></tr></table></html>".encode, {"markup"}),
    "a web page with a script": (lambda: b"<script>alert(1)</script>", {"markup"}),
    "a spreadsheet in one XML file": (lambda: b'<?xml version="1.0"?><Workbook/>', {"markup"}),
    "a bomb in one XML file": (f"{HEAD}{BOMB}<x>&i;</x>".encode, {"markup"}),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", {"pdf"}),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), {"image"}),
    "a program": (lambda: b"MZ\x90\0" + bytes(200), {"not_a_workbook"}),
    "another program": (lambda: b"\x7fELF" + bytes(200), {"not_a_workbook"}),
    "a Word document": (
        lambda: make_zip({TYPES_PART: b"<Types/>", "word/document.xml": b"<w/>"}),
        {"word"},
    ),
    "slides": (lambda: make_zip({TYPES_PART: b"<Types/>", "ppt/presentation.xml": b"<p/>"}), {"slides"}),
    "an OpenDocument sheet": (
        lambda: make_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        {"opendocument"},
    ),
    "a binary workbook": (
        lambda: make_zip({TYPES_PART: b"<Types/>", "xl/workbook.bin": b"x"}),
        {"binary_workbook"},
    ),
    "an archive": (lambda: make_zip({"名单.txt": b"x"}), {"not_a_workbook"}),
    "an empty archive": (lambda: b"PK\x05\x06" + bytes(18), {"not_a_workbook"}),
    "a packed archive of another kind": (lambda: b"Rar!\x1a\x07\x01\0" + bytes(200), {"not_a_workbook"}),
}
