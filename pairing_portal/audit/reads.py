"""Reads of pages that show children are logged once the answer is built (safety S3)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.http import HttpResponse

from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action

P = ParamSpec("P")


def audited_read(subject: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Log that the page, named in the office's words, was shown: one event a list, with the public id for one row.

    A form that comes back refused shows the page too, so it is logged whichever way it was asked for.
    """

    def wrap(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def read(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(*args, **kwargs)
            request: Any = args[0]
            if response.status_code == 200:
                record(request.user, Action.READ, subject, subject_id=str(kwargs.get("public_id", "")))
            return response

        return read

    return wrap
