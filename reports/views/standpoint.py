"""From where these pages look."""

from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from reports.access import Scope

SEEING = (Right.SEE_DISTRICT, Right.SEE_SCHOOL, Right.RECORD_VISITS)


def scope_of(request: StaffRequest) -> Scope:
    """The person's rights today and the facts of the day looked at."""
    return Scope(request.user, request.today, request.year, request.day)
