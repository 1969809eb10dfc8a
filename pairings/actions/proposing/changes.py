"""What has changed since a proposal was calculated, what stands in the way of publishing it, and where it leaves whom."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pairing_portal.accounts.models import Teacher
from pairings.actions.proposing.facts import Facts, read_facts
from pairings.actions.proposing.problem import Helper
from pairings.models import Pairing, Proposal, ProposalBatch
from students.models import Student


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as it was; a blocking one makes its row void."""

    words: str
    url: str = ""
    row: Proposal | None = None

    @property
    def is_blocking(self) -> bool:
        """Whether a row cannot be published because of it."""
        return self.row is not None


@dataclass(frozen=True)
class Review:
    """An open batch held against the data of the day."""

    batch: ProposalBatch
    rows: Sequence[Proposal]
    facts: Facts
    changes: tuple[Change, ...]

    @property
    def blocking(self) -> list[Change]:
        """What has to be dropped or calculated anew first."""
        return [change for change in self.changes if change.is_blocking]

    @property
    def others(self) -> list[Change]:
        """What is worth knowing and stops nothing."""
        return [change for change in self.changes if not change.is_blocking]

    @cached_property
    def placed(self) -> list[Proposal]:
        """The rows with a teacher."""
        return [row for row in self.rows if row.teacher_id]

    @cached_property
    def loads(self) -> Counter[int]:
        """How many pupils each teacher in service would help."""
        loads = Counter({key: helper.load for key, helper in self.facts.helpers.items()})
        loads.update(key for row in self.placed if (key := row.teacher_id) and key in self.facts.helpers)
        return loads

    @property
    def members_alone(self) -> list[Helper]:
        """Members of the group who would still help nobody, in the order of schools and names."""
        members = (self.facts.helpers[key] for key in self.facts.members if not self.loads[key])
        return sorted(members, key=lambda helper: helper.order)

    @property
    def digest(self) -> str:
        """What was on the page when somebody decided: rows and changes, in one short word."""
        rows = sorted((row.student_id, row.teacher_id or 0) for row in self.rows)
        seen = [self.batch.pk, rows, [change.words for change in self.changes]]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


def review(batch: ProposalBatch, today: date) -> Review:
    """Hold the batch against the data as they are."""
    rows = list(batch.proposals.with_people())
    facts = read_facts(batch.district, batch.year, batch.day(today))
    helped = _teachers_of(batch, batch.day(today))
    return Review(batch, rows, facts, tuple(_changes(batch, rows, facts, helped)))


def _changes(
    batch: ProposalBatch,
    rows: Sequence[Proposal],
    facts: Facts,
    helped: Mapping[int, Sequence[tuple[int, str]]],
) -> Iterator[Change]:
    for row in rows:
        if row.teacher_id:
            yield from _of_row(row, facts, helped)
    yield from _new_pupils(rows, facts)
    yield from _staff(batch, facts)


def _teachers_of(batch: ProposalBatch, on: date) -> Mapping[int, list[tuple[int, str]]]:
    """By pupil of the district who has a teacher on the day: who that is."""
    found: dict[int, list[tuple[int, str]]] = {}
    pairs = Pairing.objects.active(on).filter(student__district=batch.district)
    for student, teacher, name in pairs.values_list("student", "teacher", "teacher__name"):
        found.setdefault(student, []).append((teacher, name))
    return found


def _of_row(row: Proposal, facts: Facts, helped: Mapping[int, Sequence[tuple[int, str]]]) -> Iterator[Change]:
    student, teacher = row.student, row.teacher
    pupil = facts.pupil(row.student_id)
    url = student.get_absolute_url()
    if teacher is not None and row.teacher_id not in facts.helpers:
        yield Change(f"{teacher.name} 已不在岗，不能再帮扶 {student.name}", url, row)
    elif pupil is None:
        yield Change(f"{student.name} 已不在本年度名册上", url, row)
    elif row.student_id in facts.paired and not row.is_second:
        names = "、".join(name for _, name in helped.get(row.student_id, ()))
        yield Change(f"{student.name} 已经由 {names} 帮扶", url, row)
    elif any(key == row.teacher_id for key, _ in helped.get(row.student_id, ())):
        yield Change(f"{student.name} 已经由 {row.teacher} 帮扶", url, row)
    elif pupil.school_class != row.school_class_id:
        yield Change(f"{student.name} 换了班级，理由里的学校和班级可能不再准确", url)


def _new_pupils(rows: Sequence[Proposal], facts: Facts) -> Iterator[Change]:
    known = {row.student_id for row in rows}
    new = [key for key in facts.waiting if key not in known]
    for student in Student.objects.filter(pk__in=new).order_by("pinyin", "pk"):
        yield Change(f"{student.name} 还没有教师，不在方案里", student.get_absolute_url())


def _staff(batch: ProposalBatch, facts: Facts) -> Iterator[Change]:
    """Teachers who came or moved, and members who joined or left, since the calculation."""
    seen = batch.seen
    schools = {int(key): school for key, school in seen.get("teachers", {}).items()}
    for key, helper in sorted(facts.helpers.items(), key=lambda item: item[1].order):
        if key not in schools:
            yield Change(f"{helper.name} 新到岗，没有参加计算")
        elif helper.school != schools[key]:
            yield Change(f"{helper.name} 换了学校，理由里的“同校”可能不再准确")
    before, now = set(seen.get("members", ())), set(facts.members)
    for teacher in Teacher.objects.filter(pk__in=before ^ now).order_by("pinyin", "pk"):
        words = "成为领导小组成员" if teacher.pk in now else "不再是领导小组成员"
        yield Change(f"{teacher.name} {words}", teacher.get_absolute_url())
