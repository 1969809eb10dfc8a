"""Form parts that every app uses: days, repeated sending, and edits that never overwrite unseen ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.forms.models import model_to_dict
from django.http import QueryDict

from pairing_portal.lib.templatetags.portal import date_cn, moment_cn, yes_no

Choices = Iterable[tuple[Any, Any]]

FIRST_YEAR, LAST_YEAR = 1900, 2100
EMPTY_TEXT = "（空）"
WITHHELD = "已登记，内容不在此显示"
STALE_PAGE = "页面信息不完整，请重新打开本页后再填写。"


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A calendar day from 1900 to 2100, picked or typed; Chinese and dotted spellings are understood too.

    A day at the very end of the calendar has no next one, nor a midnight in every zone.
    """

    widget = DateInput
    default_error_messages: ClassVar = {
        "invalid": "请填写真实的日期，例如 2018-03-05。",
        "year": f"日期应在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，请核对年份。",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """Read the day, and refuse a year nobody alive was born in."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        return day


class SubmissionIdField(forms.UUIDField):
    """The hidden number of one filled-in form, so that sending it twice stores it once (safety I2)."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", uuid4)
        kwargs.setdefault("label", "表单编号")
        super().__init__(**kwargs)
        self.error_messages |= {"required": STALE_PAGE, "invalid": STALE_PAGE}

    def prepare_value(self, value: Any) -> Any:
        """A form shown without a number gets one."""
        return super().prepare_value(value) or str(uuid4())


def ask_by_name(fields: Iterable[forms.Field]) -> None:
    """Let a field left empty ask for itself (请选择方式。) where no sentence of its own was given."""
    for field in fields:
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            verb = "选择" if isinstance(field, forms.ChoiceField) else "填写"
            field.error_messages["required"] = f"请{verb}{field.label}。"


class SubmissionForm(forms.Form):
    """A create form; the row it makes keeps ``cleaned_data["submission_id"]``, unique per creator."""

    submission_id = SubmissionIdField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self.fields.values())


class SubmissionModelForm(forms.ModelForm):
    """The same for a ModelForm; the view or action puts the number on the row."""

    submission_id = SubmissionIdField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self.fields.values())


@dataclass(frozen=True)
class FieldConflict:
    """One field that reads differently here and in the database, both as the screen shows them."""

    label: str
    mine: str
    theirs: str


class EditConflict(Exception):
    """Somebody else saved the row after this page was opened; nothing has been written."""

    def __init__(self, fields: tuple[FieldConflict, ...], version: int) -> None:
        super().__init__("这条记录刚被他人修改。")
        self.fields = fields
        self.version = version


class VersionedModelForm(forms.ModelForm):
    """An edit of one ``Row`` that carries the version it was opened at (safety I1).

    The view calls ``save_versioned()`` and, on ``EditConflict``, shows ``components/conflict.html`` above
    the same form: the typed text stays and now stands on the newer version, so saving again is a decision.
    Fields named in ``secret_fields`` (safety L3) are never spelled out in a conflict.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, error_messages={"required": STALE_PAGE}
    )
    secret_fields: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        ask_by_name(self.fields.values())

    def _post_clean(self) -> None:
        """Let the whole row speak, so that a rule about a field not shown here is a sentence, not a crash."""
        super()._post_clean()  # type: ignore[misc]  # the stubs leave this hook out
        if self.errors:
            return
        try:
            self.instance.full_clean()
        except ValidationError as refused:
            for name, messages in refused.error_dict.items():
                self.add_error(name if name in self.fields else None, messages)

    @property
    def edited_fields(self) -> list[str]:
        """Names of the fields that differ from the row, the version aside."""
        return [name for name in self.changed_data if name != "version" and name in self.fields]

    def save_versioned(self, *, also: Iterable[str] = ()) -> bool:
        """Write exactly the edited fields and those named in ``also``, if the row is still as it was shown.

        False when there was nothing to write. Raises ``EditConflict`` when the row has moved on.
        """
        shown = self.cleaned_data["version"]
        if not self.edited_fields and shown == self.instance.version:
            return False
        self.save(commit=False)  # writes nothing; it readies save_m2m
        with transaction.atomic():
            rows = self.instance._meta.base_manager.filter(pk=self.instance.pk, version=shown)
            if rows.update(version=F("version") + 1) == 0:
                raise self._conflict()
            self.instance.version = shown + 1
            self.instance.save(update_fields=self._columns(also))
            self.save_m2m()
        return True

    def _columns(self, also: Iterable[str]) -> list[str]:
        """The edited columns with those that follow from them: blind indexes and moments of change."""
        edited = {*self.edited_fields, *also}
        return [
            field.name
            for field in self.instance._meta.concrete_fields
            if field.name in edited
            or getattr(field, "source", None) in edited
            or getattr(field, "auto_now", False)
        ]

    def _conflict(self) -> EditConflict:
        """Set my text against the row as it stands, and put the form on the newer version."""
        theirs = self.instance._meta.base_manager.get(pk=self.instance.pk)
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = str(theirs.version)
        self.data = data
        current = model_to_dict(theirs, fields=self.edited_fields)
        fields = [self._field_conflict(name, current.get(name)) for name in self.edited_fields]
        return EditConflict(tuple(field for field in fields if field.mine != field.theirs), theirs.version)

    def _field_conflict(self, name: str, theirs: object) -> FieldConflict:
        field = self.fields[name]
        label = str(field.label or name)
        if name in self.secret_fields:
            return FieldConflict(label, "您填写的号码", WITHHELD)
        return FieldConflict(
            label, shown_value(field, self.cleaned_data.get(name)), shown_value(field, theirs)
        )


def offer_rows(form: forms.BaseForm, name: str, rows: models.QuerySet) -> None:
    """Let a field of the form offer these rows and accept no others."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows


def shown_value(field: forms.Field, value: Any) -> str:
    """A field's value in the words the page uses for it; an empty one says so."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return "、".join(str(row) for row in value or ()) or EMPTY_TEXT
    if isinstance(field, forms.ModelChoiceField):
        row = value if isinstance(value, models.Model) else _row_of(field, value)
        return EMPTY_TEXT if row is None else str(row)
    if isinstance(field, forms.MultipleChoiceField):
        return "、".join(_choice_label(field, item) for item in value or ()) or EMPTY_TEXT
    if isinstance(field, forms.ChoiceField):
        return _choice_label(field, value)
    return _plain_text(value)


def _row_of(field: forms.ModelChoiceField, pk: Any) -> models.Model | None:
    """The row behind a choice, offered here or not."""
    rows = cast("models.QuerySet[models.Model]", field.queryset).model._meta.base_manager
    return rows.filter(pk=pk).first()


def _choice_label(field: forms.ChoiceField, value: Any) -> str:
    """The words of a choice, out of plain or grouped choices."""
    labels: dict[str, str] = {}
    for key, label in cast(Choices, field.choices):
        pairs = label if isinstance(label, list | tuple) else [(key, label)]
        labels |= {str(inner): str(words) for inner, words in pairs}
    return labels.get(str(value), "") or EMPTY_TEXT if value not in (None, "") else EMPTY_TEXT


def _plain_text(value: Any) -> str:
    """Days, moments, yes and no, and everything else as text."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, datetime):
        return moment_cn(value)
    if isinstance(value, date):
        return date_cn(value)
    return EMPTY_TEXT if value in (None, "") else str(value)
