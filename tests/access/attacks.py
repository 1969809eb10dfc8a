"""What a form must bear: values from hell, and the forms of a page with what kind of value each field takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.access.pages import Attributes, Form, Page

# What no answer may hold as it was sent.
MARKUP = "<i>𠀀"
# Anything in any field.
HOSTILE = (
    "",
    "折\x00家\x1f坪\u202e反\u202c\u2066\u200b\u200d\ufeff",
    "e\u0301" * 40 + "\u0315\u0300" * 2_000,
    "👨\u200d👩\u200d👧𠀀𪚥·〇",
    "贫" * 20_000,
    f"{MARKUP}{{{{ request }}}}{{% load x %}}' OR 1=1 --",
    "%00%0d%0a\r\nSet-Cookie: a=b",
    "9" * 400,
    "-1",
    "1e400",
    "NaN",
    "9999-12-31",
    "2018-02-30",
    "../../etc/passwd",
    "00000000-0000-4000-8000-000000000000",
)
# Short enough to be stored, and then to be shown.
STORED = (f"=1+{MARKUP}\u202e\u200b😀", "@e\u0301\t{{7}}\r\n'")
DAYS = ("9999-12-31", "0001-01-01")
# Parameters that pages read from their address, whatever form they stand in.
PARAMETERS = (
    *("after", "before", "page", "sort", "tab", "next", "on", "way", "teacher", "student", "school"),
    *("register", "grade", "category", "paired", "period", "first", "last", "person", "action"),
    *("state", "role", "whose", "follow_up", "difficulty", "focus", "ended", "show", "attachment", "edition"),
    "has_class",
    "upload",
)
LONGEST_PARAMETER = 200
A_FEW = 5


@dataclass
class Fields:
    """A form sent by POST, with the type of each field and which of them have to be filled in."""

    form: Form
    kinds: dict[str, str] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields, in one order."""
        return tuple(sorted(name for name in self.kinds if name != "csrfmiddlewaretoken"))

    def valid(self, today: date) -> dict[str, Any]:
        """What the page holds, with days, choices and words where something is needed."""
        sent: dict[str, Any] = dict(self.form.values)
        for name in self.names:
            if sent.get(name, [""]) == [""]:
                sent[name] = self._likely(name, today)
        return sent

    def _likely(self, name: str, today: date) -> str:
        offered = [value for value in self.form.offered.get(name, ()) if value]
        if self.kinds[name] == "date":
            return today.isoformat()
        if offered and (name in self.needed or self.kinds[name] == "radio"):
            return offered[0]
        return "折家坪" if name in self.needed else ""

    def attacks(self, today: date) -> Iterator[dict[str, Any]]:
        """Every field with every other hostile value; then one text or day at a time, the rest as it should be."""
        valid = self.valid(today)
        yield from self.few(today, every=2)
        for name in self.names:
            values = {"text": STORED, "textarea": STORED, "date": DAYS}.get(self.kinds[name], ())
            for value in values:
                yield valid | {name: value}

    def few(self, today: date, every: int = A_FEW) -> Iterator[dict[str, Any]]:
        """The form filled in, with lists for words, and hostile all over."""
        yield self.valid(today)
        yield {name: ["1", "2"] for name in self.names}
        yield from dealt(self.names, HOSTILE, every)


def queries() -> Iterator[dict[str, str]]:
    """Hostile values in every parameter of an address."""
    return dealt(PARAMETERS, [value[:LONGEST_PARAMETER] for value in HOSTILE], A_FEW)


def dealt(names: Sequence[str], values: Sequence[str], every: int) -> Iterator[dict[str, str]]:
    """Deal the values out to the names, some places further each turn."""
    for turn in range(0, len(values), every):
        yield {name: values[(place + turn) % len(values)] for place, name in enumerate(names)}


class FormsOf(Page):
    """The forms of a page that are sent by POST, field by field."""

    def __init__(self, text: str) -> None:
        self._fields: dict[int, Fields] = {}
        super().__init__(text)

    @property
    def posted(self) -> list[Fields]:
        """Those sent by POST."""
        return [each for each in self._fields.values() if each.form.method == "post"]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note the type beside what every page notes."""
        super().handle_starttag(tag, attrs)
        given = dict(attrs)
        if tag not in ("input", "select", "textarea") or not given.get("name"):
            return
        fields = self._fields.setdefault(id(self._form), Fields(self._form))
        kind = given.get("type") if tag == "input" else tag
        fields.kinds[str(given["name"])] = kind or "text"
        if "required" in given:
            fields.needed.add(str(given["name"]))
