"""The columns of the two registers: their titles here and in the sheets offices send, and how to read them."""

from datetime import date
from functools import lru_cache
from typing import Any

from pairing_portal.lib.codes import (
    parse_boarding,
    parse_difficulty_type,
    parse_difficulty_types,
    parse_guardian_relation,
    parse_household_attribute,
    parse_nation,
    parse_poverty_cause,
    parse_relation_to_head,
    parse_sex,
)
from pairing_portal.lib.workbooks.parsing import ParsedColumn, Parser, day, day_from_1904, yes_no
from students.imports import parsers
from students.imports.keys import row_key
from students.imports.parsers import coded, line, repeated
from students.imports.persons import Person, person_name, person_with_phone, phone_with_person
from students.models import Register

TITLE_WORDS = {Register.COUNTY_FILED: ("建档立卡",), Register.DISTRICT_RECOGNISED: ("认定",)}

# By key: our own title, then the other titles offices give the column.
WORDS = {
    "key": "系统编号",
    "school": "学校 学校全称 学校名称 就读学校 所在学校 在读学校 学校(全称)",
    "class_grade": "年级 所在年级 就读年级",
    "class_number": "班级 所在班级 就读班级 年级班级 班别 班",
    "name": "学生姓名 姓名 名字 学生 贫困学生姓名",
    "sex": "性别 学生性别",
    "birth_date": "出生日期 出生年月日",
    "nation": "民族",
    "id_number": "身份证号 身份证号码 身份证件号 身份证件号码 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码"
    " 证件号码 身份证 学生身份证号 学生身份证号码",
    "student_number": "学籍号 学籍号码 学籍编号 全国学籍号 学生学籍号",
    "is_disabled": "是否残疾 是否残疾学生 是否残疾人",
    "disability_certificate": "残疾人证号 残疾证号 残疾证号码 残疾人证号码 残疾证",
    "is_boarder": "就读方式 是否寄宿 是否住校 是否寄宿生 是否住校生 住校情况 寄宿 住校",
    "address": "家庭住址 家庭地址 住址 家庭详细住址 户籍地址 户籍/家庭住址 现住址",
    "town": "乡镇 所在乡镇 乡(镇)",
    "village": "村（社区） 村 行政村 所在村 村(居)",
    "village_group": "组 村民小组 小组",
    "guardian_name": "监护人 监护人姓名 家长 家长姓名",
    "guardian_relation": "监护人与学生关系 与学生关系 监护人关系 监护关系 监护人与学生的关系",
    "guardian_phone": "联系电话 监护人电话 监护人联系电话 监护人联系方式 家长电话 家长联系电话 联系方式 电话 电话号码"
    " 手机号 手机号码",
    "household_number": "户编号 户号 户编码 贫困户编号",
    "head_name": "户主姓名 户主",
    "head_id_number": "户主身份证号 户主身份证号码 户主身份证件号码 户主身份证 户主证件号码",
    "relation_to_head": "与户主关系 学生与户主关系 户主关系",
    "household_attribute": "贫困户属性 户属性",
    "poverty_cause": "主要致贫原因 致贫原因",
    "household_status": "脱贫状态 脱贫属性 脱贫情况 是否脱贫",
    "household_exit_year": "脱贫年度 脱贫年份 脱贫时间",
    "family_size": "家庭人口 家庭人口数 家庭人数",
    "income_per_head": "人均年收入（元） 家庭人均年收入 人均收入 人均纯收入 家庭人均年收入（元）",
    "main_type": "认定类型 认定类型(主) 困难类型 主要困难类型 贫困类型",
    "further_types": "其他类型 其他困难类型",
    "grade": "困难等级 认定等级 困难程度 贫困等级 认定困难等级",
    "situation": "困难情况说明 困难情况 情况说明 家庭情况说明 家庭情况 致困原因",
    "evidence": "佐证材料 证明材料",
    "recognised_on": "认定日期 认定时间",
    "remark": "备注",
}
TITLES = {key: words.split()[0] for key, words in WORDS.items()}


def _column(key: str, parse: Parser, **values: Any) -> ParsedColumn:
    title, *synonyms = WORDS[key].split()
    return ParsedColumn(key=key, title=title, synonyms=tuple(synonyms), parse=parse, **values)


def _composite(key: str, parse: Parser, **values: Any) -> ParsedColumn:
    """A column whose cells may tell facts of other columns too."""
    return _column(key, parse, may_tell_more=True, **values)


GUARDIAN = Person("guardian_name", "guardian_phone", "guardian_relation")
PUPIL = (
    _column("school", repeated(line(60))),
    _composite("class_grade", parsers.grade),
    _composite("class_number", parsers.class_number),
    _column("name", person_name, required=True),
    _column("sex", coded(parse_sex)),
    _column("birth_date", day, parse_from_1904=day_from_1904),
    _column("nation", coded(parse_nation)),
)
HOME = (
    _column("is_boarder", coded(parse_boarding)),
    _column("address", parsers.address),
    _column("town", line(30)),
    _column("village", line(30)),
    _column("village_group", line(30)),
    _composite("guardian_name", person_with_phone(GUARDIAN)),
    _column("guardian_relation", coded(parse_guardian_relation)),
    _composite("guardian_phone", phone_with_person(GUARDIAN)),
)
COUNTY_FILED = (
    _column("household_number", line(20)),
    _column("head_name", person_name),
    _column("relation_to_head", coded(parse_relation_to_head)),
    _column("household_attribute", coded(parse_household_attribute)),
    _column("poverty_cause", coded(parse_poverty_cause)),
    _composite("household_status", parsers.household_status),
    _composite(
        "household_exit_year",
        parsers.household_exit_year,
        parse_from_1904=parsers.household_exit_year_from_1904,
    ),
)
REMARK = (_column("remark", line(200)),)
KEY = (_column("key", row_key),)


def _identifiers(on: date) -> tuple[ParsedColumn, ...]:
    return (
        _column("id_number", parsers.resident_id(on)),
        _column("student_number", parsers.student_number(on)),
        _column("is_disabled", repeated(yes_no)),
        _column("disability_certificate", parsers.disability_certificate(on)),
    )


def _county_filed(on: date) -> tuple[ParsedColumn, ...]:
    return (*COUNTY_FILED, _column("head_id_number", parsers.resident_id(on)))


def _district_recognised(on: date) -> tuple[ParsedColumn, ...]:
    return (
        _column("family_size", parsers.family_size),
        _column("income_per_head", parsers.income),
        _column("main_type", coded(parse_difficulty_type)),
        _column("further_types", coded(parse_difficulty_types)),
        _column("grade", parsers.recognition_grade(on)),
        _column("situation", line(200)),
        _column("evidence", line(100)),
        _column("recognised_on", day, parse_from_1904=day_from_1904),
    )


@lru_cache(maxsize=64)
def register_columns(register: Register, on: date) -> tuple[ParsedColumn, ...]:
    """The columns of a register's workbook; `on` is the day the list describes, on which its words must be in use."""
    own = _county_filed(on) if register == Register.COUNTY_FILED else _district_recognised(on)
    return (*PUPIL, *_identifiers(on), *HOME, *own, *REMARK, *KEY)
