import json
from datetime import date

import pytest
from openpyxl import Workbook

from pairing_portal.lib.workbooks.preamble import day_in, year_in
from pairing_portal.lib.workbooks.reading import read_workbook
from pairing_portal.lib.workbooks.tables import Table, find_table, find_tables
from tests.lib.workbooks.lists import PAIRINGS, PUPILS, RECOGNISED, TEACHERS
from tests.lib.workbooks.samples import ROSTERS, make_xlsx, read_roster, saved

TRUTH = json.loads((ROSTERS / "truth.json").read_text())


def table_of(*rows: list[object]) -> Table:
    table = find_table(read_workbook(make_xlsx(list(rows)), "a.xlsx").sheets[0], PUPILS)
    assert table is not None
    return table


@pytest.mark.parametrize("name", ["附件1-县乡建档立卡-2018.xlsx", "附件1-县乡建档立卡-2019.xlsx"])
def test_county_list_is_read_as_a_clerk_reads_it(name: str) -> None:
    (table,) = find_tables(read_roster(name), PUPILS).tables
    read = [(row.cells["name"], row.cells["id_number"], row.cells["school"]) for row in table.rows]
    assert read == [(row["name"], row["id"], row["school"]) for row in TRUTH[name]["rows"]]
    assert table.header_row == 3
    assert table.rows[0].number == 4
    assert year_in(table.preamble) == TRUTH[name]["year"]


def test_county_list_names_its_day_and_leaves_totals_and_blank_tail_out() -> None:
    (table,) = find_tables(read_roster("附件1-县乡建档立卡-2018.xlsx"), PUPILS).tables
    assert day_in(table.preamble) == date(2018, 3, 5)
    assert table.rows[-1].number == 89
    assert "民族" in table.unknown_headers
    assert "序号" not in table.unknown_headers


def test_old_xls_with_one_sheet_per_school_gives_one_table_each() -> None:
    name = "附件2-学区认定-2018.xls"
    found = find_tables(read_roster(name), RECOGNISED)
    assert [len(table.rows) for table in found.tables] == [14, 16, 11, 7, 6]
    assert {day_in(table.preamble) for table in found.tables} == {date(2018, 3, 5)}
    read = {(row.cells["name"], row.cells["id_number"]) for table in found.tables for row in table.rows}
    assert read == {(row["name"], row["id"]) for row in TRUTH[name]["rows"]}
    assert found.tables[0].rows[0].cells["income"] == 2300
    assert found.sheets_without == ()


def test_pairing_list_fills_teacher_cells_merged_down() -> None:
    name = "附件3-结对名单-2018.xlsx"
    (table,) = find_tables(read_roster(name), PAIRINGS).tables
    read = [
        tuple(row.cells[key] for key in ("teacher", "teacher_school", "student", "student_school"))
        for row in table.rows
    ]
    keys = ("teacher", "teacher_school", "student", "student_school")
    assert read == [tuple(pair[key] for key in keys) for pair in TRUTH[name]["pairs"]]
    assert all(row.cells["phone"] for row in table.rows)
    assert day_in(table.preamble) == date(2018, 3, 10)


def test_teacher_list_has_every_teacher() -> None:
    name = "教师花名册-2018.xlsx"
    (table,) = find_tables(read_roster(name), TEACHERS).tables
    assert [row.cells["name"] for row in table.rows] == [row["name"] for row in TRUTH[name]["rows"]]


def test_faulty_list_keeps_every_row_and_names_the_formula() -> None:
    (table,) = find_tables(read_roster("附件1-带错误.xlsx"), PUPILS).tables
    assert [row.number for row in table.rows] == list(range(4, 24))
    assert {row.number: row.formulas for row in table.rows if row.formulas} == {20: frozenset({"name"})}


def test_header_cells_match_across_line_breaks_full_width_and_notes() -> None:
    header: list[object] = ["学 校\n（全称）", "＊学生姓名", "身份证\n号码：", "联系电话（必填）"]
    table = table_of(["名单"], header, ["一小", "谢梅俊", "1", "2"])
    assert table.columns == {"school": 0, "name": 1, "id_number": 2, "phone": 3}
    assert table.unknown_headers == ()


def test_second_column_of_the_same_title_is_named_as_unknown() -> None:
    table = table_of(["学校", "姓名", "联系电话", "联系电话"], ["一小", "谢梅俊", "1", "2"])
    assert table.columns["phone"] == 2
    assert table.unknown_headers == ("联系电话（第2个）",)


def test_missing_required_column_is_named() -> None:
    table = table_of(["学校", "身份证号", "联系电话"], ["一小", "1", "2"])
    assert table.missing_required == ("学生姓名",)


def test_header_of_two_rows_joins_the_merged_cell_with_what_stands_below() -> None:
    workbook = Workbook()
    sheet = workbook.active
    for row in (
        ["附件"],
        ["学校", "学生", None, "联系电话"],
        [None, "姓名", "身份证号", None],
        ["一小", "谢梅俊", "1", "2"],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(area)
    table = find_table(read_workbook(saved(workbook), "a.xlsx").sheets[0], PUPILS)
    assert table is not None
    assert [row.cells for row in table.rows] == [
        {"school": "一小", "name": "谢梅俊", "id_number": "1", "phone": "2"}
    ]


HEADER: list[object] = ["序号", "学校", "姓名", "身份证号", "联系电话"]
PUPIL: list[object] = [1, "一小", "谢梅俊", "610899201108209026", "18400000000"]
FEET: list[list[object]] = [
    ["合计", None, "85人"],
    [None, "小 计", 3],
    ["总计：85人"],
    [None, None, "合计（人）", 85],
    ["单位负责人（签字）：", None, "审核人：", None, "填表人："],
    [None, "审核人：王某"],
    ["填表说明：1.本表一式两份。"],
    [None, "注：学籍号为19位。"],
    ["2.身份证号请填18位。"],
    [7],
    [],
    HEADER,
]


@pytest.mark.parametrize("foot", FEET, ids=str)
def test_foot_lines_are_no_pupils(foot: list[object]) -> None:
    assert [row.number for row in table_of(HEADER, PUPIL, foot, PUPIL).rows] == [2, 4]


@pytest.mark.parametrize(
    "row",
    [
        [1, None, "谢梅俊"],
        [None, None, "谢梅俊"],
        [1, "合计小学", "谢梅俊", "1", "2"],
        ["备注", "一小", "谢梅俊", "1", "2"],
        [None, None, "计小明", None, "18400000000"],
    ],
    ids=str,
)
def test_a_pupil_with_few_cells_or_an_odd_word_is_kept(row: list[object]) -> None:
    assert [found.number for found in table_of(HEADER, PUPIL, row).rows] == [2, 3]


def test_merge_reaching_past_the_last_pupil_makes_no_pupil() -> None:
    workbook = Workbook()
    sheet = workbook.active
    for row in (
        ["学校", "姓名", "联系电话"],
        ["一小", "谢梅俊", "1"],
        [None, "彭振", "2"],
        [None, None, None],
        [None],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A5")
    table = find_table(read_workbook(saved(workbook), "a.xlsx").sheets[0], PUPILS)
    assert table is not None
    assert [(row.cells["school"], row.cells["name"]) for row in table.rows] == [
        ("一小", "谢梅俊"),
        ("一小", "彭振"),
    ]


def test_sheets_without_a_table_are_named_and_blank_ones_are_not() -> None:
    content = make_xlsx([HEADER, PUPIL], [["说明", "请按表填写"]], [])
    found = find_tables(read_workbook(content, "a.xlsx"), PUPILS)
    assert [table.sheet_name for table in found.tables] == ["表1"]
    assert found.sheets_without == ("表2",)


@pytest.mark.parametrize(
    ("text", "day", "year"),
    [
        ("填报日期：2018年3月5日", date(2018, 3, 5), 2018),
        ("填报日期：2018.03.05", date(2018, 3, 5), None),
        ("2018-03-05", date(2018, 3, 5), None),
        ("2018 年 12 月 31 日", date(2018, 12, 31), 2018),
        ("二〇一八年麻镇学区", None, 2018),
        ("2018年2月30日", None, 2018),
        ("联系电话：0912-8700000", None, None),
    ],
)
def test_preamble_gives_day_and_year(text: str, day: date | None, year: int | None) -> None:
    assert (day_in([text]), year_in([text])) == (day, year)
