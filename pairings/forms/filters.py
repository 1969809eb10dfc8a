"""What the list of pairings and the choice of pupils can be narrowed by; a bad value narrows nothing."""

from datetime import date
from typing import Any

from django import forms

from pairing_portal.accounts.models import School, Teacher
from pairing_portal.accounts.models.places import SchoolQuerySet, TeacherQuerySet
from pairing_portal.lib.forms import DateField
from pairings.models import Heading
from pairings.models.pairings import PairingQuerySet
from students.models import Register


class SchoolField(forms.ModelChoiceField):
    """One school of the district, or all."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "学生所在学校",
            "queryset": School.objects.none(),
            "to_field_name": "public_id",
            "required": False,
            "empty_label": "全部学校",
        }
        super().__init__(**(defaults | kwargs))


class PairingFilter(forms.Form):
    """Which pairings, and as of which day."""

    on = DateField(label="截至日期", required=False)
    school = SchoolField()
    teacher = forms.ModelChoiceField(
        label="帮扶教师",
        queryset=Teacher.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="全部教师",
    )
    register = forms.ChoiceField(
        label="名册", required=False, choices=[("", "全部名册"), *Register.choices, ("none", "不在名册")]
    )
    focus = forms.ChoiceField(label="帮扶重点", required=False, choices=[("", "不限"), *Heading.choices])
    ended = forms.BooleanField(label="含本年已结束的", required=False)

    def __init__(self, *args: Any, schools: SchoolQuerySet, teachers: TeacherQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("school", schools), ("teacher", teachers)):
            field: Any = self.fields[name]
            field.queryset = rows
        self.full_clean()

    def day(self, default: date) -> date:
        """The day asked for, else the default."""
        return self._value("on") or default

    def apply(self, rows: PairingQuerySet, *, on: date, year: int) -> PairingQuerySet:
        """The rows of the day that meet every condition set."""
        rows = rows.begun(on) if self._value("ended") else rows.active(on)
        if school := self._value("school"):
            rows = rows.at_school(school, on)
        if teacher := self._value("teacher"):
            rows = rows.of_teacher(teacher)
        if register := self._value("register"):
            rows = rows.on_register("" if register == "none" else register, year, on)
        if focus := self._value("focus"):
            rows = rows.for_heading(focus)
        return rows

    def _value(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound else None


class PupilChoiceFilter(forms.Form):
    """Which pupils are offered for pairing."""

    school = SchoolField()
    show = forms.ChoiceField(
        label="学生", required=False, choices=[("", "只看未结对的"), ("all", "全部在册学生")]
    )

    def __init__(self, *args: Any, schools: SchoolQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools
        self.full_clean()

    @property
    def school_chosen(self) -> School | None:
        """The school asked for."""
        return self.cleaned_data.get("school") if self.is_bound else None

    @property
    def shows_all(self) -> bool:
        """Whether pupils who have a teacher are offered too."""
        return self.is_bound and self.cleaned_data.get("show") == "all"
