"""What a page must not do on a phone: complain, scroll sideways, or ask for a needle's point of a thumb."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, ViewportSize

# The one rule of WCAG 2.2 AA that axe leaves out unless asked; passes are not wanted, which saves half the time.
ASK_OF_AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CUT_SHORT = {"document", "image", "other"}
PHONE: ViewportSize = {"width": 390, "height": 844}
# A box or dot inside a chip or a line counts with that; what lies outside the page (the skip link) does not.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, textarea, input")]
  .filter((one) => one.type !== "hidden" && one.checkVisibility())
  .map((one) => [one, (one.closest(".chip, .form-check") || one).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && box.bottom > 0 && (box.height < 43.5 || box.width < 43.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def complaints_of(page: Page) -> list[str]:
    """A list that fills with console messages, failed requests and our own errors while the page is used."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "requestfailed", lambda request: None if is_cut_short(request) else complaints.append(request.url)
    )
    page.on(
        "response",
        lambda response: (
            complaints.append(f"{response.status} {response.url}") if response.status >= 400 else None
        ),
    )
    return complaints


def is_cut_short(request: Request) -> bool:
    """Whether a file came instead of a page, or the page was left before its icon had come, which is no failure."""
    return request.resource_type in CUT_SHORT and request.failure == "net::ERR_ABORTED"


def unfit(page: Page) -> list[str]:
    """What is wrong with the page as it stands: sideways scroll, small targets, axe findings."""
    return sideways(page) + small_targets(page) + axe_findings(page)


def sideways(page: Page) -> list[str]:
    """Whether the page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide}"] if wide > 0 else []


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss."""
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found


def axe_findings(page: Page) -> list[str]:
    """What axe finds, one line per rule with the first culprit."""
    violations = Axe().run(page, options=ASK_OF_AXE).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in violations]
