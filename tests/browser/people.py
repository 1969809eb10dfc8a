"""People at their browsers: past the sign-in, on a screen of their size."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import User
from tests.browser.phone import PHONE

DESK: ViewportSize = {"width": 1366, "height": 768}


def signed_in(page: Page, live_server: LiveServer, user: User, size: ViewportSize = PHONE) -> Page:
    """The person's browser, past the sign-in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
    )
    page.set_viewport_size(size)
    return page


def another_browser(
    browser: Browser, live_server: LiveServer, user: User, size: ViewportSize = DESK, **context: Any
) -> Page:
    """A second machine with cookies of its own; the test closes its context."""
    page = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **context).new_page()
    return signed_in(page, live_server, user, size)
