"""Decisions about a pupil that can be undone on the pupil's page until the day is over."""

from contextlib import AbstractContextManager

from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.undo.journal import Journal, undoable_today
from pairing_portal.undo.models import Kind
from students.models import Student


def decision_about(request: StaffRequest, kind: Kind, student: Student) -> AbstractContextManager[Journal]:
    """The transaction and the journal of one decision."""
    return undoable_today(
        kind, district=student.district, about=[student], by=request.user, today=request.today
    )
