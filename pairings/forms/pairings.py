"""Making, changing, handing over and ending pairings."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.lib.forms import DateField, SubmissionForm, VersionedModelForm
from pairing_portal.lib.text import CleanCharField, CleanTextField
from pairings.forms.choices import PupilField, PupilsField, TeacherField
from pairings.models import Heading, Pairing
from students.models.people import StudentQuerySet

_Reason = Pairing.EndReason
HAND_OVER_REASONS = (_Reason.HANDED_OVER, _Reason.TEACHER_LEFT, _Reason.OTHER)
END_REASONS = tuple(reason for reason in _Reason if reason != _Reason.HANDED_OVER)
CHOOSE_REASON = ("", "请选择原因")


class FocusField(forms.MultipleChoiceField):
    """The headings of help this pairing is about."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "帮扶重点",
            "choices": Heading.choices,
            "required": False,
            "help_text": "可多选。",
        }
        super().__init__(**(defaults | kwargs))


class PairForm(SubmissionForm):
    """One pupil, one teacher, from a day on."""

    student = PupilField()
    teacher = TeacherField(label="帮扶教师")
    started_on = DateField(label="结对日期", help_text="不晚于今天。")
    focus = FocusField()
    measures = CleanCharField(label="帮扶措施", max_length=200, required=False)

    def __init__(
        self, *args: Any, students: StudentQuerySet, teachers: TeacherQuerySet, day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "student", students, day)
        _offer(self, "teacher", teachers, day)
        self.initial.setdefault("started_on", day)


class PairManyForm(SubmissionForm):
    """Several pupils for one teacher, from a day on."""

    students = PupilsField()
    teacher = TeacherField(
        label="帮扶教师", widget=forms.RadioSelect(attrs={"class": "form-check-input"}), empty_label=None
    )
    started_on = DateField(label="结对日期", help_text="不晚于今天。")
    focus = FocusField()

    def __init__(
        self, *args: Any, students: StudentQuerySet, teachers: TeacherQuerySet, day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "students", students, day)
        _offer(self, "teacher", teachers, day)
        self.initial.setdefault("started_on", day)


class PairingForm(VersionedModelForm):
    """What may be corrected on a pairing; teacher, pupil and days have pages of their own."""

    class Meta:
        model = Pairing
        fields: ClassVar = ["focus", "measures", "remark"]
        field_classes: ClassVar = {"measures": CleanCharField, "remark": CleanCharField}


class HandOverForm(SubmissionForm):
    """Who takes the pupil over, from which day, why, and what they should know."""

    teacher = TeacherField(label="接手教师")
    on = DateField(label="移交日期", help_text="从这一天起由接手教师帮扶，不晚于今天。")
    reason = forms.ChoiceField(
        label="移交原因", choices=[(each.value, each.label) for each in HAND_OVER_REASONS]
    )
    note = CleanTextField(
        label="交接说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="接手教师能看到：做过什么、约定了什么、要注意什么。",
    )

    def __init__(self, *args: Any, teachers: TeacherQuerySet, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "teacher", teachers, day)
        self.initial.setdefault("on", day)


class PairingEndForm(forms.Form):
    """When and why the pairing ends without a successor."""

    on = DateField(label="结束日期", help_text="从这一天起不再结对，不晚于今天。录入有误的，填结对日期当天。")
    reason = forms.ChoiceField(
        label="结束原因",
        choices=[CHOOSE_REASON, *((each.value, each.label) for each in END_REASONS)],
        error_messages={"required": "请选择原因。"},
    )
    note = CleanTextField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", day)


def _offer(form: forms.Form, name: str, rows: StudentQuerySet | TeacherQuerySet, day: date) -> None:
    """Give a choice field its rows, and the day whose school and class its labels tell."""
    field: Any = form.fields[name]
    field.on = day
    field.queryset = rows
