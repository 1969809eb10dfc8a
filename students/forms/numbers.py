"""Forms about secret numbers: finding a pupil by one, and asking to see them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pairing_portal.lib.identifiers import normalise_identifier, parse_resident_id, parse_student_number
from pairing_portal.lib.text import CleanCharField
from students.models.people import StudentQuerySet

ID_LENGTH = 18
STUDENT_NUMBER_LENGTH = 19
REASON_AT_LEAST = 4
NOT_FOUND = "没有找到这个号码的学生。请核对号码；学生也可能不在您能查看的范围内。"


class FindForm(forms.Form):
    """A whole ID number or student number; parts of one find nobody."""

    number = CleanCharField(
        label="身份证号或学籍号",
        max_length=40,
        help_text="填写完整的 18 位身份证号或 19 位学籍号。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_number(self) -> str:
        """The normalised number."""
        number = normalise_identifier(self.cleaned_data["number"])
        if len(number) == ID_LENGTH:
            return parse_resident_id(number, on=self.today).number
        if len(number) == STUDENT_NUMBER_LENGTH:
            return parse_student_number(number, on=self.today)
        raise ValidationError("请填写完整的 18 位身份证号或 19 位学籍号。")

    def apply(self, students: StudentQuerySet) -> StudentQuerySet:
        """The pupil of exactly this number, or nobody."""
        number = self.cleaned_data["number"]
        if len(number) == STUDENT_NUMBER_LENGTH:
            return students.with_student_number(number)
        return students.with_id_number(number)


class ReasonForm(forms.Form):
    """Why somebody needs to see the numbers; it is kept in the log."""

    reason = CleanCharField(
        label="查看原因",
        min_length=REASON_AT_LEAST,
        max_length=100,
        help_text="如：办理资助申请。原因会记入操作记录。",
        error_messages={"min_length": "请写明原因，至少 4 个字。"},
    )
