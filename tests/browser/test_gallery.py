"""Every component at once: readable, reachable, and inside its page on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize("query", ["", "?long=1"])
def test_gallery_has_no_finding(
    live_server: LiveServer, page: Page, width: int, height: int, query: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live_server.url}/gallery/{query}")
    page.locator("details.menu:visible > summary").last.click()
    findings = Axe().run(page).response["violations"]
    assert [(finding["id"], finding["nodes"][0]["html"]) for finding in findings] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []


def test_menus_open_without_javascript(live_server: LiveServer, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_text("单秀英", exact=True).first.click()
    assert page.get_by_role("button", name="退出登录").is_visible()
    page.close()
