"""A whole draft: the solver is started first and loads while the facts are read."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from pairings.actions.proposing.facts import Facts, read_facts
from pairings.actions.proposing.reasons import Explained, explain
from pairings.actions.proposing.rounds import best_placement
from pairings.actions.proposing.solving import Solver
from pairings.models import Proposal, ProposalBatch

NO_TEACHER = "没有可以安排的教师。请先录入教师，或在条件里少排除几位。"
NO_PUPIL = "没有等待安排的学生：本年度在册学生都有帮扶教师，或名册还没有学生。"
BY_HAND = (("waiting", "待手工指定"),)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read, a row for every pupil who waits, and rows for pupils who get one more teacher."""

    facts: Facts
    rows: Sequence[Explained]
    seconds: Sequence[Explained] = ()

    @property
    def seen(self) -> dict[str, object]:
        """Teachers with their school, and members, as they were on the day; later changes are told from this."""
        teachers = {str(key): helper.school for key, helper in sorted(self.facts.helpers.items())}
        return {"teachers": teachers, "members": self.facts.members}


def blank_draft(batch: ProposalBatch, *, today: date) -> Draft:
    """Every pupil who waits, without a teacher: the office fixes some by hand before anything is calculated."""
    facts = read_facts(batch.district, batch.year, batch.day(today))
    if not facts.waiting:
        raise ValidationError(NO_PUPIL)
    pupils = sorted(facts.waiting.values(), key=lambda pupil: pupil.order)
    return Draft(facts, [Explained(pupil, None, BY_HAND) for pupil in pupils])


def full_draft(
    batch: ProposalBatch, *, excluded: Collection[int], kept: Sequence[Proposal], today: date
) -> Draft:
    """The cheapest rows around those that are kept; ValidationError with a sentence when there are none."""
    with Solver() as solve:
        facts = read_facts(batch.district, batch.year, batch.day(today))
        problem = facts.problem(batch, excluded=excluded, kept=kept)
        if not problem.helpers:
            raise ValidationError(NO_TEACHER)
        rows = explain(problem, best_placement(problem, solve))
        seconds: list[Explained] = []
        if batch.covers == ProposalBatch.Covers.ALL:
            loads = Counter({helper.key: helper.load for helper in problem.helpers})
            loads.update(row.helper.key for row in rows if row.helper)
            alone = [helper.key for helper in problem.helpers if helper.is_member and not loads[helper.key]]
            more = facts.second_problem(batch, alone, {row.student_id for row in kept})
            seconds = [row for row in explain(more, best_placement(more, solve)) if row.helper]
    if not (rows or seconds or kept):
        raise ValidationError(NO_PUPIL)
    return Draft(facts, rows, seconds)


def proposals_of(draft: Draft, batch: ProposalBatch) -> Iterator[Proposal]:
    """The draft as rows of the batch, not stored yet."""
    for is_second, rows in ((False, draft.rows), (True, draft.seconds)):
        for row in rows:
            yield Proposal(
                batch=batch,
                student_id=row.pupil.key,
                teacher_id=row.helper.key if row.helper else None,
                school_class_id=row.pupil.school_class,
                is_second=is_second,
                reasons=row.codes,
                why=row.words[:WHY_LENGTH],
            )


WHY_LENGTH = Proposal._meta.get_field("why").max_length
