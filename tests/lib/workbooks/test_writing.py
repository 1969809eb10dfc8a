import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from pairing_portal.lib.workbooks.heights import lines_needed
from pairing_portal.lib.workbooks.reader import read_sheets
from pairing_portal.lib.workbooks.sheets import Merge
from pairing_portal.lib.workbooks.writing import TableDocument, write_table

TITLE = "2018年麻镇学区开展“三秦教师结对帮扶贫困学生”专项行动结对名单"
HEADERS = ("序号", "帮扶教师", "帮扶学生姓名", "身份证号", "结对日期", "金额", "备注")
ROWS = (
    (1, "贾天", "郑霖", "610899201003159018", date(2018, 3, 10), Decimal("2300.50"), "+86"),
    (2, "贾天", "=1+1", "61089920100315919X", date(2018, 3, 10), Decimal("0.00"), "@x"),
    (3, "杜曦永", "刘𬭎", 610899201003159018, None, None, "#N/A"),
)
DOCUMENT = TableDocument(
    title=TITLE,
    headers=HEADERS,
    rows=ROWS,
    widths=(6, 10, 14, 22, 12, 10, 24),
    preamble=("填报单位（盖章）：麻镇学区", "联系电话：0912-8700000", "填报日期：2018年3月5日"),
    merge_down=(1,),
    group_keys=("a", "a", "b"),
    totals="合计：教师 2 人，学生 3 人，结对 3 对",
    signature="单位负责人（签字）：　　　审核人：　　　填表人：",
    mark="办公室 2018-03-10 08:30 导出编号 E-0001 A&B",
    text_columns=frozenset({3}),
)


def opened(document: TableDocument) -> Any:
    return load_workbook(BytesIO(write_table(document))).active


def test_table_has_the_layout_of_an_office_form() -> None:
    sheet = opened(DOCUMENT)
    assert sheet["A1"].value == TITLE
    assert (sheet["A1"].font.bold, sheet["A1"].font.size, sheet["A1"].alignment.horizontal) == (
        True,
        18,
        "center",
    )
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:G1", "B4:B5", "A7:G7", "A8:G8"}
    assert [cell.value for cell in sheet[3]] == list(HEADERS)
    assert sheet["A3"].font.bold
    assert sheet["A3"].border.left.style == sheet["G6"].border.bottom.style == "thin"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_options.horizontalCentered
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert "导出编号 E-0001 A&&B" in sheet.oddFooter.right.text


def test_text_stays_text_whatever_it_looks_like() -> None:
    sheet = opened(DOCUMENT)
    for place, words in {
        "C5": "=1+1",
        "G4": "+86",
        "G5": "@x",
        "G6": "#N/A",
        "D6": "610899201003159018",
    }.items():
        cell = sheet[place]
        assert (cell.value, cell.data_type, cell.number_format) == (words, "s", "@")
    assert [sheet[place].quotePrefix for place in ("C5", "G4", "G5", "C4")] == [True, True, True, False]
    assert b"<f>" not in ZipFile(BytesIO(write_table(DOCUMENT))).read("xl/worksheets/sheet1.xml")


def test_written_cells_are_read_back_equal() -> None:
    (sheet,) = read_sheets(write_table(DOCUMENT))
    assert sheet.rows[3] == (1, "贾天", "郑霖", "610899201003159018", date(2018, 3, 10), 2300.5, "+86")
    assert sheet.rows[4] == (2, None, "=1+1", "61089920100315919X", date(2018, 3, 10), 0, "@x")
    assert Merge(4, 2, 5, 2) in sheet.merges
    assert sheet.formulas == frozenset()
    assert sheet.is_visible


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20), min_size=1
    )
)
def test_any_text_is_read_back_equal(words: list[str]) -> None:
    rows = tuple(("行", word) for word in words)
    document = TableDocument(title="名单", headers=("序号", "备注"), rows=rows, widths=(6, 20))
    (sheet,) = read_sheets(write_table(document))
    read = [row[1] if len(row) > 1 else None for row in sheet.rows[3:]]
    assert read == [word if word.strip("\u200b\ufeff \t\r\n\u3000\xa0") else None for word in words]


def test_file_names_nobody_and_is_the_same_every_time() -> None:
    content = write_table(DOCUMENT)
    assert content == write_table(DOCUMENT)
    core = ZipFile(BytesIO(content)).read("docProps/core.xml").decode()
    assert "结对帮扶管理平台" in core
    assert "办公室" not in core


def test_control_characters_are_left_out() -> None:
    assert opened(replace(DOCUMENT, title="名\x00单\x0b\ufffe\ud800", mark="\x01")).cell(1, 1).value == "名单"


def test_rows_that_do_not_fit_the_headers_are_refused() -> None:
    with pytest.raises(ValueError, match="headers"):
        write_table(replace(DOCUMENT, widths=(6,)))
    with pytest.raises(ValueError, match="group key"):
        write_table(replace(DOCUMENT, group_keys=()))


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("郑霖", 10, 1),
        ("父亲长期患病，母亲务农", 12, 3),
        ("610899201003159018", 12, 2),
        ("一\n二", 20, 2),
        ("", 5, 1),
    ],
)
def test_wrapped_lines_are_counted_by_what_a_character_takes(words: str, width: float, lines: int) -> None:
    assert lines_needed(words, width) == lines


def test_rows_grow_with_their_text_and_merged_cells_share_their_height() -> None:
    long = "父亲长期患病，母亲务农，无其他收入，去年房屋受灾，借债修缮" * 3
    tall = replace(DOCUMENT, rows=((*ROWS[0][:6], long), *ROWS[1:]))
    assert opened(tall).row_dimensions[4].height > 3 * opened(DOCUMENT).row_dimensions[4].height
    shared = replace(DOCUMENT, rows=tuple((row[0], "很长的教师名" * 5, *row[2:]) for row in ROWS))
    heights = [opened(shared).row_dimensions[number].height for number in (4, 6)]
    assert heights[0] == pytest.approx(heights[1] / 2, rel=0.2)


@pytest.fixture(scope="module")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], PdfReader]:
    """LibreOffice as a printer, with a profile of its own."""
    place: Path = tmp_path_factory.mktemp("office")

    def convert(content: bytes) -> PdfReader:
        (place / "table.xlsx").write_bytes(content)
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(place)]
        subprocess.run([*command, str(place / "table.xlsx")], check=True, capture_output=True, timeout=120)
        return PdfReader(place / "table.pdf")

    return convert


@pytest.mark.office
@pytest.mark.parametrize("columns", [4, 17, 30])
def test_printed_pages_are_one_page_wide_with_the_header_on_each(
    columns: int, to_pdf: Callable[[bytes], PdfReader]
) -> None:
    headers = ("序号", *(f"第{number}栏" for number in range(2, columns + 1)))
    rows = tuple((str(number), *["麻镇王家墕村3组"] * (columns - 1)) for number in range(1, 91))
    document = replace(
        DOCUMENT,
        headers=headers,
        rows=rows,
        widths=(6.0, *[11.0] * (columns - 1)),
        merge_down=(),
        group_keys=(),
    )
    pages = to_pdf(write_table(document)).pages
    texts = [page.extract_text().replace("\n", "") for page in pages]
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert all(headers[-1] in text for text in texts[:-1])
    assert sum(text.count(headers[-1]) for text in texts) in {len(pages), len(pages) - 1}
    assert f"共 {len(pages)} 页" in texts[0]
    assert TITLE in texts[0]
    assert TITLE not in texts[1]
