"""Each hostile file is refused in a sentence that says what to do, and the asking process is none the worse."""

import re
import resource
import time
from functools import cache

import pytest

from pairing_portal.lib.workbooks.container import check_container
from pairing_portal.lib.workbooks.reader import MEMORY_BYTES
from pairing_portal.lib.workbooks.reading import SECONDS, read_workbook
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from tests.lib.workbooks.hostile import HARMLESS, REFUSED, XLSX, Build

KILOBYTE = 1024
PARENT_MAY_GROW = 128 * KILOBYTE  # in kilobytes, as the system counts: what is unpacked and its copies
SENTENCE = re.compile(r"[\u4e00-\u9fff].*请.*。")


@cache
def built(build: Build) -> bytes:
    """The file; some take a second to make."""
    return build()


def test_corpus_is_large_and_every_file_is_another_one() -> None:
    assert len(REFUSED) >= 40
    assert len({built(build) for build, _ in REFUSED.values()}) == len(REFUSED)


@pytest.mark.parametrize(("build", "codes"), REFUSED.values(), ids=REFUSED)
def test_hostile_file_is_refused_in_a_sentence_within_limits(build: Build, codes: set[str]) -> None:
    content = built(build)
    started, largest = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(WorkbookRefused) as refusal:
        read_workbook(content, "名单.xlsx")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - largest
    assert refusal.value.code in codes
    assert SENTENCE.fullmatch(str(refusal.value.message))
    assert time.monotonic() - started < SECONDS + 5
    assert grown < PARENT_MAY_GROW
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KILOBYTE < MEMORY_BYTES * 1.5


@pytest.mark.parametrize(("build", "first"), HARMLESS.values(), ids=HARMLESS)
def test_file_that_only_looks_hostile_is_read(build: Build, first: object) -> None:
    cells = [cell for row in read_workbook(build(), "名单.xlsx").sheets[0].rows for cell in row]
    assert next(cell for cell in cells if cell is not None) == first


def test_the_small_workbook_that_they_are_made_of_is_read() -> None:
    assert read_workbook(XLSX, "名单.xlsx").sheets[0].rows == (("姓名",), ("谢梅俊",))


@pytest.mark.parametrize("size", range(0, len(XLSX), 97))
def test_workbook_cut_off_anywhere_is_refused(size: int) -> None:
    with pytest.raises(WorkbookRefused):
        check_container(XLSX[:size], "名单.xlsx")
