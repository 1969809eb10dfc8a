"""A list of ten thousand pupils is previewed within 512 MB: the reader’s process by its limit, ours by what it took."""

import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.rosters import made_up_pupils
from benchmarks.workbooks import write_roster
from pairing_portal.lib.workbooks.reader import MEMORY_BYTES
from pairing_portal.lib.workbooks.reading import read_workbook
from tests.students.rosters import make_office, receive

pytestmark = pytest.mark.django_db
PUPILS, MOST_BYTES = 10_000, 512 * 1024 * 1024
AT_REST = (
    160 * 1024 * 1024
)  # what a server's process holds before its first request; this one has run other tests
STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def held(what: str) -> int:
    """What this process holds now (`VmRSS`), or held at most since it was last reset (`VmHWM`), in bytes."""
    found = re.search(rf"{what}:\s+(\d+) kB", STATUS.read_text())
    assert found is not None
    return int(found[1]) * 1024


@pytest.mark.skipif(not RESET.exists(), reason="Linux alone tells a process how much memory it held")
def test_preview_of_ten_thousand_rows_stays_under_half_a_gigabyte(tmp_path: Path) -> None:
    on = date(2018, 3, 5)
    path = write_roster(tmp_path / "名单.xlsx", made_up_pupils(PUPILS, 5, on))
    _, clerk = make_office()
    RESET.write_text("5")
    before = held("VmRSS")
    roster = receive(read_workbook(path.read_bytes(), path.name), clerk, on=on)
    assert roster.counts["rows"] == PUPILS
    assert held("VmHWM") - before + AT_REST < MOST_BYTES
    assert MEMORY_BYTES <= MOST_BYTES
