"""Small sets of columns, one for each kind of list."""

from pairing_portal.lib.workbooks.headers import HeaderColumn

PUPILS = (
    HeaderColumn(key="school", title="学校"),
    HeaderColumn(key="name", title="学生姓名", synonyms=("姓名",), required=True),
    HeaderColumn(key="id_number", title="身份证号", synonyms=("身份证号码",)),
    HeaderColumn(key="phone", title="联系电话"),
)
RECOGNISED = (
    *PUPILS,
    HeaderColumn(key="income", title="人均年收入"),
    HeaderColumn(key="type", title="认定类型", required=True),
)
TEACHERS = (
    HeaderColumn(key="school", title="学校"),
    HeaderColumn(key="name", title="姓名", required=True),
    HeaderColumn(key="post", title="职务", required=True),
    HeaderColumn(key="homeroom", title="担任班主任班级"),
)
PAIRINGS = (
    HeaderColumn(key="teacher", title="帮扶教师", required=True),
    HeaderColumn(key="teacher_school", title="所在学校"),
    HeaderColumn(key="phone", title="联系电话"),
    HeaderColumn(key="student", title="帮扶学生姓名", required=True),
    HeaderColumn(key="student_school", title="学校"),
)
KINDS = {
    "county_filed": PUPILS,
    "district_recognised": RECOGNISED,
    "teachers": TEACHERS,
    "pairings": PAIRINGS,
}
