"""Solving in rounds: keeping families and villages together couples pupils, which one linear assignment cannot see.

The first round is exact for everything else and keeps neighbours together only among equals. Each further one makes
teachers cheaper who would unite what the round before scattered, as long as that pays; duties are met in all of them.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from pairings.actions.proposing.problem import NOBODY, Placement, Problem, Slot, Together

FURTHER_ROUNDS = 1  # a second one gained 0.3 % more on 2,000 pupils, for a third of the time
Solve = Callable[[Sequence[bytes], Sequence[Slot]], list[int]]
Places = Mapping[object, Counter[int]]


def best_placement(problem: Problem, solve: Solve) -> list[int]:
    """The place of each pupil's teacher, NOBODY where there is no room; `solve` gives a slot for every row."""
    slots, plain = problem.slots(), problem.rows()
    if not slots or not plain:
        return [NOBODY] * len(plain)
    scale = 2 * len(plain) + 1  # all hints together weigh less than one point
    rows = problem.rows(_hints(problem, plain), scale)
    best = _placed(solve(_as_bytes(rows), problem.slots(scale)), slots)
    for _ in range(FURTHER_ROUNDS):
        rows = problem.rows(_united(problem, plain, best))
        other = _placed(solve(_as_bytes(rows), slots), slots)
        if _cost(problem, plain, other) >= _cost(problem, plain, best):
            break
        best = other
    return best


def _as_bytes(rows: Sequence[array]) -> list[bytes]:
    return [row.tobytes() for row in rows]


def _placed(taken: Sequence[int], slots: Sequence[Slot]) -> list[int]:
    """The teacher behind each slot."""
    return [NOBODY if slot == NOBODY else slots[slot][0] for slot in taken]


def _cost(problem: Problem, plain: Sequence[Sequence[int]], placed: Placement) -> int:
    """What the placement costs, evenness and couplings included; who shares a teacher with family or village saves."""
    households, villages = _households(problem, placed), _villages(problem, placed)
    loads = Counter(dict(enumerate(helper.load for helper in problem.helpers)))
    cost = 0
    for place, pupil in enumerate(problem.pupils):
        helper = placed[place]
        if helper == NOBODY:
            continue
        cost += plain[place][helper] + problem.points("even") * loads[helper]
        loads[helper] += 1
        cost -= problem.points("siblings") * (households[pupil.household][helper] > 1)
        cost -= problem.points("village") * (villages[pupil.village][helper] > 1)
    return cost


def _households(problem: Problem, placed: Placement) -> Places:
    """By household, how many of it each teacher helps."""
    fixed = ((each.household, each.teacher) for each in problem.helped)
    return _counted(problem, fixed, ((each.household, place) for each, place in _pairs(problem, placed)))


def _villages(problem: Problem, placed: Placement) -> Places:
    """By village, how many from it each teacher helps."""
    fixed = ((each.village, each.teacher) for each in problem.helped)
    return _counted(problem, fixed, ((each.village, place) for each, place in _pairs(problem, placed)))


def _pairs(problem: Problem, placed: Placement) -> Iterable:
    return ((each, place) for each, place in zip(problem.pupils, placed, strict=True) if place != NOBODY)


def _counted(
    problem: Problem, fixed: Iterable[tuple[object, int]], placed: Iterable[tuple[object, int]]
) -> Places:
    counts: dict[object, Counter[int]] = defaultdict(Counter)
    for group, key in fixed:
        if group and key in problem.places:
            counts[group][problem.places[key]] += 1
    for group, place in placed:
        if group:
            counts[group][place] += 1
    return counts


def _united(problem: Problem, plain: Sequence[Sequence[int]], placed: Placement) -> Together:
    """Cheaper next time: the one teacher a family would share, and teachers with others of the village."""
    fixed = _households(problem, [NOBODY] * len(placed))
    shared = _shared(problem, plain, _candidates(problem, placed))
    villages = _villages(problem, placed)
    return Together(
        [
            frozenset(fixed[pupil.household]) | shared.get(pupil.household, frozenset())
            for pupil in problem.pupils
        ],
        [
            frozenset(
                helper
                for helper, count in villages[pupil.village].items()
                if count > (helper == placed[place])
            )
            for place, pupil in enumerate(problem.pupils)
        ],
        household_worth=problem.points("siblings"),
        village_worth=problem.points("village"),
    )


def _hints(problem: Problem, plain: Sequence[Sequence[int]]) -> Together:
    """For the first round: each school's pupils, village by village, cut evenly among its teachers."""
    cut = _cut(problem)
    fixed_homes, fixed_villages = (of(problem, [NOBODY] * len(plain)) for of in (_households, _villages))
    shared = _shared(problem, plain, _candidates(problem, cut))
    return Together(
        [
            frozenset(fixed_homes[pupil.household]) | shared.get(pupil.household, frozenset())
            for pupil in problem.pupils
        ],
        [
            frozenset(fixed_villages[pupil.village])
            | ({cut[place]} - {NOBODY} if pupil.village else frozenset())
            for place, pupil in enumerate(problem.pupils)
        ],
        household_worth=int(problem.points("siblings") > 0),
        village_worth=int(problem.points("village") > 0),
    )


def _cut(problem: Problem) -> list[int]:
    """A teacher of the own school for each pupil; one village after the other, as even as numbers allow."""
    staff: dict[int | None, list[int]] = defaultdict(list)
    for place, helper in enumerate(problem.helpers):
        if helper.load < problem.cap:
            staff[helper.school].append(place)
    of_school: dict[int | None, list[int]] = defaultdict(list)
    for place in sorted(range(len(problem.pupils)), key=lambda each: (problem.pupils[each].village, each)):
        of_school[problem.pupils[place].school].append(place)
    cut = [NOBODY] * len(problem.pupils)
    for school, pupils in of_school.items():
        teachers = staff.get(school, [])
        for number, place in enumerate(pupils if teachers else ()):
            cut[place] = teachers[number * len(teachers) // len(pupils)]
    return cut


def _candidates(problem: Problem, placed: Placement) -> dict[int, set[int]]:
    """By household of several pupils, the teachers one of them has, had or sees in class every day."""
    found: dict[int, set[int]] = defaultdict(set)
    sizes = Counter(pupil.household for pupil in problem.pupils if pupil.household)
    for pupil, place in zip(problem.pupils, placed, strict=True):
        if pupil.household and sizes[pupil.household] > 1:
            known = (problem.places.get(key, NOBODY) for key in (pupil.former, pupil.class_teacher) if key)
            found[pupil.household] |= {place, *known} - {NOBODY}
    return found


def _shared(
    problem: Problem, plain: Sequence[Sequence[int]], candidates: Mapping[int, set[int]]
) -> dict[int | None, frozenset[int]]:
    """By household, the one teacher who suits all its pupils best together; ties go to the first in order."""
    members: dict[int | None, list[int]] = defaultdict(list)
    for place, pupil in enumerate(problem.pupils):
        members[pupil.household].append(place)

    def discord(household: int, helper: int) -> tuple[int, int]:
        return sum(plain[each][helper] for each in members[household]), helper

    return {
        household: frozenset({min(places, key=partial(discord, household))})
        for household, places in candidates.items()
        if places
    }
