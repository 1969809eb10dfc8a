"""The columns of the teachers' roster and of the pairing list, and how to read them."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError

from pairing_portal.lib.codes import parse_sex
from pairing_portal.lib.school_years import Stage, parse_grade_and_class
from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.parsing import (
    ParsedColumn,
    Parser,
    day,
    day_from_1904,
    long_identifier,
    text,
)
from pairings.models import Heading, LeadershipMember
from students.imports import parsers
from students.imports.parsers import coded, line, repeated
from students.imports.persons import Person, person_name, person_with_phone, phone

SEPARATORS = re.compile(r"[、,;/+\s]+")
NO_POST = {"", "无", "否", "非成员"}
POSTS = {post.label: post for post in LeadershipMember.Post} | {"主任": LeadershipMember.Post.DIRECTOR}
HEADINGS = {heading.label: heading for heading in Heading} | {"精神": Heading.MIND, "物质": Heading.LIVING}

TEACHER_TITLE_WORDS = ("花名册", "教师名单", "教职工")
PAIRING_TITLE_WORDS = ("结对名单", "结对")

ClassName = tuple[Stage, int, int]


def _words(text_of_cell: str) -> list[str]:
    return [word for word in SEPARATORS.split(unicodedata.normalize("NFKC", text_of_cell)) if word]


def led_classes(words: str) -> tuple[ClassName, ...]:
    """Classes a teacher leads: 一年级1班, or several (一年级1班、二年级1班); codes of `parse_grade_and_class`."""
    return tuple(parse_grade_and_class(word) for word in _words(words) if word not in NO_POST)


def group_posts(words: str) -> tuple[LeadershipMember.Post, ...]:
    """Posts in the leading group: 副组长, or several; ValidationError `post_unknown`."""
    found = [word for word in _words(words) if word not in NO_POST]
    if not set(found) <= set(POSTS):
        raise ValidationError("领导小组职务可以填写：组长、副组长、办公室主任、成员。", code="post_unknown")
    return tuple(dict.fromkeys(POSTS[word] for word in found))


def headings(words: str) -> tuple[Heading, ...]:
    """What help consists of: 思想、学习; ValidationError `heading_unknown`."""
    found = [word for word in _words(words) if word != "其他"]
    if not set(found) <= set(HEADINGS):
        raise ValidationError(
            "帮扶重点可以填写：思想、心理、学习、生活，用顿号隔开。", code="heading_unknown"
        )
    return tuple(dict.fromkeys(HEADINGS[word] for word in found))


def word(cell: Cell) -> str:
    """A cell that is recognised and not taken over."""
    return text(cell)


def _column(key: str, title: str, *synonyms: str, parse: Parser, **values: Any) -> ParsedColumn:
    return ParsedColumn(key=key, title=title, synonyms=synonyms, parse=parse, **values)


def _composite(key: str, title: str, *synonyms: str, parse: Parser, **values: Any) -> ParsedColumn:
    """A column whose cells may tell facts of other columns too."""
    return _column(key, title, *synonyms, parse=parse, may_tell_more=True, **values)


TEACHER_COLUMNS = (
    _column(
        "school", "学校", "所在学校", "单位", "工作单位", "学校名称", "任教学校", parse=repeated(line(60))
    ),
    _composite(
        "name", "姓名", "教师姓名", "教师", parse=person_with_phone(Person("name", "phone")), required=True
    ),
    _column("sex", "性别", parse=coded(parse_sex)),
    _column("post", "职务", "行政职务", parse=line(30)),
    _column("title", "职称", "专业技术职务", parse=line(30)),
    _column(
        "led", "担任班主任班级", "班主任班级", "班主任", "所带班级", "任班主任班级", parse=coded(led_classes)
    ),
    _column("phone", "联系电话", "电话", "手机号", "手机号码", "联系方式", "手机", parse=phone),
    _column(
        "posts", "领导小组职务", "领导小组", "小组职务", "组内职务", "领导小组任职", parse=coded(group_posts)
    ),
)
PAIRING_COLUMNS = (
    _composite(
        "teacher",
        "帮扶教师",
        "帮扶教师姓名",
        "责任教师",
        "教师姓名",
        "帮扶人",
        parse=person_with_phone(Person("teacher", "teacher_phone")),
        required=True,
    ),
    _column(
        "teacher_school",
        "所在学校",
        "教师学校",
        "教师所在学校",
        "单位",
        "工作单位",
        "帮扶教师单位",
        parse=line(60),
    ),
    _column("teacher_post", "职务", "职称", "帮扶人职务", parse=word),
    _column("teacher_phone", "联系电话", "教师电话", "教师联系电话", "帮扶教师电话", "电话", parse=phone),
    _column("is_member", "是否领导小组成员", parse=word),
    _column(
        "name",
        "帮扶学生姓名",
        "帮扶学生",
        "学生姓名",
        "受助学生",
        "受助学生姓名",
        "贫困学生姓名",
        parse=person_name,
        required=True,
    ),
    _column("sex", "性别", "学生性别", parse=word),
    _column(
        "id_number",
        "身份证号",
        "身份证号码",
        "学生身份证号",
        "身份证件号",
        "公民身份号码",
        "证件号码",
        parse=long_identifier("id_number_is_numeric"),
    ),
    _column("school", "学校", "学生学校", "学生所在学校", "就读学校", parse=repeated(line(60))),
    _composite("class_grade", "年级", "就读年级", parse=parsers.grade),
    _composite("class_number", "班级", "就读班级", "年级班级", parse=parsers.class_number),
    _column("category", "学生类别", "类别", parse=word),
    _column("started_on", "结对日期", "结对时间", "开始日期", parse=day, parse_from_1904=day_from_1904),
    _column("focus", "帮扶重点", "帮扶内容", parse=coded(headings)),
    _column("measures", "帮扶措施", parse=line(200)),
    _column("remark", "备注", parse=line(200)),
)
TITLES = {column.key: column.title for column in (*PAIRING_COLUMNS, *TEACHER_COLUMNS)}
