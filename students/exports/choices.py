"""What each column of our own forms offers and asks for, by the keys the import reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairing_portal.lib.codes import (
    DIFFICULTY_TYPES,
    GUARDIAN_RELATIONS,
    HOUSEHOLD_ATTRIBUTES,
    HOUSEHOLD_STATUSES,
    NATIONS,
    POVERTY_CAUSES,
    RELATIONS_TO_HEAD,
    CodeList,
    recognition_grades,
)
from pairing_portal.lib.school_years import GRADES_IN_STAGE, Stage, grade_name
from pairing_portal.lib.workbooks.filling import KEY, OWN, FillColumn
from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairing_portal.lib.workbooks.pen import BODY_LEFT

Offer = Callable[[date], tuple[str, ...]]
GRADES = tuple(grade_name(stage, grade) for stage in Stage for grade in range(1, GRADES_IN_STAGE[stage] + 1))


@dataclass(frozen=True, slots=True)
class Filling:
    """How one column is filled in."""

    width: float = 10
    note: str = ""
    offers: Offer | None = None
    is_text: bool = False
    is_open: bool = False


def fixed(*words: str) -> Offer:
    """The same words on every day."""
    return lambda on: words


def of_list(codes: CodeList) -> Offer:
    """The names of a code list in use on the day."""
    return codes.names


REGISTER_FILLINGS: Mapping[str, Filling] = {
    "school": Filling(18, "学校全称。"),
    "class_grade": Filling(9, "如 三年级、七年级、大班。", fixed(*GRADES)),
    "class_number": Filling(7, "如 2班。"),
    "name": Filling(10, "必填。"),
    "sex": Filling(6, "有身份证号时不用填。", fixed("男", "女")),
    "birth_date": Filling(12, "有身份证号时不用填；写成 2010-03-15。"),
    "nation": Filling(9, "如 汉族。", of_list(NATIONS)),
    "id_number": Filling(22, "18 位。保持文本格式，否则 Excel 会丢掉后几位数字。", is_text=True),
    "student_number": Filling(23, "以 G 或 L 开头的 19 位学籍号，可以留空。", is_text=True),
    "is_disabled": Filling(8, "", fixed("是", "否")),
    "disability_certificate": Filling(23, "20 位残疾人证号，没有的留空。保持文本格式。", is_text=True),
    "is_boarder": Filling(9, "", fixed("住校", "走读")),
    "address": Filling(22, "乡镇、村、组写在一起，如 麻镇王家墕村3组。"),
    "town": Filling(9, "如 麻镇。"),
    "village": Filling(11, "如 王家墕村。"),
    "village_group": Filling(7, "如 3组。"),
    "guardian_name": Filling(10, ""),
    "guardian_relation": Filling(10, "监护人是学生的什么人。", of_list(GUARDIAN_RELATIONS)),
    "guardian_phone": Filling(14, "手机或带区号的固定电话。", is_text=True),
    "household_number": Filling(14, "同一户的学生写同一个号。", is_text=True),
    "head_name": Filling(10, ""),
    "head_id_number": Filling(22, "18 位，可以留空。保持文本格式。", is_text=True),
    "relation_to_head": Filling(9, "学生是户主的什么人。", of_list(RELATIONS_TO_HEAD)),
    "household_attribute": Filling(12, "", of_list(HOUSEHOLD_ATTRIBUTES)),
    "poverty_cause": Filling(13, "只填一个主要原因。", of_list(POVERTY_CAUSES)),
    "household_status": Filling(12, "", of_list(HOUSEHOLD_STATUSES)),
    "household_exit_year": Filling(8, "四位年份，如 2016。"),
    "family_size": Filling(7, "1 到 20 的整数。"),
    "income_per_head": Filling(12, "只写数字，单位元。"),
    "main_type": Filling(16, "只填一个主要类型。", of_list(DIFFICULTY_TYPES)),
    "further_types": Filling(16, "可填几个，用顿号隔开。", of_list(DIFFICULTY_TYPES), is_open=True),
    "grade": Filling(10, "单亲、留守等特殊家庭可以不填。", recognition_grades),
    "situation": Filling(26, "200 字以内。"),
    "evidence": Filling(14, ""),
    "recognised_on": Filling(12, "写成 2018-03-10。"),
    "remark": Filling(14, ""),
    "key": Filling(30, "系统用来认出学生，请不要改动；新增的学生留空。", is_text=True),
}
REASON = FillColumn(title="退回原因", width=44, note="导入时不读这一列，改好后不用删。", look=OWN)
ORIGIN = FillColumn(title="原文件位置", width=16, note="导入时不读这一列，改好后不用删。", look=OWN)


def fill_columns(
    columns: Sequence[HeaderColumn],
    fillings: Mapping[str, Filling],
    on: date,
    schools: Iterable[str] = (),
) -> tuple[FillColumn, ...]:
    """The columns of a form on the day, with the district's own schools to choose from."""
    offered = {"school": tuple(schools), "teacher_school": tuple(schools)}
    return tuple(_fill_column(column, fillings.get(column.key, Filling()), offered, on) for column in columns)


def _fill_column(column: HeaderColumn, filling: Filling, offered: Mapping[str, Any], on: date) -> FillColumn:
    return FillColumn(
        title=column.title,
        width=filling.width,
        note=filling.note,
        choices=offered.get(column.key) or (filling.offers(on) if filling.offers else ()),
        is_text=filling.is_text,
        is_open=filling.is_open or column.key in offered,
        look=KEY if column.key == "key" else BODY_LEFT,
    )
