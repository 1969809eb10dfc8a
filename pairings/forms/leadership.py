"""Giving and ending posts of the leading group."""

from datetime import date
from typing import Any

from django import forms

from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.lib.forms import DateField, SubmissionForm
from pairings.forms.choices import TeacherField
from pairings.models import LeadershipMember


class PostForm(SubmissionForm):
    """Who takes which post from when."""

    teacher = TeacherField()
    post = forms.ChoiceField(
        label="组内职务",
        choices=LeadershipMember.Post.choices,
        widget=forms.RadioSelect,
        help_text="一人可担任多个职务，分次登记。班主任自动是小组成员，不用登记。",
        error_messages={"required": "请选择职务。"},
    )
    started_on = DateField(label="任职日期", help_text="不晚于今天。")

    def __init__(self, *args: Any, teachers: TeacherQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = teachers  # type: ignore[attr-defined]  # a ModelChoiceField, by TeacherField


class PostEndForm(forms.Form):
    """When and why somebody leaves a post."""

    ended_on = DateField(label="结束日期", help_text="从这一天起不再担任。")
    end_reason = forms.ChoiceField(
        label="结束原因",
        choices=[("", "请选择原因"), *LeadershipMember.EndReason.choices],
        error_messages={"required": "请选择原因。"},
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ended_on", day)
