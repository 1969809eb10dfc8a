"""Code lists and their parsers."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.lib import codes

SPRING_2018 = date(2018, 3, 5)
ALL_LISTS = [
    codes.NATIONS,
    codes.RELATIONS_TO_HEAD,
    codes.GUARDIAN_RELATIONS,
    codes.HOUSEHOLD_ATTRIBUTES,
    codes.POVERTY_CAUSES,
    codes.HOUSEHOLD_STATUSES,
    codes.DIFFICULTY_TYPES,
    codes.RECOGNITION_GRADES,
]


@pytest.mark.parametrize("code_list", ALL_LISTS, ids=lambda code_list: code_list.title)
def test_code_list_reads_its_own_names(code_list: codes.CodeList) -> None:
    assert [code_list.parse(name) for name in code_list.names()] == list(code_list.names())


@pytest.mark.parametrize("code_list", ALL_LISTS, ids=lambda code_list: code_list.title)
def test_no_spelling_means_two_things(code_list: codes.CodeList) -> None:
    spellings = [word for code in code_list for word in (code.name, *code.spellings)]

    assert sorted(spellings) == sorted(set(spellings))


@pytest.mark.parametrize("code_list", ALL_LISTS, ids=lambda code_list: code_list.title)
def test_code_list_refuses_with_its_code_and_what_is_accepted(code_list: codes.CodeList) -> None:
    with pytest.raises(ValidationError, match=code_list.names()[0]) as caught:
        code_list.parse("火星")

    assert caught.value.code == code_list.error_code


@pytest.mark.parametrize(
    ("parse", "typed", "stored"),
    [
        (codes.parse_nation, "汉", "汉族"),
        (codes.parse_nation, "蒙古族", "蒙古族"),
        (codes.parse_nation, "毛难族", "毛南族"),
        (codes.parse_nation, "崩龙", "德昂族"),
        (codes.parse_sex, " 男 ", codes.Sex.MALE),
        (codes.parse_relation_to_head, "之子", "子"),
        (codes.parse_relation_to_head, "之孙女", "孙女"),
        (codes.parse_relation_to_head, "外孙", "外孙子"),
        (codes.parse_guardian_relation, "爷爷", "祖父"),
        (codes.parse_guardian_relation, "母亲", "母亲"),
        (codes.parse_guardian_relation, "之爷爷", "祖父"),
        (codes.parse_guardian_relation, "父女关系", "父亲"),
        (codes.parse_relation_to_head, "之长子", "子"),
        (codes.parse_difficulty_type, "特困", "特困救助供养学生"),
        (codes.parse_household_attribute, "特困", "特困供养户"),
        (codes.parse_household_status, "√", "已脱贫"),
        (codes.parse_boarding, "住校", True),
        (codes.parse_boarding, "走读", False),
        (codes.parse_boarding, "是", True),
        (codes.parse_boarding, "√", True),
        (codes.parse_boarding, "否", False),
        (codes.parse_household_attribute, "低保贫困户", "低保户"),
        (codes.parse_poverty_cause, "自身发展动力不足", "自身发展动力不足"),
        (codes.parse_poverty_causes, "因病、因残", ("因病", "因残")),
        (codes.parse_household_status, "未脱贫", "未脱贫"),
        (codes.parse_difficulty_type, "农村特困救助供养学生", "特困救助供养学生"),
        (codes.parse_difficulty_types, "孤儿，单亲家庭；孤儿", ("孤儿", "单亲家庭")),
        (codes.parse_difficulty_types, "孤儿 单亲", ("孤儿", "单亲家庭")),
    ],
)
def test_spelling_is_stored_as_the_lists_name(parse: Any, typed: str, stored: object) -> None:
    assert parse(typed) == stored


@pytest.mark.parametrize(
    ("parse", "typed", "code"),
    [
        (codes.parse_sex, "M", "sex_unknown"),
        (codes.parse_boarding, "偶尔", "boarding_unknown"),
        (codes.parse_relation_to_head, "父亲", "relation_to_head_unknown"),
        (codes.parse_guardian_relation, "之子", "guardian_relation_unknown"),
        (codes.parse_poverty_causes, "因病、因残、因学、缺水", "poverty_cause_unknown"),
        (codes.parse_nation, "", "nation_unknown"),
    ],
)
def test_unknown_word_is_refused(parse: Any, typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse(typed)

    assert caught.value.code == code


def test_there_are_fifty_six_nations_and_others() -> None:
    assert len(codes.NATIONS.names()) == 57


def test_recognition_grades_are_three_until_august_2019_then_two() -> None:
    assert codes.recognition_grades(date(2019, 8, 14)) == ("特别困难", "困难", "一般困难")
    assert codes.recognition_grades(date(2019, 8, 15)) == ("特别困难", "一般困难")


def test_recognition_grade_must_be_in_force_on_the_day() -> None:
    assert codes.parse_recognition_grade("困难", on=SPRING_2018) == "困难"
    with pytest.raises(ValidationError, match="可以填写：特别困难、一般困难。") as caught:
        codes.parse_recognition_grade("困难", on=date(2020, 3, 5))
    assert caught.value.code == "recognition_grade_unknown"


def test_household_statuses_change_words_after_2020() -> None:
    assert codes.HOUSEHOLD_STATUSES.names(date(2020, 12, 31)) == ("未脱贫", "已脱贫", "返贫", "新识别")
    assert "脱贫不稳定户" in codes.HOUSEHOLD_STATUSES.names(date(2021, 1, 1))


@pytest.mark.parametrize(
    ("types", "only_special"),
    [(["单亲家庭"], True), (["双亲留守", "隔代抚养"], True), (["单亲家庭", "孤儿"], False), ([], False)],
)
def test_special_family_alone_needs_no_grade(types: list[str], only_special: bool) -> None:
    assert codes.is_special_family_only(types) is only_special
    assert set(codes.DIFFICULTY_TYPES.names()) >= codes.SPECIAL_FAMILY_TYPES
