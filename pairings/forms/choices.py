"""Choices of teachers and pupils, named so that two people of one name can be told apart."""

from datetime import date
from typing import Any

from django import forms

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.school_years import class_name
from students.models import Student


class TeacherField(forms.ModelChoiceField):
    """One teacher; the choices come from `pairings.metrics.teachers_with_load`."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "教师",
            "queryset": Teacher.objects.none(),
            "to_field_name": "public_id",
            "empty_label": "请选择教师",
            "error_messages": {
                "required": "请选择教师。",
                "invalid_choice": "这位教师不能选择，请从名单中另选。",
            },
        }
        super().__init__(**(defaults | kwargs))

    def label_from_instance(self, teacher: Any) -> str:
        """Name, school and how many pupils they help already."""
        return f"{teacher.name}（{teacher.school}，已帮扶 {teacher.pupils} 人）"


def pupil_label(pupil: Any, on: date) -> str:
    """Name, school and class of a pupil from `StudentQuerySet.with_place`."""
    place = class_name(pupil.stage, pupil.entry_year, pupil.class_number, on)
    where = f"{pupil.school_name} {place}" if pupil.school_name else "不在校"
    return f"{pupil.name}（{where}）"


class PupilField(forms.ModelChoiceField):
    """One pupil, with school and class of the day in the label."""

    on: date

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "学生",
            "queryset": Student.objects.none(),
            "to_field_name": "public_id",
            "empty_label": "请选择学生",
            "error_messages": {
                "required": "请选择学生。",
                "invalid_choice": "这名学生不能选择，请从名单中另选。",
            },
        }
        super().__init__(**(defaults | kwargs))

    def label_from_instance(self, pupil: Any) -> str:
        """Name, school and class."""
        return pupil_label(pupil, self.on)


class PupilsField(forms.ModelMultipleChoiceField):
    """Several pupils, ticked in a list."""

    on: date

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "学生",
            "queryset": Student.objects.none(),
            "to_field_name": "public_id",
            "widget": forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            "error_messages": {
                "required": "请至少勾选一名学生。",
                "invalid_choice": "有学生不能选择，请从名单中重新勾选。",
                "invalid_pk_value": "有学生不能选择，请从名单中重新勾选。",
            },
        }
        super().__init__(**(defaults | kwargs))

    def label_from_instance(self, pupil: Any) -> str:
        """Name, school and class."""
        return pupil_label(pupil, self.on)
