"""Whose form is it: a mark in every form names, under the portal's signature, the person it was shown to.

It outlives session and cookies, and nobody else can make one. Thus a form that arrives when nobody is signed in
any more can be kept for its writer, and a form forged elsewhere cannot.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from pairing_portal.accounts.actions.kept_forms import keep_form
from pairing_portal.accounts.models import KeptForm, User

MARK = "written_by"
HAS_KEPT = "has_kept_forms"
MARK_AGE = timedelta(hours=24)
NOT_TYPED = frozenset({MARK, "csrfmiddlewaretoken"})
# Passwords, codes, and what is no work of anybody.
NEVER_KEPT = frozenset(
    {
        "account_code_new",
        "account_sessions_end",
        "account_slips",
        "account_unlock",
        "first_password",
        "kept_form_discard",
        "password_change",
        "session_end",
        "session_end_others",
        "session_extend",
        "sign_in",
        "sign_out",
        "year_select",
    }
)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="whose form")


def mark_of(user: User) -> str:
    """What the forms of a page shown to the person carry."""
    return _signer().sign(str(user.pk))


def writer_of(request: HttpRequest) -> User | None:
    """Who was shown the form that comes in; None when it bears no mark of ours, or one older than a day."""
    try:
        pk = _signer().unsign(request.POST.get(MARK, ""), max_age=MARK_AGE)
    except BadSignature:
        return None
    found: User | None = User.objects.active().filter(pk=int(pk)).first()
    return found


def keep_sent_form(request: HttpRequest, now: datetime) -> KeptForm | None:
    """Keep what came in without a session for its writer; None when it is nobody's or not to be kept."""
    name = request.resolver_match.url_name if request.resolver_match else None
    writer = None if name in NEVER_KEPT else writer_of(request)
    if writer is None:
        return None
    fields = request.POST.copy()
    for each in NOT_TYPED & fields.keys():
        del fields[each]
    address = request.get_full_path()
    return keep_form(
        user=writer,
        address=address,
        page=_page_of(request, address),
        fields=fields,
        has_files=bool(request.FILES),
        now=now,
    )


def _page_of(request: HttpRequest, address: str) -> str:
    """The page of ours on which the form stood, by what the browser says; else the address it was sent to."""
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure()):
        return address
    parts = urlsplit(told)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or address


def kept_for_page(request: HttpRequest, user: User, now: datetime) -> KeptForm | None:
    """What the person had sent to this very page when no longer signed in."""
    if not request.session.get(HAS_KEPT):
        return None
    return KeptForm.objects.of(user, now).filter(address=request.get_full_path()).first()
