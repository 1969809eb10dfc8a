"""Forms about classes and who leads them."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from pairing_portal.accounts.models import School, Teacher
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.lib.forms import SubmissionForm, SubmissionModelForm, VersionedModelForm, offer_rows
from pairing_portal.lib.school_years import GRADE_NAMES, Stage, entry_year
from pairing_portal.lib.standing import Standing, carry_standing, refuse_if_moved_on
from students.forms.fields import PastDateField, allow_days_until, offer_choices
from students.models import ClassTeacher, SchoolClass

NUMBER_AT_MOST = 60


class ClassNewForm(SubmissionModelForm):
    """A class, told by the grade it is in on the day; the entry year follows."""

    school = forms.ModelChoiceField(
        label="学校", queryset=School.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
    grade = forms.ChoiceField(label="年级", help_text="以所看日期为准；以后每年 9 月 1 日自动升级。")
    number = forms.IntegerField(
        label="班号", min_value=1, max_value=NUMBER_AT_MOST, help_text="如 2 表示 2 班。"
    )

    field_order = ("school", "grade", "number")

    class Meta:
        model = SchoolClass
        fields = ("school", "number")

    def __init__(self, *args: Any, schools: QuerySet[School], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        offer_rows(self, "school", schools)
        offer_choices(self, "grade", [("", "请选择"), *_grades()])

    def clean(self) -> None:
        """Turn the grade into stage and entry year."""
        super().clean()
        if grade := self.cleaned_data.get("grade"):
            stage, number = grade.split("-")
            self.instance.stage = Stage(stage)
            self.instance.entry_year = entry_year(int(number), self.day)


def _grades() -> list[tuple[str, str]]:
    return [
        (f"{stage}-{number}", name)
        for stage, names in GRADE_NAMES.items()
        for number, name in enumerate(names, start=1)
    ]


class ClassEditForm(VersionedModelForm):
    """Correct a class; its school stays, since its pupils' past hangs on it."""

    stage = forms.ChoiceField(label="学段", choices=Stage.choices)
    entry_year = forms.IntegerField(
        label="入学年份",
        min_value=2000,
        max_value=2100,
        help_text="读这个学段第一个年级那年，如 2017 年 9 月入学填 2017。",
    )
    number = forms.IntegerField(label="班号", min_value=1, max_value=NUMBER_AT_MOST)

    class Meta:
        model = SchoolClass
        fields = ("stage", "entry_year", "number")


class ClassTeacherForm(SubmissionForm):
    """Who leads the class from a day on."""

    teacher = forms.ModelChoiceField(
        label="班主任", queryset=Teacher.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
    on = PastDateField(label="从哪天起")

    def __init__(
        self,
        *args: Any,
        teachers: TeacherQuerySet,
        day: date,
        today: date,
        standing: Standing,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        carry_standing(self, standing)
        offer_rows(self, "teacher", teachers)
        allow_days_until(self, "on", today, day=day)

    def clean(self) -> None:
        """Whoever appoints a teacher has seen who leads the class now."""
        super().clean()
        refuse_if_moved_on(self, self.standing)


class ClassTeacherEndForm(forms.Form):
    """The class teacher is released without a successor."""

    on = PastDateField(label="结束日期", help_text="从这一天起不再担任。")
    reason = forms.ChoiceField(
        label="结束原因", choices=ClassTeacher.EndReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, day: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allow_days_until(self, "on", today, day=day)
