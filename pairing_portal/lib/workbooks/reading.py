"""Reading a workbook somebody sent: checked here, parsed in a process that may fail without harm."""

import json
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.container import BLOATED, DAMAGED, check_container
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from pairing_portal.lib.workbooks.sheets import Merge, Sheet, Workbook

PROJECT = Path(__file__).parents[3]
READER = (sys.executable, "-m", "pairing_portal.lib.workbooks.reader")
SECONDS = 20

SheetJson = tuple[str, bool, list[list[Cell]], list[tuple[int, int]], list[tuple[int, int, int, int]]]


def read_workbook(content: bytes, file_name: str) -> Workbook:
    """All sheets of an .xlsx or .xls; raises WorkbookRefused with a sentence for whoever sent it.

    Formula cells are known for .xlsx only: an .xls gives the value it was last saved with.
    """
    check_container(content, file_name)
    answer = json.loads(_run_reader(content), object_hook=_hook)
    if "refused" in answer:
        raise WorkbookRefused(*answer["refused"])
    return Workbook(tuple(_sheet(values) for values in answer["sheets"]))


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


def _hook(value: dict[str, str]) -> dict[str, str] | date:
    """A date cell back from JSON; a day at midnight was sent as a date, so T marks a time."""
    if "on" not in value:
        return value
    return datetime.fromisoformat(value["on"]) if "T" in value["on"] else date.fromisoformat(value["on"])


def _sheet(values: SheetJson) -> Sheet:
    name, is_visible, rows, formulas, merges = values
    return Sheet(
        name,
        is_visible,
        tuple(tuple(row) for row in rows),
        frozenset((row, column) for row, column in formulas),
        tuple(Merge(*merge) for merge in merges),
    )
