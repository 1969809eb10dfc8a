"""The answers to requests that cannot be read and to our own failures.

Django's own read the form once more for a CSRF token that these pages do not hold: a form sent in another
encoding than UTF-8 fails there a second and a third time, and leaves the portal as a bare 500 without its headers.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.template.loader import render_to_string


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the browser sent makes no sense; the page says nothing about it."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(_request: HttpRequest) -> HttpResponse:
    """Something broke on our side; the page tells nothing of it."""
    return HttpResponseServerError(render_to_string("500.html"))
