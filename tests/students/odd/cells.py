"""Oddities of how a cell is kept: numbers, text, days, formulas, what nobody sees."""

from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from students.models import Register
from tests.students.odd.making import (
    BOY,
    FIRST,
    HEAD,
    OTHER,
    PUPIL,
    SECOND,
    SISTER,
    Oddity,
    book_of,
    one_pupil,
    sheet_of,
)

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
MORNING = datetime.fromisoformat("2018-03-05T08:30")
DAYS = (
    "2018-03-05",
    "2018.3.5",
    "2018年3月5号",
    "20180305",
    20180305,
    date(2018, 3, 5),
    MORNING,
    43164,
    "43164",
)
RECOGNISED = PUPIL | {"main_type": "单亲家庭", "recognised_on": date(2018, 3, 5)}


def _days() -> Workbook:
    rows = [
        (*FIRST[:3], f"学生{sign}", None, "单亲", day)
        for sign, day in zip("甲乙丙丁戊己庚辛壬", DAYS, strict=True)
    ]
    return sheet_of(["2018年学区认定的名单"], [*HEAD, "认定类型", "认定日期"], *rows).parent


def _days_of_1904() -> Workbook:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (
        (*HEAD, "认定类型", "认定日期"),
        (*FIRST, "单亲", date(2018, 3, 5)),
        (*SECOND, "单亲", 41702),
        ("第一小学", "六年级", "2班", "任小明", OTHER, "单亲", "41702"),
    ):
        book.active.append(row)
    return book


def _formula() -> Workbook:
    return sheet_of(HEAD, FIRST, (*SECOND[:3], '=CONCATENATE("单","秀")', SECOND[4])).parent


def _rich() -> Workbook:
    sheet = sheet_of(HEAD, FIRST)
    sheet["D2"] = CellRichText(TextBlock(InlineFont(b=True), "折"), "小雨")
    return sheet.parent


CELLS = (
    Oddity(
        "full-width digits and letters",
        one_pupil(("身份证号", OTHER.translate(FULL_WIDTH)), ("班级", "２班"), ("年级", "６年级")),
        (PUPIL | {"id_number": OTHER},),
    ),
    Oddity("a lower-case x", one_pupil(("身份证号", OTHER.lower())), (PUPIL | {"id_number": OTHER},)),
    Oddity(
        "a multiplication sign for the X",
        one_pupil(("身份证号", OTHER.replace("X", "×"))),
        (PUPIL | {"id_number": OTHER},),
    ),
    Oddity(
        "blanks within the ID number",
        one_pupil(("身份证号", f" {BOY[:6]} {BOY[6:14]}　{BOY[14:]}")),
        (PUPIL,),
    ),
    Oddity(
        "apostrophes typed before everything",
        one_pupil(("身份证号", f"'{BOY}"), ("姓名", "'折小雨"), ("年级", "‘六年级"), ("性别", "'男")),
        (PUPIL | {"sex": "male"},),
    ),
    Oddity(
        "zero-width and full-width spaces inside names",
        one_pupil(("姓名", "\ufeff折\u200b小　雨\u200d "), ("学校", "第一\u200b小学"), ("班级", " 2\xa0班")),
        (PUPIL,),
    ),
    Oddity("letters of several fonts in one cell", _rich, (PUPIL,)),
    Oddity(
        "phones and class numbers kept as numbers",
        one_pupil(("班级", 2.0), ("联系电话", 13900000000)),
        (PUPIL | {"guardian_phone": "13900000000"},),
    ),
    Oddity(
        "truth values for yes and no",
        book_of((*HEAD, "是否寄宿"), (*FIRST, True), (*SECOND, False)),
        (PUPIL | {"is_boarder": True}, SISTER | {"is_boarder": False}),
    ),
    Oddity(
        "days as text, number, serial number and date",
        _days,
        tuple(
            {key: RECOGNISED[key] for key in RECOGNISED if key != "id_number"} | {"name": f"学生{sign}"}
            for sign in "甲乙丙丁戊己庚辛壬"
        ),
        register=Register.DISTRICT_RECOGNISED,
    ),
    Oddity(
        "days that count from 1904",
        _days_of_1904,
        (
            RECOGNISED,
            RECOGNISED | SISTER,
            RECOGNISED | {"name": "任小明", "id_number": OTHER},
        ),
        register=Register.DISTRICT_RECOGNISED,
    ),
    Oddity(
        "an ID number kept as a number",
        book_of(HEAD, (*FIRST[:4], int(BOY)), SECOND),
        ({key: PUPIL[key] for key in PUPIL if key != "id_number"}, SISTER),
        refused=((2, "id_number_is_numeric"),),
    ),
    Oddity(
        "a formula for a name",
        _formula,
        (PUPIL, {key: SISTER[key] for key in SISTER if key != "name"}),
        refused=((3, "formula"),),
    ),
    Oddity(
        "slashes and words for nothing",
        one_pupil(
            ("监护人", "/"),
            ("联系电话", "无"),
            ("户编号", "—"),
            ("脱贫状态", "／"),
            ("备注", "暂无"),
            ("与户主关系", "-"),
        ),
        (PUPIL,),
    ),
)
