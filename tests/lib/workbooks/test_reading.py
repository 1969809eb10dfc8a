from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pairing_portal.lib.workbooks.reader import MAX_COLUMNS, MAX_ROWS
from pairing_portal.lib.workbooks.reading import read_workbook
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from pairing_portal.lib.workbooks.sheets import Merge
from tests.lib.workbooks.samples import ROSTERS, make_xlsx, saved, with_parts

SHEET = (
    '<?xml version="1.0"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
NUMBER_OF_A_RECORD = 672  # where, in the sample, the list of sheets breaks off
MORNING = datetime.fromisoformat("2018-03-05T08:30")


def with_sheet(rows: str) -> bytes:
    return with_parts(make_xlsx([["姓名"]]), sheet=SHEET.format(rows).encode())


def test_cells_are_normalised_at_the_place_where_excel_shows_them() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = 3.0, 3100.5, "　 ", True
    sheet["B4"], sheet["C4"], sheet["D4"] = date(2018, 3, 5), MORNING, 610899201003159018
    rows = read_workbook(saved(workbook), "a.xlsx").sheets[0].rows
    assert rows[2] == (None, 3, 3100.5, None, True)
    assert rows[3][1:3] == (date(2018, 3, 5), MORNING)
    assert isinstance(rows[3][3], int)
    assert rows[3][3] >= 10**17


def test_hidden_sheets_are_named_but_not_read() -> None:
    workbook = Workbook()
    workbook.active["A1"] = "姓名"
    hidden = workbook.create_sheet("代码")
    hidden["A1"], hidden.sheet_state = "男", "hidden"
    sheets = read_workbook(saved(workbook), "a.xlsx").sheets
    assert [(sheet.name, sheet.is_visible, sheet.is_blank) for sheet in sheets] == [
        ("Sheet", True, False),
        ("代码", False, True),
    ]


def test_formula_cells_are_found_with_or_without_a_cached_value() -> None:
    rows = '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="str"><f>A1</f></c><c r="D2"><v>5</v></c></row>'
    assert read_workbook(with_sheet(rows), "a.xlsx").sheets[0].formulas == {(2, 2), (2, 3)}


def test_formulas_belong_to_the_sheet_they_stand_in() -> None:
    content = make_xlsx([["姓名"], ["谢梅俊"]], [["=1+1"]])
    assert [sheet.formulas for sheet in read_workbook(content, "a.xlsx").sheets] == [frozenset(), {(1, 1)}]


HIDDEN_BY = ('hidden="1"', "hidden='true'", 'ht="0"', 'spans="1:2" hidden="1" ht="15"')


@pytest.mark.parametrize("attribute", HIDDEN_BY)
def test_hidden_rows_are_read_and_named_however_they_are_hidden(attribute: str) -> None:
    rows = f'<row r="1"/><row r="2" {attribute}><c r="A2"><v>5</v></c></row><row r="3" {attribute}/><row r="9" ht="15"/>'
    sheet = read_workbook(with_sheet(rows), "a.xlsx").sheets[0]
    assert (sheet.rows[1], sheet.hidden_rows) == ((5,), ((2, 3),))


def test_hidden_columns_are_read_and_named() -> None:
    workbook = Workbook()
    workbook.active.append(["a", "b", "c", "d"])
    for letter in "BCD":
        workbook.active.column_dimensions[letter].hidden = True
    sheet = read_workbook(saved(workbook), "a.xlsx").sheets[0]
    assert (sheet.rows, sheet.hidden_columns) == ((("a", "b", "c", "d"),), ((2, 4),))


def test_workbook_says_from_which_year_its_days_count() -> None:
    workbook = Workbook()
    workbook.active["A1"] = date(2018, 3, 5)
    assert read_workbook(saved(workbook), "a.xlsx").sheets[0].counts_from_1904 is False
    workbook.epoch = CALENDAR_MAC_1904
    sheet = read_workbook(saved(workbook), "a.xlsx").sheets[0]
    assert (sheet.rows, sheet.counts_from_1904) == (((date(2018, 3, 5),),), True)


def test_merged_ranges_are_given_for_both_formats() -> None:
    workbook = Workbook()
    workbook.active["A1"] = workbook.active["A9"] = "a"
    workbook.active.merge_cells("A1:B3")
    assert read_workbook(saved(workbook), "a.xlsx").sheets[0].merges == (Merge(1, 1, 3, 2),)
    xls = read_workbook((ROSTERS / "附件2-学区认定-2018.xls").read_bytes(), "a.xls")
    assert Merge(1, 1, 1, 19) in xls.sheets[0].merges


FAR = {
    "far corner": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "single quotes": "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "decoys": "<row r='1048576'><c\tr='XFD1048576'><v>1</v></c></row><x r=\"A1\"/><x r=\"1\"/>",
    "rows without a place": "<row/>" * 60_000 + '<row><c r="CV1"><v>1</v></c></row>',
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_a_cell_far_away_is_refused_before_the_reader_fills_the_space_between(rows: str) -> None:
    content = with_parts(with_sheet(rows), **{"xl/media/ballast.bin": bytes(range(256)) * 60})
    with pytest.raises(WorkbookRefused) as refusal:
        read_workbook(content, "a.xlsx")
    assert refusal.value.code in {"area_too_large", "unpacked_too_large"}


def test_a_place_written_with_character_references_is_refused() -> None:
    with pytest.raises(WorkbookRefused):
        read_workbook(with_sheet('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>'), "a.xlsx")


def test_formats_without_content_do_not_count_as_far_away() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="CV900000" s="0"/></row>'
    assert read_workbook(with_sheet(rows), "a.xlsx").sheets[0].rows == ((1,),)


def test_too_many_rows_or_columns_are_refused_by_name() -> None:
    with pytest.raises(WorkbookRefused, match="表1"):
        read_workbook(make_xlsx([["a"]] * (MAX_ROWS + 1)), "a.xlsx")
    with pytest.raises(WorkbookRefused, match="200 列"):
        read_workbook(make_xlsx([["a"] * (MAX_COLUMNS + 1)]), "a.xlsx")


def test_an_entity_bomb_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    rows = '<row r="1"><c r="A1" t="str"><f>1</f><v>&b;</v></c></row>'
    sheet = SHEET.format(rows).replace("<worksheet", f"{entities}<worksheet", 1)
    with pytest.raises(WorkbookRefused):
        read_workbook(with_parts(make_xlsx([["姓名"]]), sheet=sheet.encode()), "a.xlsx")


def test_an_old_workbook_that_lost_its_sheets_is_refused() -> None:
    content = bytearray((ROSTERS / "附件2-学区认定-2018.xls").read_bytes())
    content[NUMBER_OF_A_RECORD] = 0xFF
    with pytest.raises(WorkbookRefused, match="损坏"):
        read_workbook(bytes(content), "名册.xls")


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["附件2-学区认定-2018.xls", "教师花名册-2018.xlsx"]))
    content = bytearray((ROSTERS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(WorkbookRefused):
        assert read_workbook(bytes(content), name).sheets
