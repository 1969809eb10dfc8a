"""Uploading a list, and deciding on its preview what it is and what becomes of the doubtful rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.http import QueryDict

from pairing_portal.accounts.models import School
from pairing_portal.lib.forms import DateField, SubmissionForm
from pairing_portal.lib.uploads import UPLOAD_TOO_LARGE
from pairing_portal.lib.workbooks.reading import read_workbook
from students.actions.imports import ListSettings, Upload
from students.imports.places import CREATE
from students.imports.previews import Preview
from students.models import RegisterEntry, RosterImport

FIRST_YEAR, LAST_YEAR = 2010, 2100
MAX_FILE_NAME = 200
NOT_AFTER_TODAY = "名单日期不能晚于今天。"
TAKE = "take"
END_REASONS = [
    (reason.value, reason.label)
    for reason in RegisterEntry.EndReason
    if reason != RegisterEntry.EndReason.MOVED
]


class UploadForm(SubmissionForm):
    """One file; what it is, of which year and of which day is read from the file unless somebody says so."""

    kind = forms.ChoiceField(
        label="名册类型", required=False, choices=[("", "按表头和标题自动识别"), *RosterImport.Kind.choices]
    )
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="不填则按标题识别。",
    )
    listed_on = DateField(
        label="名单日期", required=False, help_text="名单反映哪一天的情况；不填则按填报日期识别。"
    )
    file = forms.FileField(
        label="名册文件",
        max_length=MAX_FILE_NAME,
        help_text="Excel 工作簿（.xlsx 或 .xls），不超过 5 MB。上传后先看变化，确认后才写入。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={
            "required": "请选择要导入的文件。",
            "empty": "这个文件是空的，请重新选择。",
            "max_length": "文件名太长，请改短后再上传。",
        },
    )

    def __init__(self, *args: Any, today: date, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        _allow_until(self.fields["listed_on"], today)

    def clean(self) -> dict[str, Any]:
        """A file cut off while it came in is missing: say why."""
        if self.is_too_large:
            self.errors.pop("file", None)
            self.add_error("file", UPLOAD_TOO_LARGE)
        return self.cleaned_data

    def clean_file(self) -> Upload:
        """The workbook, read; the reader says in a sentence why one is refused."""
        file = self.cleaned_data["file"]
        content = file.read()
        return Upload.of(content, file.name, read_workbook(content, file.name))


def _allow_until(field: forms.Field, today: date) -> None:
    field.validators.append(MaxValueValidator(today, NOT_AFTER_TODAY))
    field.widget.attrs["max"] = f"{today:%Y-%m-%d}"


class SettingsForm(forms.Form):
    """What the list is; shown on the preview."""

    kind = forms.ChoiceField(label="名册类型", choices=RosterImport.Kind.choices)
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    listed_on = DateField(label="名单日期")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _allow_until(self.fields["listed_on"], today)


def settings_form(data: Any, roster: RosterImport, today: date) -> SettingsForm:
    """The settings of an import; whatever a form part leaves out stays as it is."""
    kept = {"kind": roster.kind, "year": roster.year, "listed_on": roster.listed_on}
    if data is None:
        return SettingsForm(initial=kept, today=today)
    return SettingsForm({**kept, **{key: data[key] for key in kept if key in data}}, today=today)


class SchoolsForm(forms.Form):
    """For each unknown school: make it, or say which one is meant."""

    def __init__(self, *args: Any, preview: Preview, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(school.public_id), f"就是“{school.name}”") for school in schools]
        choices = [("", "暂不处理，这些行不导入"), (CREATE, "新建这所学校"), *known]
        self.names = [name for name, _ in preview.unknown_schools]
        for number, (name, choice) in enumerate(preview.unknown_schools):
            self.fields[f"school-{number}"] = forms.ChoiceField(
                label=name, choices=choices, initial=choice, required=False
            )

    @property
    def chosen(self) -> dict[str, str]:
        """The choice by the school's name as the file writes it."""
        found = ((name, self.cleaned_data[f"school-{number}"]) for number, name in enumerate(self.names))
        return {name: choice for name, choice in found if choice}


class RowsForm(forms.Form):
    """Decisions about single rows: pupils moved from the other register, entries ended, corrections given up."""

    def __init__(self, data: QueryDict, *, preview: Preview) -> None:
        super().__init__(data)
        self.sent = data
        self.movable = {row.choice for row in preview.rows if row.choice}
        self.askable = {question.choice for row in preview.rows for question in row.questions}
        self.endable = {each.choice for each in preview.missing if each.choice and preview.is_same_year}

    def moves(self, kept: Iterable[str]) -> list[str]:
        """Entries to move: those ticked, and those kept from other pages of the list."""
        if "move_all" in self.data:
            return sorted(self.movable)
        shown = set(self.sent.getlist("shown"))
        return sorted(({*kept} - shown | {*self.sent.getlist("move")}) & self.movable)

    def takes(self, kept: Iterable[str]) -> list[str]:
        """Facts to take from the list: those chosen on this page, and those kept from others."""
        if "take_all" in self.data:
            return sorted(self.askable)
        if "keep_all" in self.data:
            return []
        before = dict.fromkeys(kept, TAKE)
        return sorted(
            choice for choice in self.askable if self.data.get(f"fact-{choice}", before.get(choice)) == TAKE
        )

    def ends(self, kept: dict[str, str]) -> dict[str, str]:
        """Reason by entry: those chosen on this page, and those kept from others; none means leave."""
        for_all = self.data.get("end_all", "")
        posted = {key: self.data.get(f"end-{key}", kept.get(key, "")) for key in self.endable}
        if for_all in dict(END_REASONS):
            posted = {key: reason or for_all for key, reason in posted.items()}
        return {key: reason for key, reason in sorted(posted.items()) if reason in dict(END_REASONS)}


def refreshed(
    data: QueryDict, roster: RosterImport, preview: Preview, schools: Iterable[School], today: date
) -> ListSettings:
    """Settings and choices after a part of the preview page was sent; ValidationError with what is wrong."""
    settings = settings_form(data, roster, today)
    if not settings.is_valid():
        raise ValidationError([error for errors in settings.errors.values() for error in errors])
    kept = roster.school_choices
    by_name = SchoolsForm(data, preview=preview, schools=schools)
    has_schools = any(key.startswith("school-") for key in data)
    if has_schools and not by_name.is_valid():
        raise ValidationError("请从列出的学校里选择。")
    rows = RowsForm(data, preview=preview)
    choices = {
        **kept,
        "schools": by_name.chosen if has_schools else kept.get("schools", {}),
        "moves": rows.moves(kept.get("moves", [])),
        "ends": rows.ends(kept.get("ends", {})),
        "takes": rows.takes(kept.get("takes", [])),
    }
    return ListSettings(**settings.cleaned_data, choices=choices)
