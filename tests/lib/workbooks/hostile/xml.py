"""Attacks on whoever reads the XML inside."""

from tests.lib.workbooks.hostile.parts import (
    BOMB,
    BOOK_PART,
    HEAD,
    NOISE,
    OUTSIDE,
    RELS_PART,
    REMOTE,
    SHEET_PART,
    STRINGS_PART,
    STYLES_PART,
    XLSX,
    Build,
    sheet,
    with_doctype,
    with_rows,
)
from tests.lib.workbooks.samples import with_parts

NOT_XML = {"damaged"}
DOCTYPE = {"document_type"}

XMLS: dict[str, tuple[Build, set[str]]] = {
    "a billion laughs in the sheet": (
        lambda: with_parts(
            XLSX,
            **{SHEET_PART: sheet('<row r="1"><c r="A1" t="str"><v>&i;</v></c></row>', head=HEAD + BOMB)},
        ),
        DOCTYPE,
    ),
    "a billion laughs in the shared strings": (lambda: with_doctype(STRINGS_PART, BOMB, "&i;"), DOCTYPE),
    "a billion laughs in the workbook": (lambda: with_doctype(BOOK_PART, BOMB), DOCTYPE),
    "a billion laughs in the relationships": (lambda: with_doctype(RELS_PART, BOMB), DOCTYPE),
    "a billion laughs in the styles": (lambda: with_doctype(STYLES_PART, BOMB), DOCTYPE),
    "a file of this machine as an entity": (lambda: with_doctype(STRINGS_PART, OUTSIDE, "&i;"), DOCTYPE),
    "a document type from the network": (lambda: with_doctype(SHEET_PART, REMOTE), DOCTYPE),
    "elements a hundred thousand deep": (
        lambda: with_rows("<row>" * 100_000 + "</row>" * 100_000, ballast=NOISE),
        {"area_too_large", "damaged"},
    ),
    "a sheet in UTF-16": (
        lambda: with_parts(
            XLSX, **{SHEET_PART: sheet('<row r="1048576"/>', head="").decode().encode("utf-16")}
        ),
        NOT_XML,
    ),
    "bytes that are no UTF-8": (
        lambda: with_parts(
            XLSX,
            **{
                SHEET_PART: sheet('<row r="1"><c r="A1" t="str"><v>@</v></c></row>').replace(
                    b"@", b"\xff\xfe\xc0"
                )
            },
        ),
        NOT_XML,
    ),
    "a sheet cut off": (
        lambda: with_parts(XLSX, **{SHEET_PART: sheet('<row r="1"><c r="A1">')[:-30]}),
        NOT_XML,
    ),
    "a sheet that is no XML": (lambda: with_parts(XLSX, **{SHEET_PART: bytes(range(256)) * 8}), NOT_XML),
    "an empty sheet part": (lambda: with_parts(XLSX, **{SHEET_PART: b""}), NOT_XML),
}
