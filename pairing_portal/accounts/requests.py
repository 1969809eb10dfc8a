"""The request as every signed-in page sees it."""

from datetime import date

from django.http import HttpRequest

from pairing_portal.accounts.models import KeptForm, User


class StaffRequest(HttpRequest):
    """A request of a signed-in person, with the year they look at and the day that follows from it.

    `years` can be looked at: those of a campaign, and this one, which has none yet when January comes. `kept_form`
    is what the person had sent to this page when no longer signed in; the page shows it filled in again.
    """

    user: User
    today: date
    year: int
    day: date
    campaign_years: tuple[int, ...]
    years: tuple[int, ...]
    kept_form: KeptForm | None
