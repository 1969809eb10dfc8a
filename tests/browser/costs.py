"""What a job costs: clicks and screens, counted while it is done."""

from pathlib import Path

from playwright.sync_api import Download, Locator, Page


class Cost:
    """Clicks made through it, and pages that came up since it was made; typing costs no click."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.screens = page, 0, 0
        page.on("domcontentloaded", self._screen)

    def _screen(self, page: Page) -> None:
        self.screens += 1

    def click(self, target: Locator) -> None:
        """Press it; what it opens has come up when this returns."""
        self.clicks += 1
        target.click()

    def choose_file(self, target: Locator, path: Path) -> None:
        """Press the file button and take the file; the choice in the system's own window is not counted."""
        with self.page.expect_file_chooser() as chooser:
            self.click(target)
        chooser.value.set_files(path)

    def download(self, target: Locator) -> Download:
        """Press it and keep what comes down."""
        with self.page.expect_download() as download:
            self.click(target)
        return download.value
