"""A town whose pupils wait for teachers, and the ways its office and its leader go with a batch of proposals."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pairing_portal.accounts.models import School, Teacher, User
from pairings.actions.proposals import calculate_again, place_by_hand, propose, publish, submit
from pairings.actions.proposing.changes import review
from pairings.forms.proposals import ProposalPlaceForm
from pairings.metrics import teachers_with_load, with_proposed
from pairings.models import Proposal, ProposalBatch
from students.models import SchoolClass, Student
from tests.builders import TODAY, make_entry, make_student

NOW = datetime(2018, 5, 10, 3, tzinfo=UTC)


@dataclass
class Town:
    """One school with a class teacher and a colleague, an office and a leader."""

    school: School
    school_class: SchoolClass
    leading: Teacher
    colleague: Teacher
    office: User
    leader: User

    def pupil(self, name: str, **values: Any) -> Student:
        """A listed pupil of the class."""
        student = make_student(values.pop("school_class", self.school_class), name=name, **values)
        make_entry(student)
        return student

    def propose(
        self, *, fills: bool = True, excluded: tuple[Teacher, ...] = (), **values: Any
    ) -> ProposalBatch:
        """A batch under the usual settings."""
        settings = {"district": self.school.district, "year": 2018, "cap": 4} | values
        batch = ProposalBatch(**settings)
        return propose(batch=batch, excluded=excluded, fills=fills, by=self.office, today=TODAY, now=NOW)

    def submitted(self, **values: Any) -> ProposalBatch:
        """A batch before the leading group."""
        return submit(batch=self.propose(**values), by=self.office, today=TODAY, now=NOW)

    def publish(self, batch: ProposalBatch, seen: str = "") -> int:
        """The leader confirms what the page shows."""
        seen = seen or review(batch, TODAY).digest
        return publish(batch=batch, seen=seen, by=self.leader, today=TODAY, now=NOW)

    def again(self, batch: ProposalBatch) -> ProposalBatch:
        """Calculate anew."""
        return calculate_again(batch=batch, by=self.office, today=TODAY, now=NOW)


def row_of(batch: ProposalBatch, student: Student) -> Proposal:
    return Proposal.objects.get(batch=batch, student=student)


def place(town: Town, row: Proposal, teacher: Teacher, version: int | None = None) -> Proposal:
    teachers = with_proposed(teachers_with_load(town.school.district, TODAY), row.batch)
    data = {"teacher": str(teacher.public_id), "version": version or row.version}
    form = ProposalPlaceForm(data, instance=row, teachers=teachers)
    assert form.is_valid(), form.errors
    return place_by_hand(form=form, by=town.office)
