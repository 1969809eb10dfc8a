"""Sheets that are larger than they look, and parts that are not where they should be."""

from tests.lib.workbooks.hostile.parts import (
    BOOK_PART,
    HEAD,
    LONG_NUMBER,
    MAIN,
    NOISE,
    RELS_PART,
    SHEET_PART,
    STRINGS_PART,
    TYPES_PART,
    XLSX,
    Build,
    changed,
    sheet,
    with_rows,
    without,
)
from tests.lib.workbooks.samples import make_xlsx, with_parts


def corner(place: str, row: int) -> bytes:
    """One filled cell far away."""
    return with_rows(
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{place}"><v>1</v></c></row>'
    )


def filled_cells() -> bytes:
    """A file of less than a megabyte, every cell of it filled."""
    row = "".join(f'<c r="{letter}{{0}}"><v>1</v></c>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{number}">{row.format(number)}</row>' for number in range(1, 60_001))
    return with_rows(rows, ballast=NOISE * 6)


def merged_over_and_over() -> bytes:
    """Merged ranges that overlap each other by millions of cells."""
    ranges = "".join(f'<mergeCell ref="A{number}:J20000"/>' for number in range(1, 3000))
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="20000"><c r="A20000"><v>1</v></c></row>'
    return with_rows(rows, after=f'<mergeCells count="3000">{ranges}</mergeCells>', ballast=NOISE)


def shared_formula_bomb() -> bytes:
    """One formula for a range of seventeen thousand million cells."""
    rows = '<row r="1"><c r="A1"><f t="shared" ref="A1:XFD1048576" si="0">A2+1</f><v>1</v></c></row>'
    return with_rows(rows)


def array_formula_bomb() -> bytes:
    """The same as an array."""
    return with_rows('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>')


def huge_string() -> bytes:
    """One cell of twenty million characters."""
    return with_rows(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"贫" * 6_000_000}</t></is></c></row>', ballast=NOISE * 4
    )


def shared_index_out_of_range() -> bytes:
    """A cell that names the four-thousand-millionth of two shared strings."""
    return with_rows('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>')


def many_strings_far_apart() -> bytes:
    """A shared string of a hundred thousand characters, named by twenty thousand cells."""
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"贫" * 100_000}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return with_parts(XLSX, **{SHEET_PART: sheet(rows), STRINGS_PART: strings, "xl/media/ballast.bin": NOISE})


SHEETS: dict[str, tuple[Build, set[str]]] = {
    "a cell in the last corner": (lambda: corner("XFD1048576", 1_048_576), {"area_too_large"}),
    "a cell beyond the last corner": (lambda: corner("ZZZZ99999999", 99_999_999), {"area_too_large"}),
    "a row without end": (lambda: corner(f"A{LONG_NUMBER}", 1), {"area_too_large", "damaged"}),
    "a cell of row nought": (lambda: corner("A0", 0), {"damaged"}),
    "six hundred thousand filled cells": (
        filled_cells,
        {"too_many_rows", "too_slow", "too_much_memory"},
    ),
    "merged ranges over each other": (merged_over_and_over, {"merges_overlap"}),
    "a string of six million characters": (huge_string, {"text_too_long"}),
    "a shared string that is not there": (shared_index_out_of_range, {"damaged"}),
    "a long string named by twenty thousand cells": (
        many_strings_far_apart,
        {"text_too_long"},
    ),
    "twenty-one thousand rows": (lambda: make_xlsx([["a"]] * 21_000), {"too_many_rows"}),
    "three hundred columns": (lambda: make_xlsx([["a"] * 300] * 3), {"too_many_columns"}),
    "a sheet whose part lies elsewhere": (
        lambda: changed(RELS_PART, "worksheets/sheet1.xml", "../../../../../../etc/passwd"),
        {"damaged"},
    ),
    "a sheet from the network": (
        lambda: changed(RELS_PART, "/xl/worksheets/sheet1.xml", "http://203.0.113.9/sheet1.xml"),
        {"damaged"},
    ),
    "no relationships": (lambda: without(RELS_PART), {"damaged"}),
    "no sheet part": (lambda: without(SHEET_PART), {"damaged"}),
    "no workbook part": (lambda: without(BOOK_PART), {"not_a_workbook"}),
    "no content types": (lambda: without(TYPES_PART), {"not_a_workbook"}),
    "four thousand sheets of one part": (
        lambda: changed(
            BOOK_PART,
            "</sheets>",
            "".join(f'<sheet name="n{n}" sheetId="{n}" r:id="rId1"/>' for n in range(9, 4009)) + "</sheets>",
        ),
        {"too_many_sheets"},
    ),
}
