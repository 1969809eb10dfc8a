"""The project's own files and their syntax trees, for the tests that hold the house rules."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRAME = "pairing_portal"
# Each may import itself and what stands before it.
ARROW = (
    "pairing_portal.lib",
    "pairing_portal.audit",
    "pairing_portal.accounts",
    "pairing_portal.undo",
    "students",
    "pairings",
    "aid",
    "visits",
    "reports",
)
PAGES = {"views", "urls"}
# They start things and know the whole house, as pages do.
COMMANDS = "management"


@dataclass(frozen=True)
class Module:
    """One Python file, by its dotted name."""

    path: Path

    @cached_property
    def name(self) -> str:
        """Dotted, a package without its `__init__`."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, nested ones too."""
        return (
            node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )

    @property
    def imports(self) -> Iterator[str]:
        """Dotted names this module imports; `from x import y` counts as `x.y`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def app_of(dotted: str) -> str | None:
    """The app a dotted name lies in: the longest match, `None` for the frame and for others' packages."""
    return next((app for app in ARROW if dotted == app or dotted.startswith(f"{app}.")), None)


def room_of(dotted: str) -> str:
    """The part below the app: `views`, `models`, … (empty for the app itself)."""
    app = app_of(dotted)
    return dotted.removeprefix(f"{app}.").split(".")[0] if app and dotted != app else ""


def project_files() -> list[Path]:
    """What git tracks or would track, as far as it is on disk."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def modules(*tops: str) -> list[Module]:
    """Python files below the named top directories, migrations left out."""
    return [
        Module(path)
        for path in project_files()
        if path.suffix == ".py" and "migrations" not in path.parts and path.relative_to(ROOT).parts[0] in tops
    ]


def code_modules() -> list[Module]:
    """The portal's own code, without its tests."""
    return modules(FRAME, *{app.split(".")[0] for app in ARROW})


def templates() -> list[Path]:
    """Every page template."""
    return [path for path in project_files() if path.suffix == ".html"]


def lines_matching(path: Path, pattern: re.Pattern[str]) -> list[str]:
    """`file:line: text` of every line the pattern is found in."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for number, line in enumerate(lines, start=1)
        if pattern.search(line)
    ]
