"""What looks like an attack and is read without harm: the first cell of what is read."""

from tests.lib.workbooks.hostile.compound import XLS_TITLE, patched, strings_without_end
from tests.lib.workbooks.hostile.parts import (
    BOOK_PART,
    LONG_NUMBER,
    NOISE,
    STYLES_PART,
    Build,
    changed,
    with_rows,
)
from tests.lib.workbooks.hostile.sheets import array_formula_bomb, shared_formula_bomb
from tests.lib.workbooks.hostile.zips import nested
from tests.lib.workbooks.samples import with_parts

HARMLESS: dict[str, tuple[Build, object]] = {
    "an archive in an archive in an archive": (nested, "姓名"),
    "an attribute of sixty thousand characters": (
        lambda: with_rows(f'<row r="1" x="{"a " * 30_000}"><c r="A1"><v>1</v></c></row>', ballast=NOISE),
        1,
    ),
    "two sheets of one part": (
        lambda: changed(BOOK_PART, "</sheets>", '<sheet name="b" sheetId="9" r:id="rId1"/></sheets>'),
        "姓名",
    ),
    "one formula for all cells": (shared_formula_bomb, 1),
    "one formula for all cells as an array": (array_formula_bomb, 1),
    "a size that is a lie": (
        lambda: with_rows(
            '<row r="1"><c r="A1"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>'
        ),
        1,
    ),
    "a number that is none": (lambda: with_rows('<row r="1"><c r="A1"><v>NaN</v></c></row>'), "nan"),
    "an endless number": (lambda: with_rows('<row r="1"><c r="A1"><v>-1e999</v></c></row>'), "-inf"),
    "a number of four hundred digits": (
        lambda: with_rows(f'<row r="1"><c r="A1"><v>{LONG_NUMBER}</v></c></row>'),
        "inf",
    ),
    "a style that is not there": (
        lambda: with_rows('<row r="1"><c r="A1" s="4000000000"><v>1</v></c></row>'),
        1,
    ),
    "sixty thousand styles": (
        lambda: with_parts(
            changed(STYLES_PART, '<cellXfs count="1">', "<cellXfs>" + '<xf numFmtId="14"/>' * 60_000),
            **{"xl/media/ballast.bin": NOISE},
        ),
        "姓名",
    ),
    "a command as text": (
        lambda: with_rows('<row r="1"><c r="A1" t="str"><v>=cmd|&apos;/c calc&apos;!A0</v></c></row>'),
        "=cmd|'/c calc'!A0",
    ),
    "four thousand million allocation tables in an .xls": (lambda: patched(44, 0xFFFFFFF0), XLS_TITLE),
    "an .xls whose strings never end": (strings_without_end, XLS_TITLE),
}
