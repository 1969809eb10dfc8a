"""The register filled in, edited in Excel and brought back: rows are tied by their keys."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pairing_portal.accounts.models import User
from pairing_portal.lib.workbooks.filling import write_fill_in
from pairing_portal.lib.workbooks.reading import read_workbook
from reports.exports.office import register_to_correct
from students.models import Register, RegisterEntry, RosterImport, Student
from tests.students.rosters import (
    COUNTY_2018,
    DISTRICT_2018,
    GIRL,
    bring_in,
    confirm,
    listed,
    make_office,
    preview_of,
    receive,
    row,
    workbook,
)

pytestmark = pytest.mark.django_db
BOTH = [(COUNTY_2018, Register.COUNTY_FILED), (DISTRICT_2018, Register.DISTRICT_RECOGNISED)]
LATER = date(2018, 5, 10)


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


def prefilled(by: User, register: Register = Register.COUNTY_FILED) -> bytes:
    """The workbook of 10 May 2018."""
    assert by.district is not None
    entries = RegisterEntry.objects.filter(student__district=by.district).listed(2018, LATER)
    return write_fill_in(register_to_correct(register, entries, 2018, by.district, LATER, "编号"))


Edit = Callable[[Any, dict[str, int]], None]


def edited(content: bytes, edit: Edit) -> bytes:
    """What Excel saves after somebody has worked on it; the edit gets the sheet and its columns by title."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    edit(sheet, {cell.value: cell.column for cell in sheet[3]})
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def back(content: bytes, by: User, register: Register = Register.COUNTY_FILED) -> RosterImport:
    """Uploaded and compared."""
    return receive(read_workbook(content, "预填.xlsx"), by, register=register, on=LATER)


def put(row_number: int, title: str, text: str | None) -> Edit:
    """Type one cell."""

    def edit(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(row_number, columns[title]).value = text

    return edit


@pytest.mark.parametrize(("name", "register"), BOTH)
def test_brought_back_untouched_changes_nothing(clerk: User, name: str, register: Register) -> None:
    first = bring_in(workbook(name), clerk, register=register)
    roster = back(prefilled(clerk, register), clerk, register)
    assert roster.counts["unchanged"] == first.counts["new"] > 0
    assert [roster.counts[key] for key in ("new", "changed", "refused", "missing", "warned", "asked")] == [
        0
    ] * 6
    assert (preview_of(roster).notes, preview_of(roster).unknown_columns) == ((), ())


@pytest.mark.parametrize(("name", "register"), BOTH)
def test_no_number_of_anybody_is_printed(clerk: User, name: str, register: Register) -> None:
    bring_in(workbook(name), clerk, register=register)
    book = load_workbook(BytesIO(prefilled(clerk, register)))
    cells = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    for pupil in Student.objects.all():
        assert cells.isdisjoint({pupil.id_number, pupil.student_number})
        assert not any(pupil.id_number in words for words in cells)


def test_edit_survives_sorting(clerk: User) -> None:
    bring_in(workbook(COUNTY_2018), clerk)

    def edit(sheet: Any, columns: dict[str, int]) -> None:
        lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)]
        lines[7][columns["联系电话"] - 1] = "13988887777"
        lines.reverse()
        for number, line in enumerate(lines, 4):
            for column, value in enumerate(line, 1):
                sheet.cell(number, column).value = value

    content = prefilled(clerk)
    key = load_workbook(BytesIO(content)).worksheets[0].cell(11, _column(content, "系统编号")).value
    roster = back(edited(content, edit), clerk)
    assert (roster.counts["changed"], roster.counts["missing"]) == (1, 0)
    confirm(roster, clerk)
    changed = Student.objects.get(guardian_phone="13988887777")
    assert key.startswith(changed.public_id.hex)


def _column(content: bytes, title: str) -> int:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [cell.value for cell in sheet[3]].index(title) + 1


def test_blank_means_leave_and_a_new_pupil_needs_no_key(clerk: User) -> None:
    bring_in(listed(row()), clerk)

    def edit(sheet: Any, columns: dict[str, int]) -> None:
        for title in ("联系电话", "监护人", "脱贫状态", "班级"):
            sheet.cell(4, columns[title]).value = None
        told = {"学校": "麻镇中心小学", "年级": "二年级", "班级": "1班", "学生姓名": "单秀", "身份证号": GIRL}
        for title, text in told.items():
            sheet.cell(5, columns[title]).value = text

    roster = back(edited(prefilled(clerk), edit), clerk)
    assert (roster.counts["unchanged"], roster.counts["new"], roster.counts["refused"]) == (1, 1, 0)
    confirm(roster, clerk)
    assert Student.objects.get(name="折小雨").guardian_phone == "13900000000"


def test_edit_here_is_a_correction_that_the_next_list_leaves_alone(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    confirm(back(edited(prefilled(clerk), put(4, "联系电话", "13988887777")), clerk), clerk)
    roster = bring_in(listed(row()), clerk, on=LATER)
    assert (roster.counts["kept"], Student.objects.get().guardian_phone) == (1, "13988887777")


def test_pupil_changed_since_the_download_is_asked_about(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    content = prefilled(clerk)
    pupil = Student.objects.get()
    pupil.guardian_phone, pupil.version = "13911111111", pupil.version + 1
    pupil.save()
    roster = back(content, clerk)
    question = preview_of(roster).rows[0].questions[0]
    assert (question.local, question.read) == ("13911111111", "13900000000")
    confirm(roster, clerk)
    assert Student.objects.get().guardian_phone == "13911111111"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("系统编号", "0" * 32 + "-1-1", "key_unknown"),
        ("系统编号", "不是编号", "key_shape"),
        ("身份证号", GIRL, "key_disagrees"),
    ],
)
def test_key_that_tells_nobody_or_somebody_else_is_refused(
    clerk: User, title: str, text: str, code: str
) -> None:
    bring_in(listed(row()), clerk)
    shown = preview_of(back(edited(prefilled(clerk), put(4, title, text)), clerk)).rows[0]
    assert [problem.code for problem in shown.problems] == [code]


def test_missing_id_number_can_be_filled_in(clerk: User) -> None:
    bring_in(listed(row(number="")), clerk)
    confirm(back(edited(prefilled(clerk), put(4, "身份证号", GIRL)), clerk), clerk)
    assert Student.objects.get().id_number == GIRL


def test_key_of_another_district_is_refused(clerk: User) -> None:
    _, elsewhere = make_office()
    bring_in(listed(row("单秀", GIRL)), elsewhere)
    bring_in(listed(row()), clerk)
    roster = back(prefilled(elsewhere), clerk)
    assert [problem.code for problem in preview_of(roster).rows[0].problems] == ["key_unknown"]
    assert "单秀" not in str(preview_of(roster).rows[0].problems)


def test_pupil_taken_off_since_is_not_listed_again(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    content = prefilled(clerk)
    RegisterEntry.objects.update(ended_on=LATER, end_reason="recovered")
    assert [problem.code for problem in preview_of(back(content, clerk)).rows[0].problems] == [
        "key_not_listed"
    ]
