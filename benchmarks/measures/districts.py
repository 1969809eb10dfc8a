"""Portals filled with pupils, shared by the measures that only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.portals import BenchPortal

FEW_PUPILS, MANY_PUPILS = 1_000, 100_000
SCHOOLS = {FEW_PUPILS: 20, MANY_PUPILS: 200}
USUAL_SCHOOLS = 20
# A whole name, initials, a surname before initials, and a surname alone, which every twentieth pupil bears.
SEARCHES = ("李子轩", "lzx", "zhangzx", "张")


@dataclass(frozen=True)
class FilledPortal:
    """A portal with its office's cookie, one more for each search begun, and the public id of one school."""

    portal: BenchPortal
    cookie: str
    school: str
    searches: Mapping[str, str]


def filled(work: Path, empty: BenchPortal, pupils: int) -> FilledPortal:
    """A portal with as many pupils; each of its schools fills a page at least."""
    portal = empty.copy_to(work / f"district{pupils}")
    schools = SCHOOLS.get(pupils, USUAL_SCHOOLS)
    answer = portal.ask("bench_fill", str(pupils), str(schools), *SEARCHES)
    return FilledPortal(portal, answer["cookie"], answer["school"], answer["searches"])
