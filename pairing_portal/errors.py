"""The answers to requests that cannot be read and to our own failures.

Django's own read the form once more for a CSRF token that these pages do not hold: a form sent in another
encoding than UTF-8 fails there a second and a third time, and leaves the portal as a bare 500 without its headers.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from pairing_portal.accounts.kept_forms import HAS_KEPT, keep_sent_form


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the browser sent makes no sense; the page says nothing about it."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(_request: HttpRequest) -> HttpResponse:
    """Something broke on our side; the page tells nothing of it."""
    return HttpResponseServerError(render_to_string("500.html"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is older than the sign-in, or comes from elsewhere; what one of ours held is kept for its writer."""
    kept = keep_sent_form(request, timezone.now())
    is_own = kept is not None and kept.user == request.user
    if is_own:
        request.session[HAS_KEPT] = True
    return render(request, "403_csrf.html", {"kept": kept, "is_own": is_own}, status=403)
