"""Oddities of the workbook itself: which sheets there are, and what of them is hidden."""

from openpyxl import Workbook

from tests.students.odd.making import FIRST, HEAD, PUPIL, SECOND, SISTER, Oddity, book_of, filled, sheet_of

EXPLANATION = [["填表说明"], ["请按年级填写"]]


def _between_empty_ones() -> Workbook:
    book = Workbook()
    filled(book.create_sheet("名单"), [HEAD, FIRST])
    book.create_sheet("Sheet3")
    return book


def _behind_an_explanation() -> Workbook:
    book = Workbook()
    filled(book.active, EXPLANATION).title = "说明"
    filled(book.create_sheet("名单"), [HEAD, FIRST])
    return book


def _per_school() -> Workbook:
    book = Workbook()
    filled(book.active, [HEAD[1:], FIRST[1:]]).title = "第一小学"
    filled(book.create_sheet("第二小学"), [HEAD[1:], SECOND[1:]])
    return book


def _headed_differently() -> Workbook:
    book = _per_school()
    filled(book.create_sheet("三校"), [["学生姓名", "所在学校"], ["任小明", "第三小学"]])
    return book


def _hidden_sheet() -> Workbook:
    sheet = sheet_of(HEAD, FIRST)
    codes = filled(sheet.parent.create_sheet("代码"), [["男"], ["女"]])
    codes.sheet_state = "hidden"
    return sheet.parent


def _hidden_rows() -> Workbook:
    sheet = sheet_of(HEAD, FIRST, SECOND)
    for number in (3, 4, 5):
        sheet.row_dimensions[number].hidden = True
    return sheet.parent


def _filtered() -> Workbook:
    sheet = sheet_of(HEAD, FIRST, SECOND)
    sheet.auto_filter.ref = "A1:E3"
    sheet.auto_filter.add_filter_column(1, ["五年级"])
    sheet.row_dimensions[2].hidden = True
    return sheet.parent


def _hidden_columns() -> Workbook:
    sheet = sheet_of(HEAD, FIRST)
    for letter in ("C", "E", "H"):
        sheet.column_dimensions[letter].hidden = True
    return sheet.parent


HIDDEN_ROW = "工作表“名单”的第 {} 行是隐藏行，也已读取。不该导入的，请从文件里删除后再上传。"

SHEETS = (
    Oddity("empty sheets before and after the list", _between_empty_ones, (PUPIL,)),
    Oddity(
        "an explanation on the first sheet",
        _behind_an_explanation,
        (PUPIL,),
        notes=("工作表“说明”里没有找到表头，没有读取。",),
    ),
    Oddity(
        "a sheet for each school",
        _per_school,
        (PUPIL, SISTER | {"school": "第二小学"}),
    ),
    Oddity(
        "sheets with different headers",
        _headed_differently,
        (PUPIL, SISTER | {"school": "第二小学"}, {"name": "任小明", "school": "第三小学"}),
    ),
    Oddity(
        "a hidden sheet of codes",
        _hidden_sheet,
        (PUPIL,),
        notes=("工作表“代码”是隐藏的，没有读取；其中有名单的，请取消隐藏、保存后再上传。",),
    ),
    Oddity("hidden rows", _hidden_rows, (PUPIL, SISTER), notes=(HIDDEN_ROW.format("3"),)),
    Oddity("rows hidden by a filter", _filtered, (PUPIL, SISTER), notes=(HIDDEN_ROW.format("2"),)),
    Oddity(
        "hidden columns",
        _hidden_columns,
        (PUPIL,),
        notes=("工作表“名单”的 C 列（班级）、E 列（身份证号）是隐藏列，也已读取。",),
    ),
    Oddity("a sheet with a name of blanks and signs", book_of(HEAD, FIRST, title=" 6.2班（新）"), (PUPIL,)),
)
