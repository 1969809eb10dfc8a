"""The district and its schools."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from pairing_portal.accounts.models import District, School
from pairing_portal.lib.forms import DateField, SubmissionModelForm, VersionedModelForm
from pairing_portal.lib.text import CleanCharField


class DistrictForm(SubmissionModelForm):
    """The office itself, on the first day."""

    class Meta:
        model = District
        fields: ClassVar = ["name", "county", "town", "county_office", "phone"]
        field_classes: ClassVar = dict.fromkeys(fields, CleanCharField)


class DistrictEditForm(VersionedModelForm):
    """The office's settings."""

    class Meta:
        model = District
        fields: ClassVar = ["name", "county", "town", "county_office", "phone", "visit_interval_days"]
        field_classes: ClassVar = dict.fromkeys(fields[:-1], CleanCharField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        interval = self.fields["visit_interval_days"]
        interval.widget.attrs |= {"min": 1, "max": 366}
        interval.validators += [
            MinValueValidator(1, "请填写 1 到 366 之间的天数。"),
            MaxValueValidator(366, "请填写 1 到 366 之间的天数。"),
        ]


class SchoolForm(SubmissionModelForm):
    """A new school."""

    class Meta:
        model = School
        fields: ClassVar = ["name", "short_name"]
        field_classes: ClassVar = dict.fromkeys(fields, CleanCharField)


class SchoolEditForm(VersionedModelForm):
    """A school's names; a closed one can be reopened by emptying its day."""

    class Meta:
        model = School
        fields: ClassVar = ["name", "short_name", "closed_on"]
        field_classes: ClassVar = {
            "name": CleanCharField,
            "short_name": CleanCharField,
            "closed_on": DateField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.closed_on is None:
            del self.fields["closed_on"]
        else:
            self.fields["closed_on"].help_text = "清空日期即恢复办学。"


class PastDayField(DateField):
    """A day up to today: what has not happened yet cannot be entered as done."""

    def __init__(self, **kwargs: Any) -> None:
        self.latest: date | None = None
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        """Refuse days to come."""
        super().validate(value)
        if self.latest is not None and value is not None and value > self.latest:
            raise forms.ValidationError("日期不能晚于今天。")


def up_to(form: forms.Form, name: str, today: date, proposed: date) -> None:
    """Set the last day a field allows and the one it starts with."""
    field = form.fields[name]
    if not isinstance(field, PastDayField):
        raise TypeError(f"{name} is no day in the past")
    field.latest = today
    field.initial = min(proposed, today)
    field.widget.attrs["max"] = today.isoformat()


class SchoolCloseForm(forms.Form):
    """From when on the school is closed."""

    on = PastDayField(label="停办日期")

    def __init__(self, *args: Any, today: date, proposed: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        up_to(self, "on", today, proposed)
