"""`python -m benchmarks`: every measure in one run; exit code 1 when a promise is not kept."""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.measurement import Measurement, print_report
from benchmarks.measures.districts import FEW_PUPILS, MANY_PUPILS, filled
from benchmarks.measures.exports import measure_exports
from benchmarks.measures.imports import measure_imports
from benchmarks.measures.lists import measure_changelist, measure_growth, measure_searches
from benchmarks.measures.proposals import measure_proposals
from benchmarks.portals import BenchPortal


def main() -> int:
    """Measure in a temporary directory and print what was found."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        is_kept = print_report(_measurements(Path(work)))
    print(f"\n{time.monotonic() - begun:.0f} s; figures are medians (least–most). Trust the ratios.")
    return 0 if is_kept else 1


def _measurements(work: Path) -> Iterator[Measurement]:
    empty = BenchPortal(work / "empty")
    _say("An empty portal")
    empty.prepare()
    _say("Importing")
    yield from measure_imports(work, empty, datetime.now(ZoneInfo("Asia/Shanghai")).date())
    _say(f"Districts of {FEW_PUPILS} and {MANY_PUPILS} pupils")
    few, many = filled(work, empty, FEW_PUPILS), filled(work, empty, MANY_PUPILS)
    _say("Listing")
    yield from measure_changelist(few)
    yield from measure_growth(few, many)
    yield from measure_searches(many)
    _say("Exporting")
    yield from measure_exports(work, empty, few)
    _say("Proposing")
    yield from measure_proposals(work, empty)


def _say(words: str) -> None:
    print(f"{words} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
