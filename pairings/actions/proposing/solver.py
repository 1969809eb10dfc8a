"""The assignment solver as a process of its own: scipy takes 60 MB and 0.4 s, which no web worker should carry.

`python -m pairings.actions.proposing.solver` reads problems on standard input, one after the other: a line of JSON
with the shape and the slots, then the costs as 32-bit integers, row after row. It answers each with one line of
JSON, the slot of every row or -1.
"""

import json
import resource
import sys
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
from scipy.optimize import linear_sum_assignment

MEMORY_BYTES = 2048 * 1024 * 1024
CPU_SECONDS = 120
COST = np.dtype("<i4")


def main() -> None:
    """Answer until there is nothing more to read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = sys.stdin.buffer
    while header := source.readline():
        sys.stdout.write(json.dumps(cheapest(read_costs(header, source))) + "\n")
        sys.stdout.flush()


def read_costs(header: bytes, source: BinaryIO) -> np.ndarray:
    """The costs of the problem that follows its header, slot by slot."""
    shape = json.loads(header)
    rows, helpers = shape["rows"], shape["helpers"]
    costs = np.frombuffer(source.read(rows * helpers * COST.itemsize), COST).reshape(rows, helpers)
    return slot_costs(costs, shape["slots"])


def slot_costs(costs: np.ndarray, slots: Sequence[Sequence[int]]) -> np.ndarray:
    """Rows of pupils, columns of places: the pair's cost and the place's own."""
    helpers, own = np.array(slots, dtype=np.int64).T
    found: np.ndarray = costs.astype(np.float64)[:, helpers]
    found += own
    return found


def cheapest(costs: np.ndarray) -> list[int]:
    """The slot of every row in a cheapest assignment; -1 for rows that find none."""
    found = [-1] * costs.shape[0]
    for row, slot in zip(*linear_sum_assignment(costs), strict=True):
        found[int(row)] = int(slot)
    return found


if __name__ == "__main__":
    main()
