"""Coming in, going out, choosing the year, and whether the portal is alive."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairing_portal.accounts.actions import signed_in_user
from pairing_portal.accounts.actions.sessions import clear_outdated_sessions
from pairing_portal.accounts.forms.sign_in import SignInForm
from pairing_portal.accounts.models import User
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.accounts.sessions import describe_session
from pairing_portal.accounts.views.kept_forms import page_to_go_on
from pairing_portal.audit.actions import present_origin, record
from pairing_portal.audit.models import Action
from pairing_portal.lib.devices import device_words


@require_http_methods(["GET", "POST"])
@login_not_required  # the way in
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password, or the one-time code of a slip."""
    if request.user.is_authenticated:
        return redirect(_local_page(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (user := _let_in(form)):
        _open_session(request, user)
        return redirect(page_to_go_on(request, user) or _local_page(request))
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "accounts/sign_in.html", context)


def _let_in(form: SignInForm) -> User | None:
    """The person; None with the reason on the form when name and password do not let in."""
    try:
        return signed_in_user(
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            now=timezone.now(),
            address=present_origin().address,
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _open_session(request: HttpRequest, user: User) -> None:
    clear_outdated_sessions(timezone.now())
    login(request, user)
    device = device_words(request.headers.get("User-Agent", ""))
    describe_session(request.session, device=device, address=present_origin().address)


@require_POST
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session on this device."""
    with transaction.atomic():
        record(request.user, Action.SIGNED_OUT, request.user)
    logout(request)
    return redirect("sign_in")


@require_POST
def year_select(request: StaffRequest) -> HttpResponse:
    """Look at another year from now on, and go back to the page one came from."""
    chosen = request.POST.get("year", "")
    if chosen in map(str, request.years):
        request.session["year"] = int(chosen)
    return redirect(_local_page(request))


@require_safe
@login_not_required  # liveness for the machine that watches the portal; says nothing about it
def health(request: HttpRequest) -> HttpResponse:
    """Whether the application answers."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def _local_page(request: HttpRequest) -> str:
    """Where the form asks to go next, if that is the path of a page of this portal; else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_local = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_local else "home"
