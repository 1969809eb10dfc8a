"""Proposing pairings for a whole district: the office's page against the assignment solver alone."""

from pathlib import Path

from benchmarks.measurement import Measurement, fact, middle
from benchmarks.portals import BenchPortal

PUPILS, SCHOOLS = 2_000, 50  # ten teachers a school
ROUNDS = 5
AT_MOST = 10.0


def measure_proposals(work: Path, empty: BenchPortal) -> list[Measurement]:
    """Reading, solving in rounds, explaining and storing, over one bare solution, in processor time; each at its least."""
    answer = empty.copy_to(work / "proposals").ask("bench_propose", str(PUPILS), str(SCHOOLS), str(ROUNDS))
    if answer["placed"] != PUPILS:
        raise RuntimeError(f"of {PUPILS} pupils only {answer['placed']} got a teacher")
    times = min(answer["page"]) / min(answer["solver"])
    size = f"{answer['rows']} pupils × {answer['slots']} places"
    return [
        fact(f"proposal of {size}: the office's page", middle(answer["page"])),
        fact(f"proposal of {size}: floor, scipy alone", middle(answer["solver"])),
        Measurement("proposal: times the solver's own", f"{times:.2f} ×", times, AT_MOST, "below"),
    ]
