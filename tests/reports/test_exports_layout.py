"""What stands around the entries: titles, the line of the office, totals, signatures, marks, merged cells."""

from datetime import date

import pytest

from pairing_portal.accounts.models import Role
from reports.exports.columns import NoticeColumn
from reports.models import Edition
from students.models import SchoolClass
from tests.builders import make_class, make_entry, make_school, make_student, make_user
from tests.reports.sheets import NOTICE_ENDS_ON, issue, issued, printed
from tests.reports.town import AFTER, BEFORE, Town

FULL, SCHOOL, NOTICE = Edition.FULL, Edition.SCHOOL, Edition.NOTICE
TITLES = {
    1: "2018年县乡建档立卡麻镇学区在校贫困学生信息汇总表",
    2: "2018年麻镇学区认定的在校贫困学生信息汇总表",
    3: "2018年麻镇学区开展“三秦教师结对帮扶贫困学生”专项行动结对名单",
}
TELLING = (
    "贫困",
    "建档",
    "立卡",
    "困难",
    "认定",
    "低保",
    "苗建国",
    "6108",
    "1381",
    "0912",
    "麻镇沙梁村",
    "王家墕",
)


def _class(town: Town) -> SchoolClass:
    return make_class(make_school(town.district))


@pytest.mark.parametrize("kind", [1, 2, 3])
@pytest.mark.parametrize("edition", [FULL, SCHOOL])
def test_title_is_the_plans_with_year_and_district(town: Town, kind: int, edition: Edition) -> None:
    sheet = issued(town.office, kind, edition, AFTER)
    assert sheet.title == TITLES[kind]
    assert sheet.line == (
        "填报单位（盖章）：麻镇学区 填报人：张主任    联系电话：0912-8700000 填报日期：2018年5月1日"
    )


@pytest.mark.parametrize("kind", [1, 2, 3])
def test_notice_tells_nothing_of_poverty_family_or_numbers(town: Town, kind: int) -> None:
    file = issue(town.office, kind, NOTICE, AFTER)
    sheet = printed(file.content)
    assert not [word for word in TELLING if word in sheet.text + file.name]
    assert f"公示时间：2018年5月1日至2018年5月{NOTICE_ENDS_ON.day}日，到期撤除" in sheet.line


def test_two_notices_of_one_day_have_two_names(town: Town) -> None:
    names = {issue(town.office, kind, NOTICE, AFTER).name for kind in (1, 2)}
    assert len(names) == 2


def test_optional_columns_are_printed_when_asked_for(town: Town) -> None:
    optional = ["学段", "是否残疾", "残疾人证号", "户主身份证号", "班主任", "班主任电话"]
    assert not {*optional} & {*issued(town.office, 1, FULL, AFTER).headers}
    row = printed(issue(town.office, 1, FULL, AFTER, with_optional=True).content).rows[0]
    told = ["小学", "是", "61089920100315901843", "610899198001011234", "杜文", "13900003333"]
    assert [row[title] for title in optional] == told
    masked = printed(issue(town.office, 1, SCHOOL, AFTER, with_optional=True).content).rows[0]
    assert masked["班主任电话"] == "139****3333"
    assert printed(issue(town.office, 1, NOTICE, AFTER, with_optional=True).content).headers == [
        column.title for column in NoticeColumn
    ]


def test_totals_and_signatures_close_the_table(town: Town) -> None:
    assert issued(town.office, 1, FULL, AFTER).foot[0] == "合计 1 人"
    totals, signature = issued(town.office, 3, FULL, AFTER).foot
    assert totals == "合计：教师 2 人，学生 2 人，结对 3 对"
    assert signature.split() == ["单位负责人（签字）：", "审核人：", "填表人："]


def test_teacher_cells_are_merged_over_the_teachers_pupils(town: Town) -> None:
    sheet = issued(town.office, 3, FULL, BEFORE).sheet
    merged = {str(area) for area in sheet.merged_cells.ranges if area.min_row > 3}
    assert {"B5:B6", "C5:C6", "D5:D6", "E5:E6", "F5:F6"} <= merged
    assert not any(area.startswith("G") for area in merged)


def test_page_is_a4_landscape_one_page_wide_with_repeated_header_and_mark(town: Town) -> None:
    sheet = issued(town.office, 1, FULL, AFTER).sheet
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    number = f"D{town.district.pk}-2018-0001"
    assert sheet.oddFooter.right.text == f"张主任 2018年5月10日 09:30 导出编号 {number}"


def test_long_numbers_are_text_cells(town: Town) -> None:
    sheet = issued(town.office, 1, FULL, AFTER).sheet
    texts = {cell.value: (cell.data_type, cell.number_format) for cell in sheet[4]}
    for number in ("610899201003159018", "G610899201003159018", "6110000001", "13812345678"):
        assert texts[number] == ("s", "@")


@pytest.mark.parametrize("edition", list(Edition))
def test_name_that_looks_like_a_formula_stays_text(town: Town, edition: Edition) -> None:
    sheet = issued(town.office, 2, edition, AFTER).sheet
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("kind", [1, 2, 3])
@pytest.mark.parametrize("edition", list(Edition))
def test_foreign_pupils_never_stand_in_a_file(town: Town, kind: int, edition: Edition) -> None:
    assert "异区学生" not in issued(town.office, kind, edition, AFTER).text


def test_office_of_another_district_gets_an_empty_table(town: Town) -> None:
    elsewhere = make_student(name="外区").district
    stranger = make_user(Role.OFFICE, district=elsewhere)
    for kind in (1, 2, 3):
        assert issued(stranger, kind, FULL, AFTER).rows == []


def test_pupil_without_a_class_that_day_keeps_a_line(town: Town) -> None:
    absent = make_student(_class(town), name="离校生")
    absent.enrolments.update(ended_on=BEFORE, end_reason="transferred")
    make_entry(absent)
    rows = {row["学生姓名"]: row for row in issued(town.office, 1, FULL, AFTER).rows}
    assert [rows["离校生"][title] for title in ("学校", "年级", "班级", "就读方式")] == [None] * 4


def test_line_of_a_pupil_listed_later_is_missing_before(town: Town) -> None:
    make_entry(make_student(_class(town), name="后来者"), listed_on=date(2018, 5, 1))
    assert [row["学生姓名"] for row in issued(town.office, 1, SCHOOL, BEFORE).rows] == ["苗沐阳"]
    assert len(issued(town.office, 1, SCHOOL, AFTER).rows) == 2
