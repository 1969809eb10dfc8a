"""The manual's pictures, taken anew from the demo's made-up people:

    python -m tests.manual_pictures

Each is named by a page of `templates/manual/`; the colours are reduced, so that the files stay small.
"""

import shutil
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page, sync_playwright

from tests.screens import ARGS, BASE, ROOT, served_demo, sign_in

PLACE = ROOT / "static" / "manual"
DESK, PHONE = (1120, 720), (390, 760)
TALLEST = 860
COLOURS = 48
MARGIN = 12
UNREAD = "/visits/?note=unread&period=all"


@dataclass(frozen=True)
class Picture:
    """What one picture shows: where to begin, what to click, and the part of the page; all of it without a `part`."""

    name: str
    role: str
    start: str = "/"
    clicks: tuple[str, ...] = ()
    part: str = ""
    size: tuple[int, int] = DESK


PICTURES = (
    Picture("everyone-menu", "teacher", clicks=(".topbar details.menu:has(.menu-note) > summary",)),
    Picture("teacher-desk", "teacher", size=PHONE),
    Picture("teacher-visit", "teacher", clicks=("#own .pupil-rows .btn",), size=PHONE),
    Picture(
        "teacher-plan",
        "teacher",
        clicks=("#own .person a", ".panel:has(h2:text('结对帮扶')) .person a", "a:has-text('修改帮扶计划')"),
        size=PHONE,
    ),
    Picture(
        "teacher-course",
        "teacher",
        clicks=("#own li:nth-child(2) .person a",),
        part=".panel:has(h2:text('帮扶经过'))",
        size=PHONE,
    ),
    Picture("teacher-class", "teacher", clicks=("#class a:has-text('全班')",)),
    Picture("office-desk", "office", part="#office"),
    Picture("office-import", "office", start="/imports/", clicks=("tbody a",)),
    Picture("office-gaps", "office", start="/pairings/gaps/"),
    Picture("office-attachments", "office", start="/attachments/", part=".attachment"),
    Picture("admin-desk", "admin", part="#system"),
    Picture("admin-bulk", "admin", start="/accounts/bulk/"),
    Picture("admin-log", "admin", start="/log/"),
    Picture("leader-numbers", "leader", part="#numbers"),
    Picture(
        "leader-difficulties",
        "leader",
        start="/visits/?latest=on&difficulty=any&period=all",
        part=".table-box",
    ),
    Picture("leader-note", "leader", start=UNREAD, clicks=("tbody th a",), part="main"),
    Picture("school-numbers", "school", part="#numbers"),
    Picture("school-class", "school", start="/classes/", clicks=("tbody a",), part="main"),
    Picture("aid-desk", "aid"),
    Picture("county-desk", "county"),
)


def take(page: Page, picture: Picture) -> bytes:
    """The picture as a small PNG."""
    width, height = picture.size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{BASE}{picture.start}")
    for selector in picture.clicks:
        page.locator(selector).first.click()
        page.wait_for_load_state()
    if not picture.part:
        return _reduced(page.screenshot())
    page.locator(picture.part).first.scroll_into_view_if_needed()
    return _reduced(page.screenshot(full_page=True, clip=_box(page, picture)))


def _box(page: Page, picture: Picture) -> FloatRect:
    """The part with a margin around it, cut off below where it is too tall."""
    page.evaluate("window.scrollTo(0, 0)")
    box = page.locator(picture.part).first.bounding_box()
    assert box is not None, f"{picture.name}: {picture.part} is not on the page"
    left, top = max(box["x"] - MARGIN, 0), max(box["y"] - MARGIN, 0)
    width = min(box["width"] + 2 * MARGIN, picture.size[0] - left)
    return {"x": left, "y": top, "width": width, "height": min(box["height"] + 2 * MARGIN, TALLEST)}


def _reduced(shot: bytes) -> bytes:
    """The same picture in a few colours: a third of the bytes."""
    small = BytesIO()
    image = Image.open(BytesIO(shot)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main(place: Path) -> None:
    """Write every picture and say how many bytes they are."""
    place.mkdir(parents=True, exist_ok=True)
    with served_demo(long=False) as sign_ins, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for who in sign_ins:
            page = browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
            sign_in(page, who["username"], who["password"])
            for picture in PICTURES:
                if picture.role == who["username"]:
                    content = take(page, picture)
                    (place / f"{picture.name}.png").write_bytes(content)
                    sys.stdout.write(f"{picture.name} {len(content):,}\n")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(PLACE)
