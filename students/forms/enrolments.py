"""Forms about class, boarding, moving and leaving."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from pairing_portal.lib.forms import SubmissionForm, ask_by_name
from pairing_portal.lib.standing import Standing, carry_standing, refuse_if_moved_on
from students.forms.fields import (
    ClassChoiceField,
    PastDateField,
    allow_days_until,
    offer_choices,
    offer_classes,
)
from students.models import Enrolment
from students.models.classes import SchoolClassQuerySet

BOARDING = [("no", "走读"), ("yes", "住校")]


class PlaceForm(forms.Form):
    """The class a pupil is entered in."""

    school_class = ClassChoiceField()
    boarding = forms.ChoiceField(label="就读方式", choices=BOARDING, initial="no", widget=forms.RadioSelect)
    started_on = PastDateField(label="从哪天起", help_text="这名学生从哪一天起在这个班。")
    start_reason = forms.ChoiceField(
        label="入班原因",
        choices=[
            (Enrolment.StartReason.REGISTERED, "在册登记"),
            (Enrolment.StartReason.TRANSFERRED, "转入"),
            (Enrolment.StartReason.PROMOTED, "升学"),
        ],
    )

    def __init__(
        self, *args: Any, classes: SchoolClassQuerySet, day: date, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_classes(self, "school_class", classes, day)
        allow_days_until(self, "started_on", today, day=day)
        ask_by_name(self.fields.values())

    def enrolment(self) -> Enrolment:
        """The enrolment as filled in, not yet anybody's."""
        return Enrolment(
            school_class=self.cleaned_data["school_class"],
            is_boarder=self.cleaned_data["boarding"] == "yes",
            started_on=self.cleaned_data["started_on"],
            start_reason=self.cleaned_data["start_reason"],
        )


class MoveForm(SubmissionForm):
    """Another class, another school, or another way of boarding, from a day on."""

    reason = forms.ChoiceField(label="办理事项", widget=forms.RadioSelect)
    school_class = ClassChoiceField(label="到哪个班")
    boarding = forms.ChoiceField(label="就读方式", choices=BOARDING, widget=forms.RadioSelect)
    on = PastDateField(label="从哪天起")

    def __init__(
        self,
        *args: Any,
        reasons: Iterable[tuple[str, str]],
        classes: SchoolClassQuerySet,
        day: date,
        today: date,
        standing: Standing,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        carry_standing(self, standing)
        offer_choices(self, "reason", reasons)
        offer_classes(self, "school_class", classes, day)
        allow_days_until(self, "on", today, day=day)

    def clean(self) -> None:
        """Whoever moves the pupil has seen where the pupil is."""
        super().clean()
        refuse_if_moved_on(self, self.standing)


class LeaveForm(forms.Form):
    """The pupil leaves, for good or for a while."""

    on = PastDateField(label="离校日期", help_text="从这一天起不再计入在校学生。")
    reason = forms.ChoiceField(label="原因", widget=forms.RadioSelect)
    rest = forms.ChoiceField(
        label="结对和名册怎么办",
        widget=forms.RadioSelect,
        help_text="按离校原因办理：转出、毕业、录入有误的，一并结束；休学、辍学的，保留结对和名册，继续帮扶。",
    )

    def __init__(
        self,
        *args: Any,
        reasons: Iterable[tuple[str, str]],
        rests: Sequence[tuple[str, str]],
        day: date,
        today: date,
        standing: Standing,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        carry_standing(self, standing)
        offer_choices(self, "reason", reasons)
        offer_choices(self, "rest", rests)
        self.initial.setdefault("rest", next(iter(rests))[0])
        allow_days_until(self, "on", today, day=day)

    def clean(self) -> None:
        """Whoever lets the pupil leave has seen where the pupil is."""
        super().clean()
        refuse_if_moved_on(self, self.standing)
