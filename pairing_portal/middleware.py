"""What every signed-in request carries: today, the year looked at, its day, and where it comes from."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from pairing_portal.accounts.actions.kept_forms import discard_kept_form
from pairing_portal.accounts.kept_forms import keep_sent_form, kept_for_page
from pairing_portal.accounts.models import Right, User
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.accounts.sessions import touch
from pairing_portal.audit.actions import Origin, coming_from, record
from pairing_portal.audit.models import Action, Outcome
from pairings.models import Campaign

LONGEST_ADDRESS = 45  # characters of an IPv6 address
ABOUT_THE_SESSION = frozenset({"session_state", "session_extend"})
BEFORE_PASSWORD = ABOUT_THE_SESSION | {"first_password", "sign_out", "health"}
BEFORE_DISTRICT = BEFORE_PASSWORD | {"setup", "password_change", "session_end", "session_end_others"}
KEPT = "登录已经结束，您刚才填写的内容没有丢失。用自己的账号登录后，就能看到并继续提交。"


def day_of_year(year: int, today: date) -> date:
    """Today within the year, else the year's last day."""
    return today if year == today.year else date(year, 12, 31)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: behind our own proxy what it saw, else the other end of the line."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    # Whoever asks may write the header; only the entry that the proxy put last is to be believed.
    found = told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return str(found)[:LONGEST_ADDRESS]


class KeptFormMiddleware:
    """Keep a form that comes in without a session for its writer, and fill the page in with it afterwards.

    The page is asked for by GET with what was sent before as its POST data: its form shows the text and, where it
    is refused, why; nothing is stored before the person sends it again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> None:
        """Before anybody is sent to the sign-in."""
        user, now = request.user, timezone.now()
        if not isinstance(user, User):
            if request.method == "POST" and keep_sent_form(request, now):
                messages.info(request, KEPT)
            return
        kept = kept_for_page(request, user, now)
        cast(StaffRequest, request).kept_form = kept if request.method == "GET" else None
        if kept and request.method == "GET":
            request.POST = kept.data  # type: ignore[assignment]  # views read it like any other
        elif kept:
            discard_kept_form(user=user, address=kept.address)


class StaffMiddleware:
    """Prepare the request of a signed-in person; hold back who has not set a password; log refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, AnonymousUser):
            with coming_from(Origin(address=address_of(request))):
                return self.get_response(request)
        staff = cast(StaffRequest, request)
        _prepare(staff, timezone.localdate())
        with coming_from(Origin(address=address_of(request), roles=staff.user.role_names)):
            response = self.get_response(request)
            if response.status_code == 403:
                _log_refusal(staff)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """The person is there; whoever came in with a one-time code sets a password before anything else."""
        user = request.user
        name = request.resolver_match.url_name if request.resolver_match else ""
        if isinstance(user, User) and name != "session_state":
            touch(request.session, timezone.now())
        if isinstance(user, User) and user.must_set_password and name not in BEFORE_PASSWORD:
            return redirect("first_password")
        if isinstance(user, User) and name not in BEFORE_DISTRICT and _has_district_to_make(user):
            return redirect("setup")
        return None


def _prepare(request: StaffRequest, today: date) -> None:
    years = Campaign.objects.visible_to(request.user).values_list("year", flat=True)
    request.campaign_years = tuple(years)
    request.today = today
    request.years = tuple(sorted({*request.campaign_years, today.year}, reverse=True))
    chosen = request.session.get("year")
    request.year = chosen if chosen in request.years else today.year
    request.day = day_of_year(request.year, today)


def _has_district_to_make(user: User) -> bool:
    """The first administrator begins with the district, whatever page was asked for."""
    return user.district_id is None and user.may(Right.MANAGE_DISTRICT)


def _log_refusal(request: StaffRequest) -> None:
    name = request.resolver_match.url_name if request.resolver_match else ""
    record(request.user, Action.DENIED, name or "", outcome=Outcome.DENIED)
