"""What a bench found, and whether it is what was promised."""

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True)
class Measurement:
    """One line of the report: figures in words, and for a promise the ratio with its bound."""

    name: str
    shown: str
    ratio: float | None = None
    bound: float = 0.0
    wants: Literal["at least", "at most", "below"] = "at least"

    @property
    def is_promise(self) -> bool:
        """Whether missing it fails the run."""
        return self.ratio is not None

    @property
    def is_kept(self) -> bool:
        """Whether the figure is as good as promised; what promises nothing is always kept."""
        if self.ratio is None:
            return True
        kept = {"at least": operator.ge, "at most": operator.le, "below": operator.lt}
        return bool(kept[self.wants](self.ratio, self.bound))

    @property
    def verdict(self) -> str:
        """The last column of the table of promises."""
        return "yes" if self.is_kept else "NO"


def fact(name: str, shown: str) -> Measurement:
    """A figure that is shown and promises nothing."""
    return Measurement(name, shown)


def middle(seconds: Sequence[float]) -> str:
    """A median with the range around it, in seconds or milliseconds."""
    unit, scale = ("s", 1.0) if median(seconds) >= 0.5 else ("ms", 1000.0)
    first, middle_one, last = (value * scale for value in (min(seconds), median(seconds), max(seconds)))
    return f"{middle_one:.2f} {unit} ({first:.2f}–{last:.2f})"


def print_report(measurements: Iterable[Measurement]) -> bool:
    """Print each figure as it comes, then the promises; whether all of these were kept."""
    promises = []
    for each in measurements:
        print(f"{each.name}: {each.shown}", flush=True)
        promises += [each] if each.is_promise else []
    rows = [
        (each.name, f"{each.ratio:.2f}", f"{each.wants} {each.bound:g}", each.verdict) for each in promises
    ]
    _print_table(("promise", "measured", "wanted", "kept"), rows)
    return all(each.is_kept for each in promises)


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    print()
    for row in [head, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
