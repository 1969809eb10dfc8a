"""Where a portal keeps its data and its keys, and the three ways it runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


class Mode(StrEnum):
    """Real use, the made-up district, or the test suite."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class BadPlaceError(Exception):
    """The environment names a mode or directory that the portal must not run with."""


@dataclass(frozen=True)
class Places:
    """The mode with its two directories, both absolute."""

    mode: Mode
    data: Path
    keys: Path


def places_from(environ: Mapping[str, str]) -> Places:
    """Read PORTAL_MODE, PORTAL_DATA_DIR and PORTAL_KEYS_DIR; raise BadPlaceError where they cannot be right."""
    mode = _mode(environ.get("PORTAL_MODE", Mode.PRODUCTION))
    data, keys = _defaults(mode)
    found = Places(
        mode=mode,
        data=Path(environ.get("PORTAL_DATA_DIR") or data).expanduser().resolve(),
        keys=Path(environ.get("PORTAL_KEYS_DIR") or keys).expanduser().resolve(),
    )
    _refuse_keys_beside_what_they_lock(found)
    return found


def _mode(name: str) -> Mode:
    if name not in set(Mode):
        raise BadPlaceError(f"PORTAL_MODE is {name!r}; it must be one of {', '.join(Mode)}.")
    return Mode(name)


def _defaults(mode: Mode) -> tuple[Path, Path]:
    if mode == Mode.PRODUCTION:
        return BASE_DIR / "var", Path("~/.config/pairing-portal/keys")
    return BASE_DIR / "var" / mode, BASE_DIR / "var" / f"{mode}-keys"


def _refuse_keys_beside_what_they_lock(places: Places) -> None:
    if places.keys.is_relative_to(places.data):
        raise BadPlaceError(
            "PORTAL_KEYS_DIR lies inside PORTAL_DATA_DIR: a copy of the data would hold its keys."
        )
    if places.mode == Mode.PRODUCTION and places.keys.is_relative_to(BASE_DIR):
        raise BadPlaceError("PORTAL_KEYS_DIR lies inside the program's directory: keep the keys outside it.")
