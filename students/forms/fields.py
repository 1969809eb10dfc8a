"""Days in the past, classes by the name they have on a day, and choices that arrive when a form is made."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from pairing_portal.lib.forms import DateField
from students.models import SchoolClass
from students.models.classes import SchoolClassQuerySet


class PastDateField(DateField):
    """A day up to today; the form says by `allow_days_until` what today is."""


def allow_days_until(form: forms.BaseForm, name: str, today: date, *, day: date) -> None:
    """Refuse days after today, tell the browser's picker so, and fill `day` in."""
    field = form.fields[name]
    field.validators = [*field.validators, MaxValueValidator(today, "日期不能晚于今天。")]
    field.widget.attrs["max"] = f"{today:%Y-%m-%d}"
    field.initial = day


def offer_choices(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let a field of the form offer these choices and accept no others."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = list(choices)


class ClassChoiceField(forms.ModelChoiceField):
    """A class named as it is called on the day: 第一小学 三年级2班."""

    day: date

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "班级",
            "queryset": SchoolClass.objects.none(),
            "to_field_name": "public_id",
            "empty_label": "请选择",
            "error_messages": {"invalid_choice": "这个班不能选，请从名单中另选。"},
        }
        super().__init__(**(defaults | kwargs))

    def label_from_instance(self, obj: Any) -> str:
        """School, grade and number."""
        return f"{obj.school.name} {obj.name(self.day)}"


def offer_classes(form: forms.BaseForm, name: str, classes: SchoolClassQuerySet, day: date) -> None:
    """Offer these classes under their names of the day."""
    field = form.fields[name]
    if not isinstance(field, ClassChoiceField):
        raise TypeError(f"{name} offers no classes")
    field.day = day
    field.queryset = classes.select_related("school")
