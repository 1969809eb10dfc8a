"""Where classes and single pupils go when the year turns, and the dates of the campaign that follows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from pairing_portal.lib.forms import (
    STALE_PAGE,
    DateField,
    EditConflict,
    FieldConflict,
    SubmissionForm,
    ask_by_name,
    shown_value,
)
from pairing_portal.lib.school_years import Stage
from pairing_portal.lib.text import CleanCharField
from pairings.actions.campaigns import check_phases
from pairings.actions.turn_choices import NewCampaign, TurnChoices
from pairings.forms.campaigns import PhaseRow, ask_for_days, periods_in, phase_rows
from pairings.models import Phase, Way
from students.actions.leaving_classes import Destination, LeavingClass
from students.models import Enrolment

WORDS = {
    Way.GRADUATED: "毕业离校，不在本学区就读",
    Way.TRANSFERRED: "转出学区",
    Way.GONE: "没有报到、去向不明（结对保留，继续跟踪）",
    Way.LATER: "以后再定",
}
Choice = tuple[str, str]


class PrepareForm(SubmissionForm):
    """Nothing to fill in: the turn of the year is begun."""


class DecisionForm(forms.Form):
    """Choices that carry the version they were opened at (safety I1)."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, error_messages={"required": STALE_PAGE}
    )

    def conflict(self, theirs: "DecisionForm") -> EditConflict:
        """Set my choices against those kept meanwhile, and put the form on the newer version."""
        version = int(theirs.initial["version"])
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = str(version)
        self.data = data
        found = [
            FieldConflict(
                str(field.label),
                shown_value(field, self.cleaned_data.get(name)),
                shown_value(theirs.fields[name], theirs.initial.get(name)),
            )
            for name, field in self.fields.items()
            if name != "version" and name in theirs.fields
        ]
        return EditConflict(tuple(each for each in found if each.mine != each.theirs), version)


class TurnForm(DecisionForm):
    """Where each class goes, and whether the next campaign is opened, with its days."""

    def __init__(
        self,
        *args: Any,
        classes: Sequence[LeavingClass],
        choices: TurnChoices,
        campaign: NewCampaign | None,
        version: int,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version
        self.classes, self.new_campaign = classes, campaign
        for leaving in classes:
            self._ask_where(leaving, choices, today)
        self.phases = _phases(campaign)
        if campaign is not None:
            self._ask_for_campaign(campaign, is_wanted=choices.campaign is not None)
        ask_by_name(self.fields.values())

    def _ask_where(self, leaving: LeavingClass, choices: TurnChoices, today: date) -> None:
        school_class = leaving.school_class
        self.fields[_of_class(leaving)] = forms.ChoiceField(
            label=f"{school_class.school.name} {school_class.last_name}",
            choices=[("", "请选择去向"), *class_choices(leaving, today)],
            help_text=f"{len(leaving.enrolments)} 名学生",
            error_messages={"invalid_choice": "这个去向不能选，请从名单中另选。"},
        )
        self.initial[_of_class(leaving)] = choices.classes.get(str(school_class.public_id), "")

    def _ask_for_campaign(self, campaign: NewCampaign, *, is_wanted: bool) -> None:
        self.fields["makes_campaign"] = forms.BooleanField(
            label=f"一并建立 {campaign.year} 年度活动", required=False
        )
        self.fields["title"] = CleanCharField(label="活动名称", max_length=60)
        self.fields["report_due_on"] = DateField(label="材料报送截止日")
        self.initial.update(
            makes_campaign=is_wanted, title=campaign.title, report_due_on=campaign.report_due_on
        )
        ask_for_days(self, self.phases)

    def clean(self) -> dict[str, Any] | None:
        """Dates of a campaign nobody wants are not looked at; the others must follow each other."""
        cleaned = super().clean()
        if not self.cleaned_data.get("makes_campaign"):
            for name in [name for name in self.errors if name in self._campaign_fields]:
                del self.errors[name]
        elif len(periods := periods_in(self, self.phases)) == len(self.phases):
            check_phases(periods)
        return cleaned

    @property
    def _campaign_fields(self) -> set[str]:
        return {
            name for name in self.fields if name in ("title", "report_due_on") or name.startswith("phase_")
        }

    @property
    def class_fields(self) -> list[forms.BoundField]:
        """The field of each class."""
        return [self[_of_class(leaving)] for leaving in self.classes]

    @property
    def phase_rows(self) -> list[PhaseRow]:
        """Each phase of the campaign with its two fields."""
        return phase_rows(self, self.phases)

    def chosen(self, former: TurnChoices) -> TurnChoices:
        """The choices as filled in; single pupils stay as they were decided."""
        data = self.cleaned_data
        classes = {str(each.school_class.public_id): data[_of_class(each)] for each in self.classes}
        campaign = None
        if self.new_campaign is not None and data["makes_campaign"]:
            campaign = NewCampaign(
                self.new_campaign.year, data["title"], data["report_due_on"], periods_in(self, self.phases)
            )
        return replace(former, classes=classes, campaign=campaign)


def _of_class(leaving: LeavingClass) -> str:
    return f"class_{leaving.school_class.public_id.hex}"


def _phases(campaign: NewCampaign | None) -> list[Phase]:
    """The campaign's phases, not yet stored."""
    periods = campaign.phases if campaign else {}
    return [
        Phase(number=number, starts_on=first, ends_on=last)
        for number, (first, last) in sorted(periods.items())
    ]


def class_choices(leaving: LeavingClass, today: date) -> list[Choice]:
    """The classes of the next stage, then the ways out; a kindergarten child does not graduate from school."""
    ways = [Way.GRADUATED, Way.TRANSFERRED, Way.GONE, Way.LATER]
    if leaving.school_class.stage == Stage.PRESCHOOL and leaving.destinations:
        ways.remove(Way.GRADUATED)
    goals = [(each.key, f"升入 {each.name(today)}") for each in leaving.destinations]
    return [*goals, *((way.value, WORDS[way]) for way in ways)]


class PupilsForm(DecisionForm):
    """Which pupils of one class go another way than the class."""

    def __init__(
        self,
        *args: Any,
        enrolments: Iterable[Enrolment],
        ways: Sequence[Choice],
        choices: TurnChoices,
        version: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version
        self.enrolments = list(enrolments)
        for enrolment in self.enrolments:
            self.fields[_of_pupil(enrolment)] = forms.ChoiceField(
                label=enrolment.student.name,
                required=False,
                choices=ways,
                error_messages={"invalid_choice": "这个去向不能选，请从名单中另选。"},
            )
            self.initial[_of_pupil(enrolment)] = choices.pupils.get(str(enrolment.student.public_id), "")

    @property
    def rows(self) -> list[tuple[Enrolment, forms.BoundField]]:
        """Each pupil with the field."""
        return [(enrolment, self[_of_pupil(enrolment)]) for enrolment in self.enrolments]

    def chosen(self, former: TurnChoices) -> TurnChoices:
        """The former choices with these pupils decided anew."""
        ways = {str(each.student.public_id): self.cleaned_data[_of_pupil(each)] for each in self.enrolments}
        return former.with_pupils(ways, ways)


def _of_pupil(enrolment: Enrolment) -> str:
    return f"pupil_{enrolment.student.public_id.hex}"


def pupil_choices(common: str, ways: Sequence[Choice], repeating: Destination, today: date) -> list[Choice]:
    """Along with the class, the same ways as the class has, or the year once more."""
    again = (Way.REPEATED.value, f"留级，到 {repeating.name(today)}")
    return [("", common), *ways, again]


STAYING_WAYS: tuple[Choice, ...] = tuple((way.value, WORDS[way]) for way in (Way.TRANSFERRED, Way.GONE))
