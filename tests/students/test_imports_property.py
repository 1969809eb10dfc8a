"""However an office lays its list out, what is read is what was written."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from pairing_portal.lib.identifiers import make_resident_id
from pairing_portal.lib.school_years import GRADES_IN_STAGE, Stage, grade_name
from pairing_portal.lib.text import Address
from pairing_portal.lib.workbooks.reader import read_sheets
from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from students.imports.columns import register_columns
from students.imports.comparing import read_register
from students.models import Register

ON = date(2018, 3, 5)
SCHOOLS = ("第一小学", "第二小学", "中心幼儿园")
NAMES = ("折小雨", "单秀", "任小𬭎", "阿依·努尔", "王建国")
KEYS = (
    "school",
    "class_grade",
    "class_number",
    "name",
    "id_number",
    "is_boarder",
    "address",
    "guardian_phone",
    "remark",
)
COLUMNS = {column.key: column for column in register_columns(Register.COUNTY_FILED, ON) if column.key in KEYS}
FEET = (["合计", "", "20人"], ["填表人（签字）：", "", "审核人："], ["注：本表一式两份"])
grades = st.sampled_from(
    [(stage, grade) for stage in Stage for grade in range(1, GRADES_IN_STAGE[stage] + 1)]
)


@dataclass(frozen=True)
class Pupil:
    """What a row says, and the values a careful reader makes of it; None leaves the cell blank."""

    cells: dict[str, Any]
    values: dict[str, Any]


@st.composite
def pupils(draw: st.DrawFn, number: int) -> Pupil:
    """One pupil, written in one of the ways offices write."""
    stage, grade = draw(grades)
    class_number = draw(st.integers(1, 12))
    boards = draw(st.booleans())
    phone = draw(st.sampled_from(["13900000000", "0912-8700000"]))
    id_number = make_resident_id("610899", date(2009, 3, 15), number)
    values: dict[str, Any] = {
        "school": draw(st.sampled_from(SCHOOLS)),
        "class_grade": (stage, grade),
        "class_number": class_number,
        "name": draw(st.sampled_from(NAMES)),
        "id_number": id_number,
        "is_boarder": boards,
        "address": Address("麻镇", "王家墕村", f"{draw(st.integers(1, 9))}组"),
        "guardian_phone": phone,
        "remark": "享受补助",
    }
    cells = values | written(draw, values)
    for key in draw(st.sets(st.sampled_from(["is_boarder", "address", "guardian_phone", "remark"]))):
        del values[key]
        cells[key] = draw(st.sampled_from([None, "", "  "]))
    return Pupil(cells, values)


def written(draw: st.DrawFn, values: dict[str, Any]) -> dict[str, Any]:
    """The cells of those values that offices write in several ways."""
    class_number, id_number = values["class_number"], values["id_number"]
    boards, phone = values["is_boarder"], values["guardian_phone"]
    return {
        "class_grade": grade_name(*values["class_grade"]),
        "class_number": draw(st.sampled_from([class_number, f"{class_number}班", f"（{class_number}）班"])),
        "name": draw(st.sampled_from([values["name"], f" {values['name']} ", f"{values['name']}（转入）"])),
        "id_number": draw(st.sampled_from([id_number, id_number.lower(), f"'{id_number}", f" {id_number}"])),
        "is_boarder": draw(st.sampled_from(["住校", "是", "寄宿"] if boards else ["走读", "否"])),
        "address": "麻镇王家墕村" + values["address"].group,
        "guardian_phone": int(phone) if phone.isdigit() and draw(st.booleans()) else phone,
    }


@st.composite
def lists(draw: st.DrawFn) -> tuple[bytes, list[dict[str, Any]]]:
    """A workbook of one or two sheets, and the values of its rows in order."""
    book = Book()
    book.remove(book.active)
    expected = []
    count = draw(st.integers(1, 8))
    people = [draw(pupils(number)) for number in range(count)]
    half = draw(st.integers(0, count))
    for title, part in (("东校", people[:half]), ("西校", people[half:])):
        if part:
            lay_out(draw, book.create_sheet(title), part)
            expected += [pupil.values for pupil in part]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), expected


def lay_out(draw: st.DrawFn, sheet: Any, part: list[Pupil]) -> None:
    """Title rows, a shuffled header in the office's own words, rows with blanks between them, foot rows."""
    keys = draw(st.permutations(KEYS))
    for _ in range(draw(st.integers(0, 3))):
        sheet.append(["2018年县乡建档立卡学区在校贫困学生信息汇总表"])
    sheet.append(["序号", *(heading(draw, key) for key in keys)])
    for number, pupil in enumerate(part, 1):
        sheet.append([number, *(pupil.cells[key] for key in keys)])
        for _ in range(draw(st.integers(0, 2))):
            sheet.append([None] * len(keys))
    for foot in draw(st.permutations(FEET))[: draw(st.integers(0, 3))]:
        sheet.append(foot)


def heading(draw: st.DrawFn, key: str) -> str:
    """One of the titles of the column, broken over two lines or spaced out."""
    title = draw(st.sampled_from([COLUMNS[key].title, *COLUMNS[key].synonyms]))
    return draw(st.sampled_from([title, f" {title}", f"{title[:1]}\n{title[1:]}", f"{title}*"]))


@settings(max_examples=60, deadline=None)
@given(lists())
def test_every_layout_reads_as_its_source(made: tuple[bytes, list[dict[str, Any]]]) -> None:
    content, expected = made
    workbook = Workbook(tuple(read_sheets(content)))
    rows = read_register(workbook, Register.COUNTY_FILED, ON).rows
    assert [row.values for row in rows] == expected
    assert [problem for row in rows for problem in row.problems if problem.level == "error"] == []


CELLS = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(Register),
    st.lists(st.lists(CELLS, min_size=30, max_size=30), max_size=4),
)
def test_no_cell_whatever_breaks_the_reading(register: Register, cells: list[list[Any]]) -> None:
    columns = register_columns(register, ON)
    header = tuple(column.title for column in columns)
    sheet = Sheet("名单", True, (header, *(tuple(row[: len(header)]) for row in cells)))
    for row in read_register(Workbook((sheet,)), register, ON).rows:
        assert row.is_refused or row.values["name"]
