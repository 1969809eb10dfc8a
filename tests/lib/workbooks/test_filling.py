"""Forms to be filled in: what Excel offers, keeps as text and marks."""

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pairing_portal.lib.workbooks.filling import DOUBT, LAST_ROW, FillColumn, FillInDocument, write_fill_in
from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairing_portal.lib.workbooks.reader import read_sheets
from pairing_portal.lib.workbooks.sheets import GUIDE, Workbook
from pairing_portal.lib.workbooks.tables import find_tables

NATIONS = tuple(f"第{number}种民族的长名称" for number in range(60))
FORM = FillInDocument(
    title="2018年麻镇学区认定的在校贫困学生信息汇总表",
    lead="从第 4 行开始填写。",
    columns=(
        FillColumn(title="学生姓名", note="必填。"),
        FillColumn(title="身份证号", width=22, is_text=True),
        FillColumn(title="民族", choices=NATIONS),
        FillColumn(title="其他类型", choices=("孤儿", "其他"), is_open=True),
    ),
    guide=(("空着的格子", "空着表示不填。"),),
    mark="办公室 编号 A&B",
)
FILLED = replace(FORM, rows=(("=1+1", "610899201003159018", "汉族", None),), faulty=frozenset({(0, 1)}))
COLUMNS = [HeaderColumn(key=title, title=title) for title in ("学生姓名", "身份证号", "民族", "其他类型")]


def opened(document: FillInDocument) -> Any:
    return load_workbook(BytesIO(write_fill_in(document)))


def test_long_numbers_are_text_before_anybody_types() -> None:
    sheet = opened(FORM).worksheets[0]
    assert {sheet.cell(row, 2).number_format for row in range(4, 34)} == {"@"}
    assert sheet.column_dimensions["B"].number_format == "@"


def test_every_word_of_a_long_list_is_offered() -> None:
    book = opened(FORM)
    offered = {str(each.sqref): each for each in book.worksheets[0].data_validations.dataValidation}
    assert [*offered] == [f"C4:C{LAST_ROW}", f"D4:D{LAST_ROW}"]
    assert offered[f"C4:C{LAST_ROW}"].showErrorMessage
    assert not offered[f"D4:D{LAST_ROW}"].showErrorMessage
    words = book[GUIDE], book["选项"]
    assert [cell.value for cell in words[1]["A"]] == [*NATIONS]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]


def test_text_stays_text_and_doubtful_cells_are_marked() -> None:
    sheet = opened(FILLED).worksheets[0]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    assert sheet["B4"].fill.start_color.rgb == DOUBT.start_color.rgb
    assert sheet["A4"].fill.start_color.rgb != DOUBT.start_color.rgb
    assert sheet.oddFooter.right.text == "办公室 编号 A&&B"


def test_form_reads_back_as_one_table_without_a_word_about_the_rest() -> None:
    tables = find_tables(Workbook(tuple(read_sheets(write_fill_in(FILLED)))), COLUMNS)
    assert tables.sheets_without == ()
    (row,) = tables.tables[0].rows
    assert row.cells == {
        "学生姓名": "=1+1",
        "身份证号": "610899201003159018",
        "民族": "汉族",
        "其他类型": None,
    }
    assert find_tables(Workbook(tuple(read_sheets(write_fill_in(FORM)))), COLUMNS).tables[0].rows == ()


def test_equal_forms_are_equal_bytes() -> None:
    assert write_fill_in(FILLED) == write_fill_in(FILLED)


def test_crooked_form_is_named() -> None:
    with pytest.raises(ValueError, match="as long as the columns"):
        write_fill_in(replace(FORM, rows=(("甲",),)))


@pytest.mark.office
def test_libreoffice_opens_the_form(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(write_fill_in(FILLED))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "form.xlsx")], check=True, capture_output=True, timeout=180)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "form.pdf").pages)
    assert "填写说明" in text
    assert "=1+1" in text
