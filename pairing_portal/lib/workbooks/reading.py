"""Reading a workbook somebody sent: unpacked, checked and parsed in a process that may fail without harm."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from pairing_portal.lib.workbooks.container import BLOATED, DAMAGED, check_format
from pairing_portal.lib.workbooks.packing import unpacked, unpacked_day
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from pairing_portal.lib.workbooks.sheets import Workbook

PROJECT = Path(__file__).parents[3]
READER = (sys.executable, "-m", "pairing_portal.lib.workbooks.reader")
SECONDS = 20


def read_workbook(content: bytes, file_name: str) -> Workbook:
    """All sheets of an .xlsx or .xls; raises WorkbookRefused with a sentence for whoever sent it.

    Formula cells, hidden rows and the 1904 calendar are known for .xlsx only: an .xls gives the value it was last
    saved with, its hidden rows and columns like all others.
    """
    check_format(content, file_name)
    answer = json.loads(_run_reader(content), object_hook=unpacked_day)
    if "refused" in answer:
        raise WorkbookRefused(*answer["refused"])
    return Workbook(tuple(unpacked(values) for values in answer["sheets"]))


def _run_reader(content: bytes) -> bytes:
    """What the reader process answers; it gets the file and nothing else, least of all the environment’s keys."""
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command line)
            READER, input=content, capture_output=True, timeout=SECONDS, cwd=PROJECT, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise WorkbookRefused(BLOATED, "too_slow") from error
    if done.returncode == -signal.SIGXCPU:
        raise WorkbookRefused(BLOATED, "too_slow")
    if done.returncode != 0:
        raise WorkbookRefused(DAMAGED, "damaged")
    return done.stdout
