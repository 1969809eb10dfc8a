"""Bringing in a roster: the portal's pages against django-import-export loading the same file flat."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measurement import Measurement, fact, middle
from benchmarks.portals import BenchPortal
from benchmarks.rosters import IMPORT_SCHOOLS, made_up_pupils
from benchmarks.workbooks import write_roster

ROWS, FEW_ROWS, WARM_UP_ROWS = 10_000, 1_000, 20
ROUNDS = 3
FASTER = 3.0
Load = Mapping[str, Any]
Loads = Sequence[Load]
NAMES = {
    "portal": "portal, upload + preview + confirm",
    "peer": "django-import-export, defaults, one flat table",
    "peer_at_best": "django-import-export, use_bulk + cached loader",
    "floor": "floor: calamine + executemany",
}


class Imports:
    """Loads files in portals that have seen no other, one after the other."""

    def __init__(self, work: Path, empty: BenchPortal, today: date) -> None:
        self.work = work
        self.empty = empty
        self.numbers = count(1)
        self.files = {
            rows: write_roster(work / f"{rows}.xlsx", made_up_pupils(rows, IMPORT_SCHOOLS, today))
            for rows in (WARM_UP_ROWS, FEW_ROWS, ROWS)
        }

    def load(self, way: str, rows: int, times: int) -> Loads:
        """Seconds and statements of loading the same file several times over."""
        portal = self.empty.copy_to(self.work / f"import{next(self.numbers)}")
        warm_up, file = self.files[WARM_UP_ROWS], self.files[rows]
        answer = portal.ask("bench_import", way, str(warm_up), str(file), str(times))
        portal.remove()
        loads: Loads = answer["loads"]
        for load in loads:
            _check(load["counts"], rows)
        return loads


def _check(counts: Mapping[str, int], rows: int) -> None:
    """Every row must have arrived, or the figures compare nothing."""
    arrived = sum(counts.get(name, 0) for name in ("new", "unchanged", "update", "skip"))
    if counts.get("rows", arrived) != rows or arrived not in (0, rows):
        raise RuntimeError(f"of {rows} rows only {counts} arrived")


def measure_imports(work: Path, empty: BenchPortal, today: date) -> list[Measurement]:
    """New rows in all ways by turns, the same file again, and the statements for few rows and many."""
    imports = Imports(work, empty, today)
    few = imports.load("portal", FEW_ROWS, times=1)[0]
    new: dict[str, list[Load]] = defaultdict(list)
    again: dict[str, list[Load]] = defaultdict(list)
    for turn in range(ROUNDS):
        for way, times in _ways(turn):
            first, *others = imports.load(way, ROWS, times)
            new[way].append(first)
            again[way] += others
    return [*_figures(new, again), *_promises(new, few)]


def _ways(turn: int) -> Iterable[tuple[str, int]]:
    """The portal and the peer at every turn; what is only shown, less often."""
    yield "portal", 2
    yield "peer", 1 if turn else 2
    yield "floor", 1
    if turn < ROUNDS - 1:
        yield "peer_at_best", 1


def _figures(new: Mapping[str, list[Load]], again: Mapping[str, list[Load]]) -> Iterable[Measurement]:
    for way, name in NAMES.items():
        yield fact(f"import {ROWS} new rows: {name}", _words(new[way]))
        if again[way]:
            yield fact(f"the same file again: {name}", _words(again[way]))
    yield fact("import: the peer at its best takes", f"{_times(new, 'peer_at_best'):.2f} × the portal's time")


def _words(loads: Loads) -> str:
    work = middle([load["processor_seconds"] for load in loads])
    return f"{work}, by the clock {middle([load['seconds'] for load in loads])}"


def _times(new: Mapping[str, list[Load]], way: str) -> float:
    """How many times the portal's work, each at its least: whatever else runs on the machine only adds."""
    peer, portal = (min(load["processor_seconds"] for load in new[name]) for name in (way, "portal"))
    return float(peer / portal)


def _promises(new: Mapping[str, list[Load]], few: Load) -> Iterable[Measurement]:
    faster = _times(new, "peer")
    name = "import: times faster than the peer's defaults"
    yield Measurement(name, f"{faster:.2f} ×", faster, FASTER, "at least")
    most = max(load["statements"] for load in new["portal"])
    shown = f"{few['statements']} for {FEW_ROWS} rows, {most} for {ROWS}"
    growth = most / few["statements"]
    yield Measurement("import: statements do not grow with rows", shown, growth, 1.0, "at most")
