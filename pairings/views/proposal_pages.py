"""A batch in numbers and lines: what its page shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pairings.actions.proposing.changes import Change, Review
from pairings.models import Proposal, ProposalBatch

NAMES_SHOWN = 8
CHANGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the summary, with a note and a status in words."""

    value: int
    unit: str
    caption: str
    kind: str = ""
    word: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Where an open batch leaves pupils, members and teachers once it is published."""

    numbers: tuple[Number, ...]
    members_left: str
    loads: tuple[tuple[int, int], ...]
    blocking: tuple[Change, ...]
    more_blocking: int
    others: tuple[Change, ...]
    more_others: int


def summary_of(review: Review) -> Summary:
    """The duties first, then how the load lies, then what has changed since the calculation."""
    members = review.members_alone
    blocking, others = review.blocking, review.others
    loads = Counter(load for key, load in review.loads.items() if load)
    return Summary(
        numbers=(_pupils(review), _members(review, len(members)), _teachers(review), _near(review)),
        members_left=_members_left(review, [helper.name for helper in members]),
        loads=tuple(sorted(loads.items())),
        blocking=tuple(blocking[:CHANGES_SHOWN]),
        more_blocking=max(0, len(blocking) - CHANGES_SHOWN),
        others=tuple(others[:CHANGES_SHOWN]),
        more_others=max(0, len(others) - CHANGES_SHOWN),
    )


def _pupils(review: Review) -> Number:
    left = len(review.rows) - len(review.placed)
    kind, word = ("attention", f"{left} 名没有教师") if left else ("ok", "都有教师")
    note = f"其中固定和手工指定 {sum(row.is_pinned for row in review.placed)} 名"
    return Number(len(review.placed), "名学生", "方案安排", kind, word, note)


def _members(review: Review, left: int) -> Number:
    whole = len(review.facts.members)
    kind, word = ("fail", f"{left} 人没有学生") if left else ("ok", "每人至少一名")
    return Number(whole - left, f"/ {whole} 人", "领导小组成员有学生", kind, word)


def _teachers(review: Review) -> Number:
    whole = len(review.facts.helpers)
    helping = sum(load > 0 for load in review.loads.values())
    return Number(helping, f"/ {whole} 人", "有学生的教师", note="倡议每位教师帮扶一名，不作要求")


def _near(review: Review) -> Number:
    near = sum(_is_near(row) for row in review.placed)
    former = sum("former" in row.reasons for row in review.placed)
    return Number(near, f"/ {len(review.placed)} 名", "由本校教师帮扶", note=f"沿用去年教师 {former} 名")


def _is_near(row: Proposal) -> bool:
    return (
        row.teacher is not None
        and row.school_class is not None
        and row.teacher.school_id == row.school_class.school_id
    )


def _members_left(review: Review, names: Sequence[str]) -> str:
    """Why clause M1 cannot be met, with the names; nothing when it is."""
    if not names:
        return ""
    more = f"等 {len(names)} 人" if len(names) > NAMES_SHOWN else ""
    listed = "、".join(names[:NAMES_SHOWN])
    if len(review.placed) < len(review.rows):
        return f"{listed}{more}发布后仍没有帮扶学生，还有没安排的学生，请重新计算或手工指定。"
    return f"{listed}{more}发布后仍没有帮扶学生：学生不够，做不到每位成员至少帮扶一名。"


def settled_numbers(batch: ProposalBatch) -> tuple[Number, ...]:
    """A batch that is no longer open, as it was decided."""
    rows = list(batch.proposals.with_people())
    placed = [row for row in rows if row.teacher_id]
    return (
        Number(len(placed), "名学生", "方案安排"),
        Number(len({row.teacher_id for row in placed}), "位教师", "帮扶教师"),
        Number(sum(map(_is_near, placed)), f"/ {len(placed)} 名", "由本校教师帮扶"),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the batch in words; `void` says why it can no longer be published."""

    row: Proposal
    school: str
    class_words: str
    load: int
    void: str


def proposal_lines(rows: Sequence[Proposal], review: Review | None, day: date) -> list[Line]:
    """The page's rows with school, class, the teacher's load once published, and what has become of them."""
    void = {change.row.pk: change.words for change in review.blocking if change.row} if review else {}
    return [
        Line(
            row=row,
            school=row.school_class.school.name if row.school_class else "",
            class_words=row.school_class.name(day) if row.school_class else "",
            load=review.loads[row.teacher_id] if review and row.teacher_id else 0,
            void=void.get(row.pk, ""),
        )
        for row in rows
    ]
