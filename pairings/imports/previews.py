"""What both lists of this app show the same way."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pairing_portal.lib.models import Row
from pairing_portal.lib.templatetags.portal import date_cn
from pairings.imports.columns import TITLES
from students.imports.facts import Change
from students.imports.previews import Preview, ShownMissing, ShownRow
from students.imports.reading import Reading


def change(key: str, old: Any, new: Any) -> Change:
    """One difference in words."""
    return Change(key, TITLES[key], _words(old), _words(new))


def _words(value: Any) -> str:
    if value in (None, ""):
        return ""
    return date_cn(value) if hasattr(value, "year") else str(value)


def versions(rows: Iterable[Row | None]) -> tuple[str, ...]:
    """What a row of the preview rests on; any edit in between changes one of these."""
    return tuple(f"{row.public_id}.{row.version}" for row in rows if row is not None)


def preview(
    rows: Iterable[ShownRow],
    missing: Iterable[ShownMissing],
    reading: Reading,
    unknown_schools: Mapping[str, str] | None = None,
) -> Preview:
    """The preview with its counts; nobody is ended by being absent from these lists."""
    shown, gone = tuple(rows), tuple(missing)
    states = Counter(row.state for row in shown)
    counts = {state: states[state] for state in ("new", "changed", "unchanged", "refused")}
    counts |= {
        "missing": len(gone),
        "warned": sum(bool(row.warnings) and not row.is_refused for row in shown),
        "rows": len(shown),
    }
    return Preview(
        rows=shown,
        missing=gone,
        unknown_schools=tuple((unknown_schools or {}).items()),
        unknown_columns=reading.unknown_columns,
        notes=reading.notes,
        counts=counts,
    )
