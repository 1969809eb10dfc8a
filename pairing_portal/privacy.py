"""What leaves the portal by the side doors, caches and logs, says nothing about a child."""

import logging
import traceback
from collections.abc import Callable
from types import TracebackType

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class NoStoreMiddleware:
    """Every answer but a static file: kept by no browser or proxy, embedded by no other site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response


class ReticentFormatter(logging.Formatter):
    """Log an error's kind and place without its message, which may quote a name or a number."""

    def formatException(self, ei: _ExcInfo) -> str:
        """The frames and the error's class, the newest call last."""
        kind, _error, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__name__ if kind else 'no error'}"
