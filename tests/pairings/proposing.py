"""Small assignment problems, the solver in this process, and an oracle that tries everything."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from pairings.actions.proposing.problem import NOBODY, Helper, Person, Problem, Pupil, Slot
from pairings.actions.proposing.solver import cheapest, slot_costs


def make_pupil(key: int, **values: Any) -> Pupil:
    """A pupil of school 1 whose order is the key's."""
    defaults: dict[str, Any] = {"order": (f"{key:04}",), "person": Person(f"学生{key}"), "school": 1}
    return Pupil(key=key, **defaults | values)


def make_helper(key: int, **values: Any) -> Helper:
    """A teacher of school 1 who helps nobody yet."""
    defaults: dict[str, Any] = {"order": (f"{key:04}",), "name": f"教师{key}", "school": 1}
    return Helper(key=key, **defaults | values)


def make_problem(pupils: Sequence[Pupil], helpers: Sequence[Helper], cap: int = 4, **values: Any) -> Problem:
    """A problem in which every preference counts once."""
    return Problem(pupils=pupils, helpers=helpers, cap=cap, **{"weights": {}} | values)


def solve_here(rows: Sequence[bytes], slots: Sequence[Slot]) -> list[int]:
    """What the solver process does, without the process."""
    costs = np.frombuffer(b"".join(rows), "<i4").reshape(len(rows), -1)
    return cheapest(slot_costs(costs, slots))


def worth(problem: Problem, placed: Sequence[int]) -> tuple[int, int, int, int]:
    """The duties in their order (members, pupils, teachers served), then the preferences: more is better."""
    loads = Counter(place for place in placed if place != NOBODY)
    served = [place for place, helper in enumerate(problem.helpers) if loads[place] and not helper.load]
    members = sum(problem.helpers[place].is_member for place in served)
    plain, even = problem.rows(), problem.points("even")
    cost = sum(plain[pupil][place] for pupil, place in enumerate(placed) if place != NOBODY)
    for place, load in loads.items():
        first = problem.helpers[place].load
        cost += sum(even * number for number in range(first, first + load))
    return members, sum(loads.values()), len(served) - members, -cost


def best_worth(problem: Problem) -> tuple[int, int, int, int]:
    """The best of all placements that keep to the cap."""
    choices = range(NOBODY, len(problem.helpers))
    return max(
        worth(problem, placed)
        for placed in product(choices, repeat=len(problem.pupils))
        if all(
            placed.count(place) + helper.load <= problem.cap or not placed.count(place)
            for place, helper in enumerate(problem.helpers)
        )
    )
