"""A page as a browser reads it: its title, its links, and its forms with what is filled in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]
TYPED = {"text", "hidden", "date", "number", "tel", "search", "email", "password"}
FIELDS = {"input", "select", "textarea"}
TICKED = {"checkbox", "radio"}


@dataclass
class Form:
    """A form with what its fields hold when the page is opened, and what its choices offer."""

    action: str
    method: str
    names: set[str] = field(default_factory=set)
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """Reads the parts out of the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = ""
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form = self._outside = Form("", "get")
        self._name = self._reading = ""
        self._has_selected = False
        self.feed(text)

    def posting(self, action: str = "", having: str = "") -> Form:
        """The one form that is sent by POST to the address and has the field."""
        found = [form for form in self.forms if form.method == "post" and form.action in ("", action)]
        (form,) = (form for form in found if not having or having in form.names)
        return form

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note what the element means."""
        given = {name: value or "" for name, value in attrs}
        self.links += [given["href"]] if given.get("href") else []
        self._reading = tag if tag in ("title", "textarea") else self._reading
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        if tag in FIELDS:
            self._field(tag, given)
        if tag == "option":
            self._option(given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        self._form.names.add(given.get("name", ""))
        if tag == "input":
            self._input(given)
        else:
            self._name, self._has_selected = given.get("name", ""), False

    def _input(self, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if kind in TICKED:
            self._form.offered.setdefault(name, []).append(given.get("value", "on"))
        if (kind in TYPED and "value" in given) or (kind in TICKED and "checked" in given):
            self._form.values.setdefault(name, []).append(given.get("value", "on"))

    def _option(self, given: dict[str, str]) -> None:
        value = given.get("value", "")
        self._form.offered.setdefault(self._name, []).append(value)
        is_first = not self._has_selected and self._name not in self._form.values
        if "selected" in given or is_first:
            self._form.values[self._name] = [value]
            self._has_selected = self._has_selected or "selected" in given

    def handle_data(self, data: str) -> None:
        """Text counts inside the title and inside text areas."""
        if self._reading == "title":
            self.title += data
        elif self._reading == "textarea" and self._name:
            former = self._form.values.get(self._name, [""])[0]
            self._form.values[self._name] = [former + data]

    def handle_endtag(self, tag: str) -> None:
        """Fields after the form's end belong to none."""
        if tag == self._reading:
            self._reading = ""
        if tag == "form":
            self._form = self._outside
