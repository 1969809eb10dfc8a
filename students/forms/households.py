"""Forms about a household: its number and head, who belongs to it, and who does not."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from pairing_portal.lib.forms import STALE_PAGE, offer_rows
from pairing_portal.lib.identifiers import parse_resident_id
from pairing_portal.lib.text import CleanCharField, CleanNameField
from students.models import Student
from students.models.people import StudentQuerySet


class VersionField(forms.IntegerField):
    """The version of a row at which the page was opened."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"min_value": 0} | kwargs))
        self.error_messages |= {"required": STALE_PAGE, "invalid": STALE_PAGE, "min_value": STALE_PAGE}


class HouseholdForm(forms.Form):
    """Number and head of the household the pupil belongs to."""

    version = VersionField()
    home_version = VersionField(required=False)
    number = CleanCharField(
        label="户编号", max_length=20, required=False, help_text="同一户编号的学生自动归为一户。"
    )
    head_name = CleanNameField(label="户主姓名", required=False)
    head_id_number = CleanCharField(label="户主身份证号", max_length=30, required=False)

    def __init__(self, *args: Any, today: date, has_head_number: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["head_id_number"].help_text = "已登记；不改就留空。" if has_head_number else "可不填。"

    def rest_on(self, student: Student) -> None:
        """Put what was typed on the pupil and the household as they are now: saving again is a decision then."""
        home = student.household
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = str(student.version)
        data[self.add_prefix("home_version")] = str(home.version if home else 0)
        self.data = data

    def clean_home_version(self) -> int:
        """Nothing where the pupil had no household yet."""
        return int(self.cleaned_data["home_version"] or 0)

    def clean_head_id_number(self) -> str:
        """A valid number, normalised, or nothing."""
        typed = self.cleaned_data["head_id_number"]
        return parse_resident_id(typed, on=self.today).number if typed else ""


class FamilyChoiceField(forms.ModelChoiceField):
    """A pupil who may live in the same household, with what tells namesakes apart and why it may be so."""

    reasons: Mapping[int, str]

    def label_from_instance(self, obj: Any) -> str:
        """Name, school, address, and what the two have in common."""
        parts = (obj.name, obj.school_name, obj.address, self.reasons.get(obj.pk))
        return "，".join(part for part in parts if part)


class SiblingForm(forms.Form):
    """One pupil of those proposed or found."""

    version = VersionField()
    sibling = FamilyChoiceField(
        label="选出兄弟姐妹",
        queryset=Student.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请先选一名学生。",
            "invalid_choice": "这名学生不能选，请从名单中另选。",
        },
    )

    def __init__(
        self, *args: Any, pupils: StudentQuerySet, reasons: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "sibling", pupils)
        cast(FamilyChoiceField, self.fields["sibling"]).reasons = reasons


class LeaveForm(forms.Form):
    """The version of the pupil who is to leave the household."""

    version = VersionField()
