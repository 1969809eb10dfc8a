"""Saying what each column of a file is read as."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pairing_portal.lib.workbooks.headers import HeaderColumn
from students.imports.layouts import Columns, GuessedColumn

NOT_READ = "不导入"


class ColumnsForm(forms.Form):
    """One choice for each titled column of the file; the words of the headers name the fields."""

    def __init__(self, *args: Any, found: Columns, columns: Sequence[HeaderColumn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.columns = columns
        choices = [("", NOT_READ), *((column.key, column.title) for column in columns)]
        for column in found.of_file:
            self.fields[column.field] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                initial=column.key,
                required=False,
                error_messages={"invalid_choice": "请从列出的内容里选择，或选“不导入”。"},
            )

    def clean(self) -> dict[str, Any]:
        """No table may have a column twice, and one of them has to have all that is needed."""
        if not self.errors:
            self._refuse_twice()
            self._ask_for_required()
        return self.cleaned_data

    def _refuse_twice(self) -> None:
        titles = {column.key: column.title for column in self.columns}
        for first, second in self._doubled():
            title = titles[self.chosen[second.label]]
            sentence = (
                f"“{first.label}”和“{second.label}”都对应到了“{title}”，请只留一列，另一列选“{NOT_READ}”。"
            )
            self.add_error(second.field, ValidationError(sentence, code="column_twice"))

    def _doubled(self) -> Iterator[tuple[GuessedColumn, GuessedColumn]]:
        """Pairs of columns of one table that are read as the same."""
        chosen = self.chosen
        for labels in self.found.tables:
            first: dict[str, GuessedColumn] = {}
            for column in self.found.of_file:
                key = chosen[column.label] if column.label in labels else ""
                if key and first.setdefault(key, column) is not column:
                    yield first[key], column

    def _ask_for_required(self) -> None:
        needed = {column.key: column.title for column in self.columns if column.required}
        told = [{self.chosen[label] for label in labels} for labels in self.found.tables]
        if any(needed.keys() <= keys for keys in told):
            return
        missing = "、".join(title for key, title in needed.items() if not any(key in keys for keys in told))
        sentence = f"请指出哪一列是“{missing or '、'.join(needed.values())}”。"
        self.add_error(None, ValidationError(sentence, code="column_missing"))

    @property
    def chosen(self) -> dict[str, str]:
        """The key by the column's label; blank where it is not read."""
        return {column.label: self.cleaned_data.get(column.field, "") for column in self.found.of_file}

    @property
    def lines(self) -> list[tuple[GuessedColumn, forms.BoundField]]:
        """Each column of the file with its field, as the page prints them."""
        return [(column, self[column.field]) for column in self.found.of_file]
