"""Portals filled with pupils, shared by the measures that only read."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.portals import BenchPortal

FEW_PUPILS, MANY_PUPILS = 1_000, 100_000
SCHOOLS = {FEW_PUPILS: 20, MANY_PUPILS: 200}
USUAL_SCHOOLS = 20


@dataclass(frozen=True)
class FilledPortal:
    """A portal with its office's cookie and the public id of one school."""

    portal: BenchPortal
    cookie: str
    school: str


def filled(work: Path, empty: BenchPortal, pupils: int) -> FilledPortal:
    """A portal with as many pupils; each of its schools fills a page at least."""
    portal = empty.copy_to(work / f"district{pupils}")
    answer = portal.ask("bench_fill", str(pupils), str(SCHOOLS.get(pupils, USUAL_SCHOOLS)))
    return FilledPortal(portal, answer["cookie"], answer["school"])
