"""`make screens`: a picture of every page as every role that can reach it, wide and narrow, from the demo's data.

    python -m tests.screens .screens [--long]

Pages are found as people find them, by their links, one picture per address name, role and size. With `--long`
names, villages and notes are as long as the forms allow.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
SIZES = {"1366": (1366, 768), "390": (390, 844)}
PER_NAME = 3
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"]  # fmt: skip
LINKS = "nodes => nodes.map(node => node.getAttribute('href'))"


@contextmanager
def served_demo(long: bool) -> Iterator[list[dict[str, str]]]:
    """A demo of its own on a port of its own; gives one sign-in per role."""
    with tempfile.TemporaryDirectory(prefix="portal-screens-") as place:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        environ |= {
            "PORTAL_MODE": "demo",
            "PORTAL_DATA_DIR": f"{place}/data",
            "PORTAL_KEYS_DIR": f"{place}/keys",
        }
        environ["PORTAL_BIND"] = f"127.0.0.1:{PORT}"
        for command in (
            ["-m", "pairing_portal.set_up"],
            ["manage.py", "migrate", "--verbosity", "0"],
            ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
            ["manage.py", "demo", *(["--long"] if long else [])],
        ):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=environ, check=True)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "pairing_portal/gunicorn_conf.py"], cwd=ROOT, env=environ
        )
        try:
            _wait()
            yield json.loads(Path(f"{place}/data/sign-ins.json").read_text(encoding="utf-8"))
        finally:
            server.terminate()
            server.wait()


def _wait() -> None:
    for _ in range(100):
        try:
            urlopen(f"{BASE}/health/")  # noqa: S310  # our own server on loopback
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The demo did not start.")


def sign_in(page: Page, username: str, password: str) -> None:
    """Through the form, as people do."""
    page.goto(f"{BASE}/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{BASE}/")


def reachable(page: Page, names: "Names") -> dict[str, str]:
    """Follow links from the desk, a few per address name: name → the path of its first page."""
    seen, waiting = {"/"}, deque(["/"])
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        links = _links_of(page, path)
        if links is None:
            continue
        found.setdefault(names.of(path), path)
        for link in links:
            name = names.of(link)
            if name and link not in seen and counts[name] < PER_NAME:
                counts[name] += 1
                seen.add(link)
                waiting.append(link)
    return found


def _links_of(page: Page, path: str) -> list[str] | None:
    """The links of a page; None when it is no page for this person."""
    if path.startswith("/gallery"):
        return None
    response = page.goto(f"{BASE}{path}")
    if response is None or response.status != 200:
        return None
    links: list[str] = page.eval_on_selector_all("a[href^='/']:not([download])", LINKS)
    return list(dict.fromkeys(links))


class Names:
    """Address names without loading the portal: asked of the portal once, by pattern."""

    def __init__(self) -> None:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "pairing_portal.settings", "PORTAL_MODE": "test"}
        django.setup()

    def of(self, path: str) -> str:
        """The name of the page behind a path; nothing for a path that is none."""
        try:
            return resolve(urlsplit(path).path).url_name or ""
        except Resolver404:
            return ""


def main(out: Path, *, long: bool) -> None:
    """Write the pictures and say how many."""
    shutil.rmtree(out, ignore_errors=True)
    names, taken = Names(), 0
    with served_demo(long) as sign_ins, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for who in sign_ins:
            page = browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
            page.set_viewport_size({"width": 1366, "height": 768})
            sign_in(page, who["username"], who["password"])
            for name, path in reachable(page, names).items():
                taken += _shoot(page, out / who["username"], name, path)
            page.close()
        browser.close()
    sys.stdout.write(f"{taken} pictures in {out}\n")


def _shoot(page: Page, folder: Path, name: str, path: str) -> int:
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{BASE}{path}")
        page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
    return len(SIZES)


if __name__ == "__main__":
    main(Path(sys.argv[1]), long="--long" in sys.argv)
