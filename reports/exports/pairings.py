"""附件3, column by column; cells about the teacher are merged over the teacher's pupils."""

from pairing_portal.lib.codes import Sex
from pairing_portal.lib.identifiers import mask_phone
from pairing_portal.lib.templatetags.portal import yes_no
from reports.exports.columns import BOTH, FULL, SCHOOL, Column, always
from reports.exports.lines import PairingLine

PairingColumn = Column[PairingLine]
FULL_ONLY = frozenset({FULL})
SCHOOL_ONLY = frozenset({SCHOOL})  # where the family lives is for those who visit, not for the county

ATTACHMENT_3: tuple[PairingColumn, ...] = (
    PairingColumn("帮扶教师", lambda line: line.teacher.name, BOTH, 9, required=always, is_shared=True),
    PairingColumn(
        "所在学校", lambda line: line.teacher.school.name, BOTH, 16, required=always, is_shared=True
    ),
    PairingColumn("职务", lambda line: line.teacher.post, BOTH, 10, is_shared=True),
    PairingColumn(
        "联系电话",
        lambda line: line.teacher.phone,
        BOTH,
        13,
        mask=mask_phone,
        required=always,
        is_shared=True,
    ),
    PairingColumn("是否领导小组成员", lambda line: yes_no(line.is_member), BOTH, 9, is_shared=True),
    PairingColumn("帮扶学生姓名", lambda line: line.student.name, BOTH, 13, required=always),
    PairingColumn("性别", lambda line: str(Sex(line.student.sex).label), BOTH, 5),
    PairingColumn("学校", lambda line: line.school, BOTH, 16, required=always),
    PairingColumn("年级", lambda line: line.grade, BOTH, 8, required=always),
    PairingColumn("班级", lambda line: line.class_number, BOTH, 6, required=always),
    PairingColumn("学生类别", lambda line: line.category, FULL_ONLY, 22),
    PairingColumn("家庭住址", lambda line: line.student.address, SCHOOL_ONLY, 18, is_left=True),
    PairingColumn("监护人", lambda line: line.student.guardian_name, SCHOOL_ONLY, 9),
    PairingColumn("监护人电话", lambda line: line.student.guardian_phone, SCHOOL_ONLY, 13, mask=mask_phone),
    PairingColumn("结对日期", lambda line: line.pairing.started_on, BOTH, 12, required=always),
    PairingColumn("帮扶重点", lambda line: line.pairing.focus_words, BOTH, 12, required=always),
    PairingColumn("帮扶措施", lambda line: line.measures, FULL_ONLY, 18, is_left=True),
    PairingColumn("备注", lambda line: line.pairing.remark, FULL_ONLY, 10, is_left=True),
)
