import pytest
from openpyxl import Workbook

from pairing_portal.lib.workbooks.kinds import guess_kind, guess_sheets
from pairing_portal.lib.workbooks.reading import read_workbook
from pairing_portal.lib.workbooks.sheets import Workbook as ReadWorkbook
from tests.lib.workbooks.lists import KINDS, PUPILS, TEACHERS
from tests.lib.workbooks.samples import make_xlsx, read_roster, saved

WORDS = {"county_filed": ("建档立卡",), "district_recognised": ("认定的",), "teachers": ("教师花名册",)}
PUPIL_SHEET = [["学校", "姓名", "身份证号", "联系电话"], ["一小", "谢梅俊", "1", "2"]]
TEACHER_SHEET = [["学校", "姓名", "职务", "担任班主任班级"], ["一小", "折建国", "教师", "一年级1班"]]


def book_of(**sheets: list[list[str]]) -> ReadWorkbook:
    """A workbook with sheets of these names."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return read_workbook(saved(workbook), "a.xlsx")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("附件1-县乡建档立卡-2018.xlsx", "county_filed"),
        ("附件2-学区认定-2018.xls", "district_recognised"),
        ("附件3-结对名单-2018.xlsx", "pairings"),
        ("教师花名册-2018.xlsx", "teachers"),
    ],
)
def test_kind_is_guessed_from_the_columns(name: str, kind: str) -> None:
    assert guess_kind(read_roster(name), KINDS, WORDS) == kind


def test_kind_of_what_is_no_list_is_not_guessed() -> None:
    assert guess_kind(read_workbook(make_xlsx([["天气", "温度"], ["晴", 20]]), "a.xlsx"), KINDS) is None


def test_each_sheet_of_a_mixed_workbook_has_its_own_kind() -> None:
    book = book_of(学生=[["建档立卡名单"], *PUPIL_SHEET], 教师=TEACHER_SHEET, 说明=[["请如实填写"]])
    assert guess_sheets(book, KINDS, WORDS) == {"学生": "county_filed", "教师": "teachers"}


def test_sheet_that_fits_two_kinds_alike_has_none() -> None:
    book = book_of(学生=PUPIL_SHEET, 教师=TEACHER_SHEET)
    kinds = {"county_filed": PUPILS, "another": PUPILS, "teachers": TEACHERS}
    assert guess_sheets(book, kinds, WORDS) == {"教师": "teachers"}


def test_only_sheet_is_never_of_another_kind() -> None:
    assert guess_sheets(book_of(教师=TEACHER_SHEET), KINDS, WORDS) == {}
