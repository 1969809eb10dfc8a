"""Oddities of where things stand: titles, headers, columns, foot rows."""

from openpyxl import Workbook

from pairing_portal.lib.text import Address
from tests.students.odd.making import (
    BOY,
    FIRST,
    HEAD,
    PUPIL,
    SECOND,
    SISTER,
    Oddity,
    book_of,
    sheet_of,
)

FAMILY = PUPIL | {
    "guardian_name": "王建国",
    "guardian_phone": "13900000000",
    "head_name": "王有福",
    "relation_to_head": "孙子",
}
GROUPS = ("学校", "年级", "班级", "学生", None, "监护人", None, "户主", None)
BELOW = (None, None, None, "姓名", "身份证号", "姓名", "电话", "姓名", "与户主关系")
TOLD = (*FIRST, "王建国", "13900000000", "王有福", "孙子")


def _instructions() -> Workbook:
    lines = [[f"说明{number}：请如实填写，不要改动表头。"] for number in range(1, 21)]
    return sheet_of(*lines, HEAD, FIRST).parent


def _apart() -> Workbook:
    sheet = sheet_of()
    for place, value in {"D9": "姓名", "F9": "学校", "D11": "折小雨", "F11": "第一小学"}.items():
        sheet[place] = value
    return sheet.parent


TABLES = (
    Oddity(
        "six lines of notes above the title",
        book_of(
            ["县教育局"],
            ["内部资料"],
            [],
            ["注意保密"],
            ["附件1"],
            ["填报单位：学区", None, "2018年3月5日"],
            HEAD,
            FIRST,
        ),
        (PUPIL,),
    ),
    Oddity("twenty lines of instructions above the header", _instructions, (PUPIL,)),
    Oddity(
        "a header of two levels with merged cells",
        book_of(
            ["附件"],
            GROUPS,
            BELOW,
            TOLD,
            merged=("A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2"),
        ),
        (FAMILY,),
    ),
    Oddity("a header of two levels with nothing merged", book_of(["附件"], GROUPS, BELOW, TOLD), (FAMILY,)),
    Oddity(
        "groups that are called basic facts",
        book_of(
            ["学生基本情况", None, None, None, None, "监护人信息", None, "户主情况", None],
            ["就读学校", "年级", "班级", "姓名", "公民身份号码", "姓名", "联系方式", "姓名", "与户主关系"],
            TOLD,
            merged=("A1:E1", "F1:G1", "H1:I1"),
        ),
        (FAMILY,),
    ),
    Oddity(
        "the guardian’s ID number beside pupils without one",
        book_of(
            ["学校", "姓名", "监护人", None],
            [None, None, "姓名", "身份证号"],
            ["第一小学", "折小雨", "王建国", BOY],
            merged=("A1:A2", "B1:B2", "C1:D1"),
        ),
        ({"school": "第一小学", "name": "折小雨", "guardian_name": "王建国"},),
        unknown=("监护人身份证号",),
    ),
    Oddity(
        "columns from right to left, broken over lines, starred and explained",
        book_of(
            ["公民身份号码\n（18位）", "＊ 姓  名", "班 级：", "年\n级", "学校（全称）"],
            list(reversed(FIRST)),
        ),
        (PUPIL,),
    ),
    Oddity("a table in the middle of the sheet", _apart, ({"name": "折小雨", "school": "第一小学"},)),
    Oddity(
        "titles nobody knows",
        book_of((*HEAD, "鞋码", "班主任"), (*FIRST, 36, "杜文")),
        (PUPIL,),
        unknown=("鞋码", "班主任"),
    ),
    Oddity(
        "the same title twice",
        book_of((*HEAD, "联系电话", "联系电话"), (*FIRST, "13900000000", "13911111111")),
        (PUPIL | {"guardian_phone": "13900000000"},),
        unknown=("联系电话（第2个）",),
    ),
    Oddity(
        "a column without a title",
        book_of((*HEAD, None), (*FIRST, "走读生"), SECOND),
        (PUPIL, SISTER),
        unknown=("没有标题（F 列）",),
    ),
    Oddity(
        "one title merged over several columns",
        book_of((*HEAD, "家庭住址", None), (*FIRST, "麻镇王家墕村3组", "路东"), merged=("F1:G1",)),
        (PUPIL | {"address": Address("麻镇", "王家墕村", "3组")},),
        unknown=("家庭住址（G 列）",),
    ),
    Oddity("running numbers", book_of(("序号", *HEAD), (1, *FIRST), (2, *SECOND)), (PUPIL, SISTER)),
    Oddity(
        "totals, signatures and explanations below",
        book_of(
            HEAD,
            FIRST,
            ["合计", None, None, "1人"],
            ["负责人（签字）：", None, "填表人："],
            ["填表说明：1.本表一式两份。"],
            ["2.身份证号请填18位。"],
        ),
        (PUPIL,),
    ),
    Oddity("a header printed again on every page", book_of(HEAD, FIRST, HEAD, SECOND), (PUPIL, SISTER)),
    Oddity(
        "a header of two levels printed again",
        book_of(GROUPS, BELOW, TOLD, GROUPS, BELOW, merged=("D1:E1", "F1:G1", "H1:I1")),
        (FAMILY,),
    ),
    Oddity(
        "headings between the rows",
        book_of(HEAD, ["一、六年级"], FIRST, ["二、五年级"], SECOND, merged=("A2:E2", "A4:E4")),
        (PUPIL, SISTER),
    ),
    Oddity(
        "school and grade merged downwards",
        book_of(HEAD, FIRST, [None, None, "2班", "单秀", SECOND[4]], merged=("A2:A3", "B2:B3")),
        (PUPIL, SISTER | {"class_grade": PUPIL["class_grade"], "class_number": 2}),
    ),
    Oddity(
        "three hundred blank rows between pupils and after them",
        book_of(HEAD, FIRST, *[[None]] * 300, SECOND, *[["  "]] * 300),
        (PUPIL, SISTER),
    ),
)
