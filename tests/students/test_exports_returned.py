"""Rows that came back: every reason beside its cell, and put right they go in."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pairing_portal.accounts.models import User
from pairing_portal.lib.workbooks.filling import DOUBT, write_fill_in
from pairing_portal.lib.workbooks.reading import read_workbook
from reports.exports.office import refused_rows
from students.actions.mending import leave_row_out
from students.imports.planning import plan_register
from students.models import RosterImport, Student
from tests.students.rosters import (
    BOY,
    FAULTY,
    GIRL,
    SCHOOL,
    TRUTH,
    bring_in,
    confirm,
    listed,
    made_up,
    make_office,
    preview_of,
    receive,
    row,
    workbook,
)

pytestmark = pytest.mark.django_db
MARK = "办公室 2018年3月5日 导出编号 D1-2018-0001"


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


def opened(roster: RosterImport) -> Any:
    """The workbook as Excel opens it."""
    return load_workbook(BytesIO(write_fill_in(refused_rows(roster, MARK))))


def lines(sheet: Any) -> list[dict[str, Any]]:
    """The rows under their titles."""
    titles = [cell.value for cell in sheet[3]]
    return [
        dict(zip(titles, [cell.value for cell in each], strict=True)) for each in sheet.iter_rows(min_row=4)
    ]


def corrected(book: Any, *corrections: dict[str, str]) -> Any:
    """The workbook with cells put right, row by row, read again."""
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[3]}
    for number, cells in enumerate(corrections, 4):
        for title, text in cells.items():
            sheet.cell(number, columns[title]).value = text
    stream = BytesIO()
    book.save(stream)
    return read_workbook(stream.getvalue(), "退回的行.xlsx")


def test_returned_rows_of_the_faulty_sample_are_those_refused(clerk: User) -> None:
    roster = receive(workbook(FAULTY), clerk)
    book = opened(roster)
    places = [line["原文件位置"].partition(" 第 ")[2] for line in lines(book.active)]
    assert places == [f"{number} 行" for number in TRUTH[FAULTY]["errors_by_excel_row"]]
    assert all("：" in line["退回原因"] for line in lines(book.active))
    assert [sheet.sheet_state for sheet in book] == ["visible"]
    assert book.active.oddFooter.right.text == MARK


def test_row_put_right_in_excel_goes_in_and_nobody_is_missing(clerk: User) -> None:
    bad = [row(number=f"{BOY[:-1]}0"), row("单秀", GIRL, 脱贫状态="不详")]
    roster = receive(listed(row("王三", ""), *bad), clerk)
    book = opened(roster)
    confirm(roster, clerk)
    again = receive(corrected(book, {"身份证号": BOY}, {"脱贫状态": "未脱贫"}), clerk)
    assert (again.counts["new"], again.counts["refused"], preview_of(again).missing) == (2, 0, ())
    assert preview_of(again).unknown_columns == ()
    confirm(again, clerk)
    assert {pupil.id_number for pupil in Student.objects.all()} == {"", BOY, GIRL}


def test_faulty_cells_are_coloured_and_all_cells_are_text(clerk: User) -> None:
    sheet = opened(receive(listed(row(脱贫状态="不详", 监护人="@王")), clerk)).active
    marked = [cell.value for cell in sheet[4] if cell.fill.start_color.rgb == DOUBT.start_color.rgb]
    assert marked == ["@王", "不详"]
    assert {cell.data_type for cell in sheet[4] if cell.value} == {"s"}


def test_number_that_excel_has_cut_does_not_come_back(clerk: User) -> None:
    line = lines(opened(receive(listed(row(身份证号=int(GIRL))), clerk)).active)[0]
    assert line["身份证号"] is None
    assert "设为文本格式" in line["退回原因"]


def test_titles_of_the_file_and_columns_nobody_reads_come_back(clerk: User) -> None:
    header = ["就读学校", "所在年级", "班别", "姓名", "鞋码"]
    book = opened(receive(made_up(header, [SCHOOL, "八十年级", "1班", "折小雨", "36"]), clerk))
    line = lines(book.active)[0]
    assert (line["就读学校"], line["所在年级"], line["鞋码"]) == (SCHOOL, "八十年级", "36")


def test_row_left_out_by_choice_does_not_come_back(clerk: User) -> None:
    roster = receive(listed(row(number=f"{BOY[:-1]}0"), row("单秀", GIRL, 脱贫状态="不详")), clerk)
    first = preview_of(roster).rows[0]
    leave_row_out(roster=roster, place=(first.sheet, first.number), planner=plan_register, by=clerk)
    roster.refresh_from_db()
    assert [line["学生姓名"] for line in lines(opened(roster).active)] == ["单秀"]


def test_school_told_by_the_sheet_stands_in_its_column(clerk: User) -> None:
    header = ["年级", "班级", "姓名", "脱贫状态"]
    book = made_up(header, ["一年级", "1班", "折小雨", "不详"])
    assert lines(opened(receive(book, clerk)).active)[0]["学校"] == "Sheet"


def test_returned_rows_brought_in_twice_change_nothing(clerk: User) -> None:
    book = corrected(opened(receive(listed(row(脱贫状态="不详")), clerk)), {"脱贫状态": "未脱贫"})
    bring_in(book, clerk)
    assert bring_in(book, clerk).counts["unchanged"] == 1
