"""What of a file is read, and what is said about the rest."""

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.lib.school_years import Stage
from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from students.imports.comparing import read_register
from students.imports.places import named_class
from students.imports.reading import Reading
from students.imports.storing import workbook_as_text, workbook_from_text
from students.models import Register
from tests.students.rosters import BOY, COUNTY_2018, DAY_2018, DISTRICT_2018, workbook


def read(*rows: tuple, name: str = "石堡塔小学", register: Register = Register.COUNTY_FILED) -> Reading:
    """A sheet of these rows, read as a register."""
    return read_register(Workbook((Sheet(name, True, rows),)), register, DAY_2018)


def test_sheet_name_stands_for_the_school_where_no_column_names_it() -> None:
    reading = read(("姓名", "年级"), ("折小雨", "一年级"))
    assert reading.rows[0].values["school"] == "石堡塔小学"


def test_grade_and_class_in_one_cell_are_told_apart() -> None:
    reading = read(("姓名", "班级"), ("折小雨", "三年级2班"))
    assert named_class(reading.rows[0].values) == (Stage.PRIMARY, 3, 2)


def test_columns_that_are_not_known_are_named() -> None:
    reading = read(("姓名", "年级", "班主任", "鞋码"), ("折小雨", "一年级", "杜文", "36"))
    assert reading.unknown_columns == ("班主任", "鞋码")


def test_sheet_without_names_is_passed_over_and_said_so() -> None:
    named = Sheet("一", True, (("姓名", "年级"), ("折小雨", "一年级")))
    nameless = Sheet("二", True, (("学校", "年级"), ("第一小学", "一年级")))
    reading = read_register(Workbook((named, nameless)), Register.COUNTY_FILED, DAY_2018)
    assert (len(reading.rows), reading.notes) == (1, ("工作表“二”没有“学生姓名”列，没有读取。",))


def test_file_without_names_is_refused() -> None:
    with pytest.raises(ValidationError, match="学生姓名"):
        read(("学校", "年级"), ("第一小学", "一年级"))


def test_repeated_number_names_both_rows() -> None:
    reading = read(("姓名", "身份证号"), ("折小雨", BOY), ("单秀", BOY))
    problem = reading.rows[1].problems[0]
    assert (problem.code, problem.row) == ("id_number_twice_in_file", 3)
    assert "第 2 行（折小雨）" in problem.message


@pytest.mark.parametrize(
    ("types", "grade", "codes"),
    [
        ("孤儿", "特别困难", []),
        ("孤儿", "", ["recognition_grade_missing"]),
        ("单亲家庭", "", []),
        ("", "特别困难", ["main_type_missing"]),
        ("孤儿", "很困难", ["recognition_grade_unknown", "recognition_grade_missing"]),
    ],
)
def test_recognition_grade_is_asked_for_unless_the_family_is_only_special(
    types: str, grade: str, codes: list[str]
) -> None:
    header = ("姓名", "认定类型", "困难等级")
    reading = read(header, ("折小雨", types, grade), register=Register.DISTRICT_RECOGNISED)
    assert [problem.code for problem in reading.rows[0].problems] == codes


@pytest.mark.parametrize("name", [COUNTY_2018, DISTRICT_2018])
def test_stored_reading_comes_back_as_it_was(name: str) -> None:
    book = workbook(name)
    assert workbook_from_text(workbook_as_text(book)) == book
