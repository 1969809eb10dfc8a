"""The solver process from this side: started before the facts are read, asked once a round, ended with the block."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from django.core.exceptions import ValidationError

from pairings.actions.proposing.problem import Slot

PROJECT = Path(__file__).parents[3]
SOLVER = (sys.executable, "-m", "pairings.actions.proposing.solver")
MOST_CELLS = 20_000_000
BYTES_A_COST = 4


class Solver:
    """A running solver; calling it gives the slot of every row of costs."""

    def __enter__(self) -> Self:
        """Start it; it gets the costs and nothing else, least of all the environment’s keys."""
        self.process = subprocess.Popen(  # noqa: S603 (a fixed command line)
            SOLVER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            env={"OPENBLAS_NUM_THREADS": "1"},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, whatever it is doing."""
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                _open(pipe).close()
        self.process.kill()
        self.process.wait()

    def __call__(self, rows: Sequence[bytes], slots: Sequence[Slot]) -> list[int]:
        """The slot of every row in a cheapest assignment, -1 for rows without; ValidationError if it cannot."""
        if len(rows) * len(slots) > MOST_CELLS:
            raise ValidationError("学生和教师太多，一次算不完。请减少“每位教师最多帮扶”的人数，或分批安排。")
        shape = {"rows": len(rows), "helpers": len(rows[0]) // BYTES_A_COST, "slots": slots}
        with suppress(BrokenPipeError):
            source = _open(self.process.stdin)
            source.write(json.dumps(shape).encode() + b"\n")
            source.writelines(rows)
            source.flush()
        answer = _open(self.process.stdout).readline()
        if not answer:
            raise ValidationError("这次没有算出方案，没有保存任何内容。请稍后再试。")
        found: list[int] = json.loads(answer)
        return found


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the solver was started without its pipes")
    return pipe
