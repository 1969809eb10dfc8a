"""The plan's clauses as an assignment: duties before preferences, the optimum against oracles, reasons in words."""

from datetime import date

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from pairings.actions.proposing import solving
from pairings.actions.proposing.problem import NOBODY, Helped, Person, Problem
from pairings.actions.proposing.reasons import explain
from pairings.actions.proposing.rounds import best_placement
from pairings.actions.proposing.solver import cheapest, slot_costs
from pairings.actions.proposing.solving import Solver
from tests.pairings.proposing import (
    best_worth,
    make_helper,
    make_problem,
    make_pupil,
    solve_here,
    worth,
)

HELPERS = st.lists(st.tuples(st.integers(1, 2), st.integers(0, 3), st.booleans()), min_size=1, max_size=3)
PUPILS = st.lists(
    st.tuples(st.integers(1, 2), st.none() | st.integers(0, 3), st.none() | st.integers(0, 3)),
    min_size=1,
    max_size=5,
)


def _problem(pupils: list, helpers: list, cap: int) -> Problem:
    return make_problem(
        [
            make_pupil(key, school=school, former=former, class_teacher=class_teacher)
            for key, (school, former, class_teacher) in enumerate(pupils)
        ],
        [
            make_helper(key, school=school, load=load, is_member=is_member)
            for key, (school, load, is_member) in enumerate(helpers)
        ],
        cap,
    )


@settings(max_examples=150, deadline=None)
@given(pupils=PUPILS, helpers=HELPERS, cap=st.integers(1, 4))
def test_placement_is_the_best_there_is(pupils: list, helpers: list, cap: int) -> None:
    """Members, then pupils, then teachers, then preferences: as good as trying every placement."""
    problem = _problem(pupils, helpers, cap)
    assert worth(problem, best_placement(problem, solve_here)) == best_worth(problem)


@pytest.mark.parametrize("shift", range(3))
def test_second_solver_finds_no_cheaper_placement(shift: int) -> None:
    """The same costs as a mixed-integer programme: HiGHS agrees on the optimum."""
    pupils = [
        (key % 3 + 1, (7 * key + shift) % 8 if key % 2 else None, (5 * key + shift) % 8) for key in range(20)
    ]
    helpers = [(key % 3 + 1, (key + shift) % 3, key % 5 < 2) for key in range(8)]
    problem = _problem(pupils, helpers, cap=5)
    rows = np.array([list(row) for row in problem.rows()], dtype="<i4")
    costs = slot_costs(rows, problem.slots())
    ours = sum(costs[row, slot] for row, slot in enumerate(cheapest(costs)))
    each_once = np.kron(np.eye(costs.shape[0]), np.ones(costs.shape[1]))
    at_most_once = np.kron(np.ones(costs.shape[0]), np.eye(costs.shape[1]))
    found = milp(
        costs.ravel(),
        integrality=np.ones(costs.size),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(each_once, 1, 1), LinearConstraint(at_most_once, 0, 1)],
    )
    assert found.fun == pytest.approx(ours)


def test_placement_does_not_depend_on_the_order_of_rows() -> None:
    pupils = [
        make_pupil(key, school=key % 3, household=key // 2 + 1, village=f"村{key % 4}") for key in range(30)
    ]
    helpers = [make_helper(key, school=key % 3, is_member=key % 5 == 0) for key in range(12)]
    first = make_problem(pupils, helpers)
    second = make_problem([*pupils[::2], *pupils[1::2]][::-1], helpers[::-1])
    assert best_placement(first, solve_here) == best_placement(second, solve_here)


def test_members_come_first_when_pupils_are_few() -> None:
    helpers = [make_helper(1), make_helper(2, is_member=True), make_helper(3, is_member=True, load=1)]
    problem = make_problem([make_pupil(1, former=1, class_teacher=1)], helpers)
    assert best_placement(problem, solve_here) == [1]


def test_pupils_without_room_get_nobody() -> None:
    problem = make_problem([make_pupil(key) for key in range(3)], [make_helper(1, load=1)], cap=2)
    placed = best_placement(problem, solve_here)
    assert sorted(placed) == [NOBODY, NOBODY, 0]
    assert {row.codes[0] for row in explain(problem, placed) if row.helper is None} == {"no_room"}


def test_no_teacher_goes_beyond_the_cap() -> None:
    pupils = [make_pupil(key, former=1) for key in range(6)]
    placed = best_placement(make_problem(pupils, [make_helper(1), make_helper(2)], cap=3), solve_here)
    assert sorted(placed) == [0, 0, 0, 1, 1, 1]


def test_brothers_and_sisters_share_a_teacher_across_schools() -> None:
    pupils = [
        make_pupil(1, school=1, household=9),
        make_pupil(2, school=2, household=9),
        *(make_pupil(key, school=key % 2 + 1) for key in range(3, 11)),
    ]
    helpers = [make_helper(key, school=key % 2 + 1) for key in range(4)]
    placed = best_placement(make_problem(pupils, helpers), solve_here)
    assert placed[0] == placed[1]


def test_pupil_goes_to_the_teacher_who_helps_the_brother_already() -> None:
    helped = [Helped(2, Person("张大", "male", date(2006, 1, 1)), household=9)]
    pupil = make_pupil(1, household=9, person=Person("张小", "male", date(2009, 1, 1)))
    problem = make_problem([pupil], [make_helper(1, load=1), make_helper(2, load=1)], helped=helped)
    (row,) = explain(problem, best_placement(problem, solve_here))
    assert row.words == "同校；与哥哥张大同一教师；均衡人数（第 2 名）"


def test_villages_stay_together_where_nothing_speaks_against_it() -> None:
    pupils = [make_pupil(key, village=f"村{key % 2}") for key in range(8)]
    placed = best_placement(make_problem(pupils, [make_helper(1), make_helper(2)]), solve_here)
    assert len(set(placed[0::2])) == len(set(placed[1::2])) == 1


def test_preference_that_does_not_count_changes_nothing() -> None:
    pupils = [make_pupil(1, former=2, school=1)]
    helpers = [make_helper(1, load=1), make_helper(2, school=2, load=1)]
    assert best_placement(make_problem(pupils, helpers), solve_here) == [1]
    assert best_placement(make_problem(pupils, helpers, weights={"former": 0}), solve_here) == [0]


def test_reasons_say_what_a_better_teacher_failed_by() -> None:
    pupils = [make_pupil(key, former=1) for key in range(3)]
    helpers = [make_helper(1, load=1), make_helper(2, load=1, school=2)]
    problem = make_problem(pupils, helpers, cap=3, former_names={1: "教师1"})
    rows = explain(problem, best_placement(problem, solve_here))
    assert [row.words for row in rows if row.helper is not None and row.helper.key == 2] == [
        "均衡人数（第 2 名）；未沿用去年教师教师1（人数已满）；本校教师人数已满"
    ]
    assert {row.words for row in rows if row.helper is not None and row.helper.key == 1} == {
        "沿用去年教师；同校；均衡人数（第 2 名）",
        "沿用去年教师；同校；均衡人数（第 3 名）",
    }


def test_solver_process_answers_as_the_solver_here() -> None:
    problem = make_problem([make_pupil(key) for key in range(9)], [make_helper(key) for key in range(4)])
    with Solver() as solve:
        assert best_placement(problem, solve) == best_placement(problem, solve_here)


def test_solver_process_that_dies_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "SOLVER", ("false",))
    problem = make_problem([make_pupil(1)], [make_helper(1)])
    with Solver() as solve, pytest.raises(ValidationError, match="没有算出方案"):
        best_placement(problem, solve)


def test_problem_too_large_for_the_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "MOST_CELLS", 1)
    problem = make_problem([make_pupil(1)], [make_helper(1)])
    with Solver() as solve, pytest.raises(ValidationError, match="一次算不完"):
        best_placement(problem, solve)
