"""Writing attachment 1: seconds per thousand rows, shown without a promise."""

from pathlib import Path

from benchmarks.measurement import Measurement, fact, middle
from benchmarks.measures.districts import FilledPortal, filled
from benchmarks.portals import BenchPortal

ROUNDS = 3
PUPILS = 10_000


def measure_exports(work: Path, empty: BenchPortal, few: FilledPortal) -> list[Measurement]:
    """The attachment of a small district and of one ten times as large."""
    return [_measured(few.portal), _measured(filled(work, empty, PUPILS).portal)]


def _measured(portal: BenchPortal) -> Measurement:
    answer = portal.ask("bench_export", str(ROUNDS))
    per_thousand = [seconds / answer["rows"] * 1000 for seconds in answer["seconds"]]
    words = f"{middle(per_thousand)} per 1000 rows, {answer['statements']} statements"
    return fact(f"attachment 1, {answer['rows']} rows", words)
