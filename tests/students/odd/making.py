"""What an oddity is, and the pen that draws its sheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pairing_portal.lib.school_years import Stage
from students.models import Register

BOY, GIRL, OTHER = "610899201003159018", "610899201108209026", "61089920100315919X"
HEAD = ("学校", "年级", "班级", "姓名", "身份证号")
FIRST = ("第一小学", "六年级", "2班", "折小雨", BOY)
SECOND = ("第一小学", "五年级", "1班", "单秀", GIRL)
PUPIL = {
    "school": "第一小学",
    "class_grade": (Stage.PRIMARY, 6),
    "class_number": 2,
    "name": "折小雨",
    "id_number": BOY,
}
SISTER = {
    "school": "第一小学",
    "class_grade": (Stage.PRIMARY, 5),
    "class_number": 1,
    "name": "单秀",
    "id_number": GIRL,
}

Row = Sequence[Any]
Values = dict[str, Any]


@dataclass(frozen=True)
class Oddity:
    """A workbook by what is odd about it, the values of its rows in order, and what is said about the rest.

    `refused` gives the codes that keep rows out, by row number; `remarks` codes of those that do not.
    """

    name: str
    make: Callable[[], Workbook]
    values: tuple[Values, ...]
    register: Register = Register.COUNTY_FILED
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def content(self) -> bytes:
        """The file."""
        buffer = BytesIO()
        self.make().save(buffer)
        return buffer.getvalue()


def sheet_of(*rows: Row, title: str = "名单") -> Worksheet:
    """The one sheet of a new workbook, filled."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    return filled(sheet, rows)


def filled(sheet: Worksheet, rows: Sequence[Row]) -> Worksheet:
    """The sheet with these rows added."""
    for row in rows:
        sheet.append(list(row))
    return sheet


def book_of(*rows: Row, merged: Sequence[str] = (), title: str = "名单") -> Callable[[], Workbook]:
    """A maker of a workbook of one sheet with these rows and merged ranges."""

    def make() -> Workbook:
        sheet = sheet_of(*rows, title=title)
        for area in merged:
            sheet.merge_cells(area)
        return sheet.parent

    return make


def one_pupil(*cells: tuple[str, Any]) -> Callable[[], Workbook]:
    """A maker of the usual list of one pupil with these columns, by title, added or written otherwise."""
    row = dict(zip(HEAD, FIRST, strict=True)) | dict(cells)
    return book_of(["2018年建档立卡信息汇总表"], list(row), list(row.values()))
