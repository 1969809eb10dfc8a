"""What leaves by the side doors names nobody."""

import logging
import sys

from django.http import HttpRequest, HttpResponse

from pairing_portal.privacy import NoStoreMiddleware, ReticentFormatter


def test_log_line_shows_where_an_error_arose_but_not_its_message() -> None:
    try:
        int("王小明 13800000000")
    except ValueError:
        record = logging.LogRecord("portal", logging.ERROR, __file__, 1, "Internal error", (), sys.exc_info())

    line = ReticentFormatter("{levelname} {message}", style="{").format(record)

    assert "王小明" not in line.splitlines()[-1]
    assert line.splitlines()[0] == "ERROR Internal error"
    assert line.splitlines()[-1] == "ValueError"


def test_answer_that_asks_to_be_cached_is_still_not_stored() -> None:
    middleware = NoStoreMiddleware(
        lambda request: HttpResponse(headers={"Cache-Control": "public, max-age=60"})
    )

    assert middleware(HttpRequest()).headers["Cache-Control"] == "no-store"
