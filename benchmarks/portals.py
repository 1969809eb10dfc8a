"""Portals in temporary directories: each with its own database and keys, driven by commands that answer in JSON."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = "benchmarks.settings"
PAGE = "page.html"  # in a portal's data: what the floor answers with


@dataclass(frozen=True)
class BenchPortal:
    """A directory that holds one portal's data and keys."""

    root: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this portal runs with; nothing of the caller's own portal reaches it."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PORTAL_") and name != "DATABASE_URL"
        }
        return inherited | {
            "PORTAL_MODE": "test",
            "PORTAL_DATA_DIR": str(self.root / "data"),
            "PORTAL_KEYS_DIR": str(self.root / "keys"),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PYTHONUTF8": "1",
        }

    def prepare(self) -> None:
        """Make the empty database."""
        (self.root / "data").mkdir(parents=True)
        self._manage("migrate", "--run-syncdb", "--verbosity=0")

    def copy_to(self, root: Path) -> "BenchPortal":
        """A second portal with the same content and keys."""
        shutil.copytree(self.root, root)
        return BenchPortal(root)

    def ask(self, command: str, *arguments: str) -> dict[str, Any]:
        """Run one of the bench's commands in a process of its own and read its answer."""
        answer: dict[str, Any] = json.loads(self._manage(command, *arguments))
        return answer

    def remove(self) -> None:
        """Give the room back."""
        shutil.rmtree(self.root)

    def _manage(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 (our own commands)
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout
