"""Lists laid out at random in the ways offices lay them out, each with what a careful reader makes of it."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from pairing_portal.lib.workbooks.parsing import ParsedColumn
from students.imports.columns import register_columns
from students.models import Register
from tests.students.lists import Pupil, pupils

ON = date(2018, 3, 5)
COLUMNS = {column.key: column for column in register_columns(Register.DISTRICT_RECOGNISED, ON)}
# What stands in one group of a header of two levels, and what its upper cell may say.
GROUPS = {
    "guardian": (
        ("guardian_name", "guardian_relation", "guardian_phone"),
        ("监护人", "监护人信息", "家长情况"),
    ),
    "pupil": (("name", "id_number", "birth_date"), ("学生", "学生基本情况", "学生信息")),
}
BELOW = {
    "guardian_name": "姓名",
    "guardian_relation": "与学生关系",
    "guardian_phone": "联系电话",
    "name": "姓名",
    "id_number": "身份证号码",
    "birth_date": "出生日期",
}
LONE = tuple(key for key in COLUMNS if key not in BELOW)
NOTES: tuple[list[Any], ...] = (
    ["2018年学区认定的在校贫困学生信息汇总表"],
    ["填报单位：示例学区", None, "2018年3月5日"],
    ["内部资料"],
    [],
)
FEET = (["合计", "", "20人"], ["填表人（签字）：", "", "审核人："], ["注：本表一式两份"])
UNKNOWN = ("鞋码", "班主任", "曾用名")


@dataclass
class Made:
    """A workbook, the values of its entries in order, and the columns and places that should be named."""

    content: bytes = field(repr=False)
    values: list[dict[str, Any]]
    unknown: list[str]
    hidden: list[int]


@st.composite
def lists(draw: st.DrawFn) -> Made:
    """A workbook of one to three sheets, some of them empty or only words."""
    book, from_1904 = Workbook(), draw(st.booleans())
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    book.remove(book.active)
    made = Made(b"", [], [], [])
    for title in ("东校", "西校")[: draw(st.integers(1, 2))]:
        if draw(st.booleans()):
            book.create_sheet(f"空{title}")
        count, first = draw(st.integers(1, 5)), len(made.values)
        people = [draw(pupils(first + place, from_1904=from_1904)) for place in range(count)]
        lay_out(draw, book.create_sheet(title), people, made)
        made.values += [pupil.values for pupil in people]
    book.create_sheet("说明").append(["请如实填写"])
    stream = BytesIO()
    book.save(stream)
    made.content = stream.getvalue()
    return made


def lay_out(draw: st.DrawFn, sheet: Worksheet, people: list[Pupil], made: Made) -> None:
    """Notes and titles, a header of one level or two, entries with blank rows between them, foot rows."""
    has_groups = draw(st.booleans())
    keys = list(
        draw(st.permutations([*GROUPS, *draw(st.permutations(LONE))] if has_groups else tuple(COLUMNS)))
    )
    for note in draw(st.permutations(NOTES))[: draw(st.integers(0, 4))]:
        sheet.append(note)
    odd = draw(st.sampled_from(UNKNOWN))
    order = grouped_header(draw, sheet, keys, odd) if has_groups else plain_header(draw, sheet, keys, odd)
    made.unknown += [] if odd in made.unknown else [odd]
    for pupil in people:
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 40]))):
            sheet.append([None])
        sheet.append(["1", *(pupil.cells.get(key) for key in order), "36"])
        sheet.row_dimensions[sheet.max_row].hidden = draw(st.booleans())
        made.hidden += [sheet.max_row] if sheet.row_dimensions[sheet.max_row].hidden else []
    for foot in draw(st.permutations(FEET))[: draw(st.integers(0, 3))]:
        sheet.append(foot)


def plain_header(draw: st.DrawFn, sheet: Worksheet, keys: list[str], odd: str) -> list[str]:
    """One row of titles; the order of the columns."""
    sheet.append(["序号", *(heading(draw, COLUMNS[key]) for key in keys), odd])
    return keys


def grouped_header(draw: st.DrawFn, sheet: Worksheet, keys: list[str], odd: str) -> list[str]:
    """Two rows of titles, merged or not; the order of the columns."""
    upper: list[str | None] = ["序号"]
    lower: list[str | None] = [None]
    order: list[str] = []
    areas: list[tuple[int, int]] = []
    row = sheet.max_row + (1 if sheet.max_row > 1 or sheet["A1"].value else 0)
    for key in keys:
        inner, titles = GROUPS.get(key, ((key,), ()))
        top = draw(st.sampled_from(titles)) if titles else heading(draw, COLUMNS[key])
        first = len(upper) + 1
        upper += [top, *[None] * (len(inner) - 1)]
        lower += [BELOW[each] for each in inner] if titles else [None]
        order += inner
        areas += [(first, first + len(inner) - 1)] if titles else []
    sheet.append([*upper, odd])
    sheet.append(lower)
    if draw(st.booleans()):
        for first, last in areas:
            sheet.merge_cells(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")
    return order


def heading(draw: st.DrawFn, column: ParsedColumn) -> str:
    """One of the titles of the column, broken over two lines, spaced out, starred or explained."""
    title = draw(st.sampled_from([column.title, *column.synonyms]))
    shapes = [
        title,
        f" {title}",
        f"{title[:1]}\n{title[1:]}",
        f"{title}*",
        f"{title}：",
        f"{title[:1]}　{title[1:]}",
    ]
    return draw(st.sampled_from(shapes))
