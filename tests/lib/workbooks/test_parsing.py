from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.entries import TableRow
from pairing_portal.lib.workbooks.parsing import (
    ParsedColumn,
    Problem,
    day,
    day_from_1904,
    integer,
    long_identifier,
    money,
    parse_row,
    text,
    year,
    year_from_1904,
    yes_no,
)

COLUMNS = (
    ParsedColumn(key="name", title="学生姓名", required=True),
    ParsedColumn(key="id_number", title="身份证号", parse=long_identifier("id_number_is_numeric")),
    ParsedColumn(key="size", title="家庭人口", parse=integer),
)


def code_of(parse: object, cell: Cell) -> str:
    assert callable(parse)
    with pytest.raises(ValidationError) as refusal:
        parse(cell)
    assert refusal.value.message.endswith("。")
    return str(refusal.value.code)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (" 谢梅俊　", "谢梅俊"),
        (2, "2"),
        (3100.5, "3100.5"),
        ("刘𬭎", "刘𬭎"),
        ("谢\u200b梅\u202e俊", "谢梅俊"),
        ("=1+1", "=1+1"),
    ],
)
def test_text_is_cleaned_but_never_changed(cell: Cell, words: str) -> None:
    assert text(cell) == words


def test_long_numbers_held_as_numbers_are_refused_with_the_reason() -> None:
    parse = long_identifier("id_number_is_numeric")
    assert parse("610899201003159018") == "610899201003159018"
    assert parse(6184794249) == "6184794249"
    assert code_of(parse, 610899200901096000) == "id_number_is_numeric"
    assert code_of(parse, 6.10899200901096e17) == "id_number_is_numeric"


@pytest.mark.parametrize(("cell", "number"), [(4, 4), ("4", 4), ("４人", 4), (" 4 口", 4), ("0", 0)])
def test_integers_are_read_with_their_units(cell: Cell, number: int) -> None:
    assert integer(cell) == number


@pytest.mark.parametrize("cell", ["四", 4.5, "4.5", True, date(2018, 3, 5), "", "9" * 30])
def test_what_is_no_integer_is_refused(cell: Cell) -> None:
    assert code_of(integer, cell) == "not_an_integer"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (2300, "2300.00"),
        ("2300元", "2300.00"),
        ("3,100.50", "3100.50"),
        (3100.5, "3100.50"),
        ("￥１２", "12.00"),
        (0.285, "0.29"),
        ("2300元/年", "2300.00"),
        ("人民币2,300元整", "2300.00"),
        ("0.23万元", "2300.00"),
    ],
)
def test_amounts_are_read_to_the_cent(cell: Cell, amount: str) -> None:
    assert str(money(cell)) == amount


@pytest.mark.parametrize("cell", ["约两千", -5, "1,23", True, "1e9", 1e300])
def test_what_is_no_amount_is_refused(cell: Cell) -> None:
    assert code_of(money, cell) == "not_an_amount"


@pytest.mark.parametrize(
    "cell",
    [
        date(2018, 3, 10),
        datetime.fromisoformat("2018-03-10T08:00"),
        "2018-03-10",
        "2018.3.10",
        "2018/03/10",
        "2018年3月10日",
        "20180310",
        20180310,
        "2018年3月10号",
        "2018、3、10",
        43169,
        43169.5,
        "43169",
    ],
)
def test_days_are_read_in_the_ways_offices_write_them(cell: Cell) -> None:
    found = day(cell)
    assert (type(found), found) == (date, date(2018, 3, 10))


def test_serial_days_count_from_the_calendar_of_the_workbook() -> None:
    assert day_from_1904(41707) == day(43169) == date(2018, 3, 10)
    assert year_from_1904("41707") == year(43169) == 2018


@pytest.mark.parametrize(
    "cell", [2018, 99999, 1234, "1.5", "2018-02-30", "2018年3月", "下周", "1018-03-10", True, 2018.3]
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    assert code_of(day, cell) == "not_a_day"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_from_each_way_of_writing_it(on: date) -> None:
    written = (on, on.isoformat(), f"{on.year}.{on.month}.{on.day}", f"{on.year}年{on.month}月{on.day}日")
    assert [day(cell) for cell in written] == [on] * 4


@given(st.decimals(0, 99_999_999, places=2))
def test_every_amount_is_read_back(amount: Decimal) -> None:
    assert money(f"{amount:,}元") == money(str(amount)) == amount


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(allow_nan=True), st.dates(), st.booleans()))
def test_parsers_refuse_but_never_break(cell: Cell) -> None:
    for parse in (text, integer, money, day, year, yes_no):
        with suppress(ValidationError):
            parse(cell)


def test_years_and_answers_are_read() -> None:
    written = (2016, "2016", "2016年", "２０１６年度", "2016年12月", 2016.12, "2016-12-31", date(2016, 5, 1))
    assert {year(cell) for cell in written} == {2016}
    assert code_of(year, "16年") == "not_a_year"
    assert [yes_no(cell) for cell in ("是", "有", "√", True, "否", "无", "×", False)] == [True] * 4 + [
        False
    ] * 4
    assert code_of(yes_no, "可能") == "not_yes_or_no"


def test_row_gives_values_and_leaves_blank_and_absent_cells_out() -> None:
    row = TableRow("附件1", 4, {"name": "谢梅俊", "id_number": None})
    assert parse_row(COLUMNS, row) == ({"name": "谢梅俊"}, [])


@pytest.mark.parametrize("cell", ["/", " 无 ", "—", "——", "-", "暂无", "N/A", "／"])
def test_a_sign_for_nothing_is_a_blank(cell: Cell) -> None:
    row = TableRow("附件1", 4, {"name": cell, "id_number": cell, "size": cell})
    values, problems = parse_row(COLUMNS, row)
    assert values == {}
    assert [problem.code for problem in problems] == ["name_missing"]


def test_row_names_each_cell_it_cannot_take() -> None:
    row = TableRow("附件1", 5, {"name": None, "id_number": 6.1e17, "size": "四"})
    values, problems = parse_row(COLUMNS, row)
    assert values == {}
    assert [(problem.code, problem.column_title) for problem in problems] == [
        ("name_missing", "学生姓名"),
        ("id_number_is_numeric", "身份证号"),
        ("not_an_integer", "家庭人口"),
    ]
    assert problems[0] == Problem("name_missing", "error", "附件1", 5, "学生姓名", "缺少学生姓名，请补填。")


def test_formula_is_named_once_and_its_cached_value_not_taken() -> None:
    for cached in (None, "张三"):
        row = TableRow("附件1", 20, {"name": cached}, frozenset({"name"}))
        values, problems = parse_row(COLUMNS, row)
        assert values == {}
        assert [problem.code for problem in problems] == ["formula"]
