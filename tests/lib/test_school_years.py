"""School years, terms, grades and classes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pairing_portal.lib import school_years
from pairing_portal.lib.school_years import Season, Stage, Term

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
places = [(stage, grade) for stage in Stage for grade in range(1, school_years.GRADES_IN_STAGE[stage] + 1)]
FIRST_OF_SEPTEMBER = date(2018, 9, 1)


def place_or_code(text: str) -> Any:
    """Stage, grade and class number, or the code of the refusal."""
    try:
        return school_years.parse_grade_and_class(text)
    except ValidationError as refused:
        return refused.code


@given(days)
def test_school_year_holds_its_day(on: date) -> None:
    start = school_years.school_year_start(on)

    assert start <= on < start.replace(year=start.year + 1)
    assert start.year == school_years.school_year(on)


@given(st.integers(2000, 2090), st.integers(0, 12))
def test_grade_advances_by_one_each_first_of_september(entry_year: int, years: int) -> None:
    turn = date(entry_year + years, 9, 1)

    before = school_years.grade_number(entry_year, turn - timedelta(days=1))

    assert school_years.grade_number(entry_year, turn) == before + 1 == years + 1


@given(days, st.integers(1, 9))
def test_entry_year_leads_back_to_the_grade(on: date, grade: int) -> None:
    assert school_years.grade_number(school_years.entry_year(grade, on), on) == grade


@given(days)
def test_term_holds_its_day(on: date) -> None:
    term = school_years.term_of(on)

    assert term.started_on <= on < term.ended_on


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2018, 3, 5), "2018春"),
        (date(2018, 8, 31), "2018春"),
        (date(2018, 9, 1), "2018秋"),
        (date(2019, 1, 31), "2018秋"),
        (date(2019, 2, 1), "2019春"),
    ],
)
def test_term_is_written_with_the_year_it_begins(on: date, written: str) -> None:
    assert str(school_years.term_of(on)) == written


def test_autumn_term_ends_where_spring_begins() -> None:
    assert Term(2018, Season.AUTUMN).ended_on == Term(2019, Season.SPRING).started_on


@pytest.mark.parametrize(
    ("stage", "grade", "name"),
    [
        (Stage.PRESCHOOL, 1, "小班"),
        (Stage.PRESCHOOL, 3, "大班"),
        (Stage.PRESCHOOL, 4, "已毕业"),
        (Stage.PRIMARY, 0, "未入学"),
        (Stage.PRIMARY, 6, "六年级"),
        (Stage.PRIMARY, 7, "已毕业"),
        (Stage.MIDDLE, 1, "七年级"),
        (Stage.MIDDLE, 3, "九年级"),
    ],
)
def test_grade_has_a_name(stage: Stage, grade: int, name: str) -> None:
    assert school_years.grade_name(stage, grade) == name


@pytest.mark.parametrize(
    ("entry_year", "name"),
    [(2017, "八年级2班"), (2015, "已毕业（2015级2班）"), (2019, "未入学（2019级2班）")],
)
def test_class_that_is_not_in_school_is_told_by_its_entry_year(entry_year: int, name: str) -> None:
    assert school_years.class_name(Stage.MIDDLE, entry_year, 2, FIRST_OF_SEPTEMBER) == name


@pytest.mark.parametrize(("stage", "grade"), places)
def test_grade_name_reads_back(stage: Stage, grade: int) -> None:
    assert school_years.parse_grade(school_years.grade_name(stage, grade)) == (stage, grade)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("1年级", (Stage.PRIMARY, 1)),
        ("１年级", (Stage.PRIMARY, 1)),
        ("小学 三年级", (Stage.PRIMARY, 3)),
        ("7年级", (Stage.MIDDLE, 1)),
        ("初一", (Stage.MIDDLE, 1)),
        ("初3", (Stage.MIDDLE, 3)),
        ("初中二年级", (Stage.MIDDLE, 2)),
        ("初中八年级", (Stage.MIDDLE, 2)),
        ("幼儿园中班", (Stage.PRESCHOOL, 2)),
        ("学前班", (Stage.PRESCHOOL, 3)),
    ],
)
def test_grade_is_read_in_other_spellings(typed: str, place: tuple[Stage, int]) -> None:
    assert school_years.parse_grade(typed) == place


@pytest.mark.parametrize(
    "typed", ["", "三", "3", "十年级", "10年级", "0年级", "高一", "小学七年级", "初四", "一年级1班"]
)
def test_unknown_grade_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        school_years.parse_grade(typed)

    assert caught.value.code == "grade_unknown"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (1, 1),
        (1.0, 1),
        ("1", 1),
        ("1.0", 1),
        ("1班", 1),
        ("（2）班", 2),
        ("二班", 2),
        ("十二班", 12),
        ("２班", 2),
    ],
)
def test_class_number_is_read(typed: str | float, number: int) -> None:
    assert school_years.parse_class_number(typed) == number


@given(st.integers(1, 99))
def test_class_number_reads_back(number: int) -> None:
    assert school_years.parse_class_number(f"({number}) 班") == number


@pytest.mark.parametrize("typed", ["", "班", "0班", "1.5", "甲班", "一二班", "十十", "-1", "100班", "nan"])
def test_unknown_class_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        school_years.parse_class_number(typed)

    assert caught.value.code == "class_number_unknown"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("一年级1班", (Stage.PRIMARY, 1, 1)),
        ("三年级（2）班", (Stage.PRIMARY, 3, 2)),
        ("三（2）班", (Stage.PRIMARY, 3, 2)),
        ("七(1)班", (Stage.MIDDLE, 1, 1)),
        ("初一2班", (Stage.MIDDLE, 1, 2)),
        ("大班2班", (Stage.PRESCHOOL, 3, 2)),
        ("大一班", (Stage.PRESCHOOL, 3, 1)),
        ("小班 1班", (Stage.PRESCHOOL, 1, 1)),
    ],
)
def test_grade_and_class_are_read_together(typed: str, place: tuple[Stage, int, int]) -> None:
    assert school_years.parse_grade_and_class(typed) == place


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("一年级", "class_number_unknown"),
        ("十年级1班", "grade_unknown"),
        ("", "grade_unknown"),
        ("1班", "grade_unknown"),
    ],
)
def test_half_of_grade_and_class_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        school_years.parse_grade_and_class(typed)

    assert caught.value.code == code


@given(st.text(st.sampled_from("一二三十年级班小中大初学前（()1290.第 "), max_size=8))
def test_grade_and_class_are_read_or_refused(text: str) -> None:
    outcome = place_or_code(text)

    assert outcome in {"grade_unknown", "class_number_unknown"} or (outcome[:2] in places and outcome[2] >= 1)


@pytest.mark.parametrize(
    ("from_stage", "entry_year", "to_stage", "to_grade", "promoted"),
    [
        (Stage.PRESCHOOL, 2015, Stage.PRIMARY, 1, True),  # 大班 in 2017/18
        (Stage.PRIMARY, 2012, Stage.MIDDLE, 1, True),  # 六年级 in 2017/18
        (Stage.PRESCHOOL, 2014, Stage.PRIMARY, 2, True),  # two years on
        (Stage.PRESCHOOL, 2016, Stage.PRIMARY, 1, False),  # would be in 大班
        (Stage.PRESCHOOL, 2014, Stage.PRIMARY, 1, False),  # repeats
        (Stage.PRIMARY, 2013, Stage.PRIMARY, 6, False),  # the same stage
        (Stage.PRESCHOOL, 2015, Stage.MIDDLE, 1, False),
        (Stage.MIDDLE, 2015, Stage.MIDDLE, 1, False),
    ],
)
def test_promotion_is_the_next_stage_by_time_alone(
    from_stage: Stage, entry_year: int, to_stage: Stage, to_grade: int, promoted: bool
) -> None:
    found = school_years.is_promotion(from_stage, entry_year, to_stage, to_grade, FIRST_OF_SEPTEMBER)

    assert found is promoted


def test_last_stage_has_no_next() -> None:
    assert school_years.next_stage("preschool") == Stage.PRIMARY
    assert school_years.next_stage("middle") is None


@pytest.mark.parametrize(("stage", "entered"), [("preschool", 2015), ("primary", 2012), ("middle", 2015)])
def test_stage_is_left_on_1_september_after_the_last_grade(stage: str, entered: int) -> None:
    left_on = school_years.stage_left_on(stage, entered)
    assert left_on == date(2018, 9, 1)
    assert school_years.class_name(stage, entered, 1, left_on).startswith("已毕业")
    assert not school_years.class_name(stage, entered, 1, left_on - timedelta(days=1)).startswith("已毕业")
