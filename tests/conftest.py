"""What every test stands on: its own directories and keys, set before Django reads them."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import django
import pytest

_ROOT = Path(tempfile.mkdtemp(prefix="portal-tests-"))
atexit.register(shutil.rmtree, _ROOT, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("PORTAL_")]:
    del os.environ[name]
os.environ.update(
    DJANGO_SETTINGS_MODULE="pairing_portal.settings",
    PORTAL_MODE="test",
    PORTAL_DATA_DIR=str(_ROOT / "data"),
    PORTAL_KEYS_DIR=str(_ROOT / "keys"),
    # Playwright keeps an event loop in the thread; Django would refuse every query after the first browser test.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
(_ROOT / "data" / "static").mkdir(parents=True)
django.setup()

CHROMIUM = shutil.which("chromium")
LIBREOFFICE = shutil.which("soffice")
IN_CI = os.environ.get("CI") == "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run; in CI let it fail instead."""
    if IN_CI:
        return
    for item in items:
        if CHROMIUM is None and "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs Chromium: apt-get install chromium"))
        if LIBREOFFICE is None and "office" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs LibreOffice: apt-get install libreoffice-calc"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests this machine could not run, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} tests did not run on this machine; the reasons stand above."
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet on the network."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM or "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Chinese pages on the office's clock."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
