"""What the columns of the teachers' roster and of the pairing list offer and ask for."""

from collections.abc import Mapping

from pairings.imports.columns import HEADINGS, POSTS
from pairings.models import Heading, LeadershipMember
from students.exports.choices import GRADES, Filling, fixed

TEACHER_FILLINGS: Mapping[str, Filling] = {
    "school": Filling(20, "学校全称。"),
    "name": Filling(10, "必填。"),
    "sex": Filling(6, "", fixed("男", "女")),
    "post": Filling(12, "如 校长、教导主任；没有职务的留空。"),
    "title": Filling(12, "如 一级教师。"),
    "led": Filling(18, "如 三年级2班；不是班主任的留空。"),
    "phone": Filling(14, "", is_text=True),
    "posts": Filling(
        14,
        "任几个职务的用顿号隔开；不是成员的留空。",
        fixed(*(post.label for post in LeadershipMember.Post if post.label in POSTS)),
        is_open=True,
    ),
}
PAIRING_FILLINGS: Mapping[str, Filling] = {
    "teacher": Filling(10, "必填，写已登记教师的姓名。"),
    "teacher_school": Filling(20, "同名教师靠学校和电话区分。"),
    "teacher_phone": Filling(14, "", is_text=True),
    "name": Filling(12, "必填，写已登记学生的姓名。"),
    "id_number": Filling(22, "同名学生靠它区分；保持文本格式。可以留空。", is_text=True),
    "school": Filling(20, "同名学生靠学校、年级、班级区分。"),
    "class_grade": Filling(9, "", fixed(*GRADES)),
    "class_number": Filling(7, "如 2班。"),
    "started_on": Filling(12, "写成 2018-03-11；不填则用名单日期。"),
    "focus": Filling(
        14,
        "可填几项，用顿号隔开。",
        fixed(*(heading.label for heading in Heading if heading.label in HEADINGS)),
        is_open=True,
    ),
    "measures": Filling(26, "200 字以内。"),
    "remark": Filling(14, ""),
}
