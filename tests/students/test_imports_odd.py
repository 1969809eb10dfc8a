"""Every odd workbook is read as a careful clerk reads it, field by field."""

import pytest

from pairing_portal.lib.workbooks.reading import read_workbook
from students.imports.comparing import read_register
from tests.students.odd import ODDITIES
from tests.students.odd.making import Oddity
from tests.students.rosters import DAY_2018


def test_there_are_many_oddities_and_each_has_its_name() -> None:
    assert len({oddity.name for oddity in ODDITIES}) == len(ODDITIES) >= 30


@pytest.mark.parametrize("oddity", ODDITIES, ids=str)
def test_odd_workbook_is_read_as_a_clerk_reads_it(oddity: Oddity) -> None:
    reading = read_register(read_workbook(oddity.content(), "名单.xlsx"), oddity.register, DAY_2018)
    problems = [problem for row in reading.rows for problem in row.problems]
    refused = tuple((problem.row, problem.code) for problem in problems if problem.level == "error")
    soft = {problem.code for problem in problems if problem.level == "warning"}
    assert tuple(row.values for row in reading.rows) == oddity.values
    assert (reading.unknown_columns, reading.notes, refused) == (oddity.unknown, oddity.notes, oddity.refused)
    assert soft >= set(oddity.remarks)
