"""Typing the cells of one refused row anew."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pairing_portal.lib.text import CleanCharField
from students.imports.mending import RowPlace
from students.imports.previews import Preview, ShownRow

LONGEST = 500
SECRET_HELP = "为保密，不显示已填的内容。填写完整号码；留空则不改。"  # noqa: S105 (words for a page)
NO_ROW = "名单里没有可以改的这一行，请刷新页面核对。"
NO_NUMBER = "没有{title}，先不填"


class MendForm(forms.Form):
    """One field for each doubtful cell, with what the sheet says; a secret one stays blank unless typed."""

    def __init__(self, data: Any = None, *, row: ShownRow, place: int = 0) -> None:
        """`place` counts the forms of a page, since each field needs an id of its own."""
        super().__init__(data, auto_id=f"mend{place}-%s")
        self.row = row
        for cell in row.cells:
            self.fields[f"cell-{cell.key}"] = CleanCharField(
                label=cell.title,
                required=False,
                max_length=LONGEST,
                initial=cell.text,
                help_text=SECRET_HELP if cell.is_secret else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            if cell.is_secret:
                label = NO_NUMBER.format(title=cell.title)
                self.fields[f"none-{cell.key}"] = forms.BooleanField(label=label, required=False)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by column key; blank empties a cell, but leaves a secret one unless told to empty it."""
        found = {cell.key: self.cleaned_data[f"cell-{cell.key}"] for cell in self.row.cells}
        kept = {
            cell.key
            for cell in self.row.cells
            if cell.is_secret and not found[cell.key] and not self.cleaned_data[f"none-{cell.key}"]
        }
        return {key: text for key, text in found.items() if key not in kept}


def place_of(handle: str) -> RowPlace:
    """The sheet and the number of the row a form names."""
    number, _, sheet = handle.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < len("1048576") + 1):
        raise ValidationError(NO_ROW)
    return sheet, int(number)


def row_at(preview: Preview, place: RowPlace) -> ShownRow:
    """The row as it was shown; ValidationError where there is none to mend."""
    for row in preview.rows:
        if (row.sheet, row.number) == place and row.can_be_mended:
            return row
    raise ValidationError(NO_ROW)
