"""The sample workbooks, what a careful clerk reads out of them, and lists made up for one test."""

import json
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from pairing_portal.accounts.models import District, Role, School, User
from pairing_portal.lib.workbooks.reading import read_workbook
from pairing_portal.lib.workbooks.sheets import Workbook as ReadWorkbook
from students.actions.imports import ListSettings, Upload, compare_again, confirm_roster, receive_roster
from students.imports.planning import plan_register
from students.imports.previews import Preview, preview_from_text
from students.models import Register, RosterImport, Student
from tests.builders import make_class, make_district, make_school, make_student, make_user

FOLDER = Path(__file__).parent.parent / "rosters"
TRUTH = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
COUNTY_2018 = "附件1-县乡建档立卡-2018.xlsx"
COUNTY_2019 = "附件1-县乡建档立卡-2019.xlsx"
DISTRICT_2018 = "附件2-学区认定-2018.xls"
FAULTY = "附件1-带错误.xlsx"
DAY_2018, DAY_2019 = date(2018, 3, 5), date(2019, 3, 4)
HEADER = [
    "学校",
    "年级",
    "班级",
    "学生姓名",
    "身份证号",
    "监护人",
    "联系电话",
    "户编号",
    "户主姓名",
    "脱贫状态",
]
BOY, GIRL, OTHER = "610899201003159018", "610899201108209026", "61089920100315919X"
SCHOOL = "麻镇中心小学"
SCHOOLS = ("麻镇中心小学", "麻镇九年制学校", "杨家湾小学", "石堡塔小学", "麻镇中心幼儿园")


@cache
def workbook(name: str) -> ReadWorkbook:
    """A sample workbook, read once."""
    return read_workbook((FOLDER / name).read_bytes(), name)


def sheet_bytes(header: list[str], *rows: list[Any], title: str = "名单") -> bytes:
    """An .xlsx with a title row, a header and rows."""
    book = Workbook()
    sheet = book.active
    for row in ([title], header, *rows):
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def made_up(header: list[str], *rows: list[Any], title: str = "名单") -> ReadWorkbook:
    """The same, read."""
    return read_workbook(sheet_bytes(header, *rows, title=title), "名单.xlsx")


def make_office(*schools: str) -> tuple[District, User]:
    """A district with the schools of the samples, and somebody of its office."""
    district = make_district()
    for name in schools or SCHOOLS:
        make_school(district, name=name)
    return district, make_user(Role.OFFICE, district=district)


def receive(
    book: ReadWorkbook,
    by: User,
    *,
    register: Register = Register.COUNTY_FILED,
    on: date = DAY_2018,
    year: int = 0,
    **choices: Any,
) -> RosterImport:
    """Upload and compare a list."""
    upload = Upload(book, "名单.xlsx", "0" * 64)
    settings = ListSettings(register, year or on.year, on, choices)
    assert by.district is not None
    return receive_roster(
        upload=upload, settings=settings, planner=plan_register, district=by.district, by=by
    )


def confirm(roster: RosterImport, by: User, *, accepts_alarm: bool = False) -> RosterImport:
    """Confirm what was compared."""
    return confirm_roster(
        roster=roster, planner=plan_register, accepts_alarm=accepts_alarm, by=by, now=timezone.now()
    )


def bring_in(book: ReadWorkbook, by: User, **settings: Any) -> RosterImport:
    """Upload, compare and confirm."""
    return confirm(receive(book, by, **settings), by)


def preview_of(roster: RosterImport) -> Preview:
    """What the page of the import shows."""
    return preview_from_text(roster.preview)


def school_named(name: str) -> School:
    """The school of that name."""
    return School.objects.get(name=name)


def row(name: str = "折小雨", number: str = BOY, **cells: Any) -> list[Any]:
    """One row under HEADER."""
    values = dict.fromkeys(HEADER, "") | {
        "学校": SCHOOL,
        "年级": "一年级",
        "班级": "1班",
        "学生姓名": name,
        "身份证号": number,
        "监护人": "王建国",
        "联系电话": "13900000000",
        "脱贫状态": "未脱贫",
    }
    return list((values | cells).values())


def listed(*rows: list[Any]) -> Workbook:
    """A county list of these rows."""
    return made_up(HEADER, *rows)


def again(roster: RosterImport, **choices: Any) -> RosterImport:
    """The same file compared anew under other choices."""
    settings = ListSettings(roster.kind, roster.year, roster.listed_on, choices)
    return compare_again(roster=roster, settings=settings, planner=plan_register)


def make_pupil(clerk: User) -> Student:
    """The boy, entered by hand in the class that `row` names."""
    assert clerk.district is not None
    school_class = make_class(clerk.district.schools.get(name=SCHOOL), entry_year=2017, number=1)
    return make_student(school_class, id_number=BOY, name="折小雨", guardian_name="王建国")
