"""What a column may be: no edition by default, and nothing but name, school, grade and class in a notice."""

from dataclasses import FrozenInstanceError, fields
from enum import Enum

import pytest

from reports.exports.attachments import ATTACHMENTS
from reports.exports.columns import Column, NoticeColumn, NoticeRow
from reports.models import Edition

SECRET = {"身份证号", "学籍号"}
CATEGORY = {
    "户编号",
    "户主姓名",
    "与户主关系",
    "贫困户属性",
    "主要致贫原因",
    "脱贫状态",
    "脱贫年度",
    "家庭人口",
    "人均年收入（元）",
    "认定类型",
    "其他类型",
    "困难等级",
    "困难情况说明",
    "佐证材料",
    "认定日期",
    "学生类别",
    "帮扶措施",
    "备注",
}


def test_column_stands_in_no_edition_it_does_not_name() -> None:
    assert Column("姓名", lambda line: "").editions == frozenset()


def test_column_cannot_be_given_to_the_notice() -> None:
    with pytest.raises(ValueError, match="nothing else"):
        Column("身份证号", lambda line: "", editions={Edition.FULL, Edition.NOTICE})


def test_notice_columns_cannot_be_extended() -> None:
    with pytest.raises(TypeError, match="cannot extend"):
        Enum("MoreColumns", {"PHONE": ("电话", 10)}, type=NoticeColumn)
    assert [column.title for column in NoticeColumn] == ["学校", "年级", "班级", "学生姓名"]


def test_notice_row_holds_four_words_and_takes_no_more() -> None:
    row = NoticeRow("中心小学", "三年级", "1班", "苗沐阳")
    assert {field.name for field in fields(row)} == {"school", "grade", "class_number", "name"}
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        row.phone = "13800000000"  # type: ignore[attr-defined]  # what the test tries to smuggle in


def test_school_edition_has_no_numbers_and_no_category() -> None:
    shown = {
        column.title
        for attachment in ATTACHMENTS.values()
        for column in attachment.columns
        if Edition.SCHOOL in column.editions
    }
    assert shown & (SECRET | CATEGORY) == set()


def test_every_phone_column_is_masked() -> None:
    phones = [
        column
        for attachment in ATTACHMENTS.values()
        for column in attachment.columns
        if column.title.endswith("电话")
    ]
    assert len(phones) == 5
    assert all(column.mask is not None for column in phones)


def test_notice_titles_and_file_names_name_no_category() -> None:
    words = "".join(attachment.notice_title for attachment in ATTACHMENTS.values())
    assert not any(word in words for word in ("贫困", "建档", "立卡", "困难", "认定"))
