"""附件1 and 附件2, column by column (the compulsory ones are those the sister forms demand).

Optional ones are what a county may also ask for; with them the print grows small.
"""

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.codes import Sex, is_special_family_only
from pairing_portal.lib.identifiers import mask_phone
from pairing_portal.lib.school_years import Stage
from pairing_portal.lib.templatetags.portal import yes_no
from reports.exports.columns import BOTH, FULL, Column, always
from reports.exports.lines import RegisterLine
from students.models import Household

COUNTED_STAGES = {Stage.PRIMARY, Stage.MIDDLE}
RegisterColumn = Column[RegisterLine]
FULL_ONLY = frozenset({FULL})


def _stage(line: RegisterLine) -> str:
    return str(Stage(line.stage).label) if line.stage else ""


def _household(line: RegisterLine) -> Household:
    return line.student.household or Household()


def _goes_to_school(line: RegisterLine) -> bool:
    """Kindergartens give no student numbers."""
    return line.stage in COUNTED_STAGES


def _needs_grade(line: RegisterLine) -> bool:
    """特殊家庭 alone is listed without a grade of hardship."""
    return not is_special_family_only([line.entry.main_type, *line.entry.further_types])


def _class_teacher(line: RegisterLine) -> Teacher:
    return line.class_teacher or Teacher()


PLACE = (
    RegisterColumn("学校", lambda line: line.school, BOTH, 16, required=always),
    RegisterColumn("学段", _stage, BOTH, 5, is_optional=True),
    RegisterColumn("年级", lambda line: line.grade, BOTH, 8, required=always),
    RegisterColumn("班级", lambda line: line.class_number, BOTH, 6, required=always),
)
PERSON = (
    RegisterColumn("学生姓名", lambda line: line.student.name, BOTH, 9, required=always),
    RegisterColumn("性别", lambda line: str(Sex(line.student.sex).label), BOTH, 5),
    RegisterColumn("民族", lambda line: line.student.nation, BOTH, 6.5),
    RegisterColumn("身份证号", lambda line: line.student.id_number, FULL_ONLY, 21, required=always),
    RegisterColumn(
        "学籍号", lambda line: line.student.student_number, FULL_ONLY, 22, required=_goes_to_school
    ),
    RegisterColumn("是否残疾", lambda line: yes_no(line.student.is_disabled), FULL_ONLY, 5, is_optional=True),
    RegisterColumn(
        "残疾人证号", lambda line: line.student.disability_certificate, FULL_ONLY, 23, is_optional=True
    ),
    RegisterColumn("就读方式", lambda line: line.boarding, BOTH, 9),
    RegisterColumn("家庭住址", lambda line: line.student.address, BOTH, 18, required=always, is_left=True),
)

ATTACHMENT_1: tuple[RegisterColumn, ...] = (
    *PLACE,
    *PERSON,
    RegisterColumn("户编号", lambda line: _household(line).number, FULL_ONLY, 12),
    RegisterColumn("户主姓名", lambda line: _household(line).head_name, FULL_ONLY, 9, required=always),
    RegisterColumn(
        "户主身份证号", lambda line: _household(line).head_id_number, FULL_ONLY, 21, is_optional=True
    ),
    RegisterColumn("与户主关系", lambda line: line.entry.relation_to_head, FULL_ONLY, 7, required=always),
    RegisterColumn("监护人", lambda line: line.student.guardian_name, BOTH, 9, required=always),
    RegisterColumn(
        "联系电话", lambda line: line.student.guardian_phone, BOTH, 13, mask=mask_phone, required=always
    ),
    RegisterColumn("贫困户属性", lambda line: line.entry.household_attribute, FULL_ONLY, 11),
    RegisterColumn("主要致贫原因", lambda line: line.entry.poverty_cause, FULL_ONLY, 7.5),
    RegisterColumn("脱贫状态", lambda line: line.entry.household_status, FULL_ONLY, 13, required=always),
    RegisterColumn("脱贫年度", lambda line: line.entry.household_exit_year, FULL_ONLY, 5),
    RegisterColumn("班主任", lambda line: _class_teacher(line).name, BOTH, 9, is_optional=True),
    RegisterColumn(
        "班主任电话", lambda line: _class_teacher(line).phone, BOTH, 13, mask=mask_phone, is_optional=True
    ),
    RegisterColumn("备注", lambda line: line.entry.remark, FULL_ONLY, 10, is_left=True),
)

ATTACHMENT_2: tuple[RegisterColumn, ...] = (
    *PLACE,
    *PERSON,
    RegisterColumn("监护人姓名", lambda line: line.student.guardian_name, BOTH, 9, required=always),
    RegisterColumn("监护人与学生关系", lambda line: line.student.guardian_relation, BOTH, 9, required=always),
    RegisterColumn(
        "联系电话", lambda line: line.student.guardian_phone, BOTH, 13, mask=mask_phone, required=always
    ),
    RegisterColumn("家庭人口", lambda line: line.entry.family_size, FULL_ONLY, 5, required=always),
    RegisterColumn("人均年收入（元）", lambda line: line.entry.income_per_head, FULL_ONLY, 11.5),
    RegisterColumn("认定类型", lambda line: line.entry.main_type, FULL_ONLY, 13, required=always),
    RegisterColumn("其他类型", lambda line: "、".join(line.entry.further_types), FULL_ONLY, 10),
    RegisterColumn("困难等级", lambda line: line.entry.grade, FULL_ONLY, 8, required=_needs_grade),
    RegisterColumn(
        "困难情况说明", lambda line: line.entry.situation, FULL_ONLY, 26, required=always, is_left=True
    ),
    RegisterColumn("佐证材料", lambda line: line.entry.evidence, FULL_ONLY, 10),
    RegisterColumn("认定日期", lambda line: line.entry.recognised_on, FULL_ONLY, 11),
    RegisterColumn("备注", lambda line: line.entry.remark, FULL_ONLY, 10, is_left=True),
)
