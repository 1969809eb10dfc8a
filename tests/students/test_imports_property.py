"""However an office lays its list out, what is read is what was written."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pairing_portal.lib.workbooks.reader import read_sheets
from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from students.imports.columns import register_columns
from students.imports.comparing import read_register
from students.models import Register
from tests.students.layouts import Made, lists

ON = date(2018, 3, 5)


@settings(max_examples=60, deadline=None)
@given(lists())
def test_every_layout_reads_as_its_source(made: Made) -> None:
    workbook = Workbook(tuple(read_sheets(made.content)))
    reading = read_register(workbook, Register.DISTRICT_RECOGNISED, ON)
    assert [row.values for row in reading.rows] == made.values
    assert [problem for row in reading.rows for problem in row.problems if problem.level == "error"] == []
    assert list(reading.unknown_columns) == made.unknown
    assert any("隐藏行，也已读取" in note for note in reading.notes) == bool(made.hidden)
    assert "工作表“说明”里没有找到表头，没有读取。" in reading.notes


CELLS = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(Register),
    st.lists(st.lists(CELLS, min_size=34, max_size=34), max_size=4),
    st.booleans(),
)
def test_no_cell_whatever_breaks_the_reading(
    register: Register, cells: list[list[Any]], counts_from_1904: bool
) -> None:
    columns = register_columns(register, ON)
    header = tuple(column.title for column in columns)
    rows = (header, *(tuple(row[: len(header)]) for row in cells))
    sheet = Sheet("名单", True, rows, counts_from_1904=counts_from_1904)
    for row in read_register(Workbook((sheet,)), register, ON).rows:
        assert row.is_refused or row.values["name"]
