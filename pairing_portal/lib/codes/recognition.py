"""Why a district lists a pupil (difficulty types) and how severe the case is (dated recognition grades)."""

from collections.abc import Iterable
from datetime import date

from pairing_portal.lib.codes.lists import Code, CodeList

_AFTER_2020 = date(2021, 1, 1)
_WIDER_TARGET = date(2026, 1, 1)
_TWO_GRADES = date(2019, 8, 15)  # Shaanxi measures of 2019: two grades instead of three

DIFFICULTY_TYPES = CodeList(
    "困难类型",
    "difficulty_type_unknown",
    (
        Code("建档立卡家庭学生", ("建档立卡", "建档立卡学生", "建档立卡贫困家庭学生"), valid_to=_AFTER_2020),
        Code("脱贫家庭学生", ("脱贫家庭",), valid_from=_AFTER_2020),
        Code("脱贫不稳定家庭学生", ("脱贫不稳定家庭",), valid_from=_AFTER_2020),
        Code("边缘易致贫家庭学生", ("边缘易致贫家庭",), valid_from=_AFTER_2020),
        Code("突发严重困难家庭学生", ("突发严重困难家庭",), valid_from=_AFTER_2020),
        Code("防止返贫致贫对象", valid_from=_WIDER_TARGET),
        Code(
            "低保家庭学生", ("低保", "低保家庭", "农村低保家庭学生", "城乡低保家庭学生", "城镇低保家庭学生")
        ),
        Code("低保边缘家庭学生", ("低保边缘", "低保边缘家庭"), valid_from=_AFTER_2020),
        Code(
            "特困救助供养学生",
            ("特困供养", "特困供养学生", "农村特困救助供养学生", "特困", "特困户", "五保", "五保学生"),
        ),
        Code("刚性支出困难家庭学生", ("刚性支出困难家庭",), valid_from=_AFTER_2020),
        Code("其他低收入家庭学生", ("低收入家庭学生", "其他低收入家庭"), valid_from=_AFTER_2020),
        Code("孤儿", ("孤残学生",)),
        Code("事实无人抚养儿童", ("事实无人抚养", "事实孤儿")),
        Code("残疾学生", ("家庭经济困难残疾学生", "学生残疾")),
        Code("残疾人子女", ("残疾人家庭子女",)),
        Code("烈士子女", ("优抚家庭子女", "烈士或优抚家庭子女")),
        Code("困难职工子女", ("建档困难职工子女", "困难职工家庭学生")),
        Code("重大疾病", ("重病", "大病", "学生本人或家庭成员重大疾病", "家庭成员重大疾病")),
        Code("突发意外事件", ("突发意外", "突发事件", "意外事件")),
        Code("自然灾害", ("受灾", "因灾")),
        Code("单亲家庭", ("单亲", "离异家庭", "父母离异", "丧偶家庭")),
        Code("单亲留守", ("单亲留守儿童",)),
        Code("双亲留守", ("双亲留守儿童", "留守儿童", "留守")),
        Code("重组家庭", ("重组",)),
        Code("父母服刑", ("父母一方服刑", "服刑人员子女")),
        Code("隔代抚养", ("隔代监护",)),
        Code("其他", ("其它", "其他困难")),
    ),
)

SPECIAL_FAMILY_TYPES = frozenset({"单亲家庭", "单亲留守", "双亲留守", "重组家庭", "父母服刑", "隔代抚养"})
"""特殊家庭: care is due even where there is no economic hardship, so no recognition grade is needed."""

RECOGNITION_GRADES = CodeList(
    "困难等级",
    "recognition_grade_unknown",
    (
        Code("特别困难", ("特困", "特别困难学生", "特殊困难", "C特别困难")),
        Code("困难", ("比较困难", "困难学生", "B困难"), valid_to=_TWO_GRADES),
        Code("一般困难", ("一般", "一般困难学生", "A一般困难")),
    ),
)


def is_special_family_only(types: Iterable[str]) -> bool:
    """Whether all types named are of the 特殊家庭 kind, and there is at least one."""
    named = set(types)
    return bool(named) and named <= SPECIAL_FAMILY_TYPES


def parse_difficulty_type(text: str) -> str:
    """The main difficulty type by name; ValidationError `difficulty_type_unknown`."""
    return DIFFICULTY_TYPES.parse(text)


def parse_difficulty_types(text: str) -> tuple[str, ...]:
    """Further difficulty types, “甲、乙”; ValidationError `difficulty_type_unknown`."""
    return DIFFICULTY_TYPES.parse_several(text)


def recognition_grades(on: date) -> tuple[str, ...]:
    """The grades in force on the day, most severe first: three before 15 August 2019, two since."""
    return RECOGNITION_GRADES.names(on)


def parse_recognition_grade(text: str, *, on: date) -> str:
    """A grade that was in force on the day; code `recognition_grade_unknown` names those that were."""
    grade = RECOGNITION_GRADES.parse(text)
    if grade not in recognition_grades(on):
        raise RECOGNITION_GRADES.refusal(text, recognition_grades(on))
    return grade
