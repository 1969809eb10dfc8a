"""Places that a list brings: a first class, a promotion, a change of class, school or boarding."""

from datetime import date

from pairing_portal.accounts.models import User
from pairing_portal.lib.models import another
from pairing_portal.lib.school_years import school_year_start
from pairing_portal.undo.journal import Journal
from students.imports.rows import RowPlan
from students.imports.upserts import overwrite, store
from students.models import Enrolment, SchoolClass, Student

Start, End = Enrolment.StartReason, Enrolment.EndReason


class Enrolling:
    """Collects enrolments to open, to end and to correct, then stores each kind at once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.pattern = Enrolment(started_on=on)
        self.opened: list[Enrolment] = []
        self.ended: list[Enrolment] = []
        self.corrected: list[Enrolment] = []

    def settle(self, plan: RowPlan, student: Student, school_class: SchoolClass | None) -> None:
        """Bring the pupil to the class and the boarding the row names, where they differ."""
        current = plan.place
        boards = plan.values.get("is_boarder", current.is_boarder if current else False)
        goes_to = school_class if plan.moves_class and school_class is not None else None
        if current is None:
            if goes_to is not None:
                self.opened.append(self._place(student, goes_to, boards))
            return
        if goes_to is None and "is_boarder" not in plan.differing:
            return
        to = goes_to or current.school_class
        self._move(plan, current, to, self._place(student, to, boards))

    def _place(self, student: Student, school_class: SchoolClass, is_boarder: bool) -> Enrolment:
        """A place that begins on the day of the list, unless it is moved to another."""
        place = another(self.pattern)
        place.student_id, place.school_class_id, place.is_boarder = student.pk, school_class.pk, is_boarder
        return place

    def _move(self, plan: RowPlan, current: Enrolment, to: SchoolClass, following: Enrolment) -> None:
        """End the one place and open the next; a place that began on or after the day is corrected instead."""
        day = self._day(plan, current)
        if current.started_on >= day:
            current.school_class, current.is_boarder = to, following.is_boarder
            self.corrected.append(current)
            return
        following.started_on, current.ended_on = day, day
        following.start_reason, current.end_reason = _reasons(plan, current, to)
        self.ended.append(current)
        self.opened.append(following)

    def _day(self, plan: RowPlan, current: Enrolment) -> date:
        """A promotion happened on 1 September of the school year, any other move on the day of the list."""
        september = school_year_start(self.on)
        return september if plan.is_promoted and current.started_on < september else self.on

    def write(self, by: User, journal: Journal) -> None:
        """Store them, ends first: a pupil has one open place."""
        overwrite(self.ended, ["ended_on", "end_reason"], journal)
        overwrite(self.corrected, ["school_class", "is_boarder"], journal)
        store(self.opened, by, journal)


def _reasons(plan: RowPlan, current: Enrolment, to: SchoolClass) -> tuple[str, str]:
    """Why one comes and why one leaves, as far as the two classes tell."""
    before = current.school_class
    if plan.is_promoted:
        return Start.PROMOTED, End.PROMOTED
    if before.school_id != to.school_id:
        return Start.TRANSFERRED, End.TRANSFERRED
    if before.stage == to.stage and to.entry_year > before.entry_year:
        return Start.REPEATED, End.REPEATED
    return Start.REARRANGED, End.REARRANGED
