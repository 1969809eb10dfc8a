"""The parts of the menu that every page shows; the context processor fills them in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NavItem:
    """One place a person may go to; ``icon`` is a symbol of the sprite, ``count`` what waits there."""

    label: str
    url: str
    icon: str = ""
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class NavGroup:
    """Places that belong together, under a heading (an empty title shows none)."""

    title: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True)
class Step:
    """One step of a guided job; ``state`` is ``done``, ``current`` or ``todo``, ``url`` may be empty."""

    label: str
    state: str
    url: str = ""
    hint: str = ""
