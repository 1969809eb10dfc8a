"""A new campaign asks for its year only; its dates are the plan's until somebody changes them."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from pairing_portal.lib.forms import DateField, FieldConflict, SubmissionForm, VersionedModelForm
from pairing_portal.lib.text import CleanCharField
from pairings.actions.campaigns import Period, check_phases
from pairings.models import Campaign, Phase

FIRST_YEAR, LAST_YEAR = 2015, 2099
PhaseRow = tuple[Phase, forms.BoundField, forms.BoundField]
_ENDS = ("starts_on", "ends_on")


class CampaignNewForm(SubmissionForm):
    """Which year the campaign is for."""

    year = forms.IntegerField(
        label="年度",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="如 2018。四个阶段先按方案的日期填好，下一页可以修改。",
        error_messages={"invalid": "请填写四位数的年份，如 2018。"},
    )


class CampaignForm(VersionedModelForm):
    """Title, deadline and the eight days of the four phases, saved together."""

    class Meta:
        model = Campaign
        fields: ClassVar = ["title", "report_due_on"]
        field_classes: ClassVar = {"title": CleanCharField, "report_due_on": DateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phases = list(self.instance.phases.all())
        ask_for_days(self, self.phases)

    def clean(self) -> dict[str, Any] | None:
        """Refuse phases that run into each other."""
        cleaned = super().clean()
        if len(periods := periods_in(self, self.phases)) == len(self.phases):
            check_phases(periods)
        return cleaned

    @property
    def periods(self) -> dict[int, Period]:
        """First and last day by phase number, as typed."""
        return periods_in(self, self.phases)

    @property
    def rows(self) -> list[PhaseRow]:
        """Each phase with its two fields, for the page."""
        return phase_rows(self, self.phases)

    @property
    def audited_fields(self) -> list[str]:
        """Names of what was edited, in the words of the log."""
        return sorted({"phases" if name.startswith("phase_") else name for name in self.edited_fields})

    def _field_conflict(self, name: str, theirs: object) -> FieldConflict:
        """A phase's day stands in the phase's own row."""
        if name.startswith("phase_"):
            _, number, end = name.split("_", 2)
            theirs = getattr(Phase.objects.get(campaign=self.instance.pk, number=number), end)
        return super()._field_conflict(name, theirs)


def ask_for_days(form: forms.BaseForm, phases: Iterable[Phase]) -> None:
    """Let the form ask for first and last day of each phase, filled in as they are."""
    for phase in phases:
        for end, label in (("starts_on", "开始日期"), ("ends_on", "结束日期")):
            form.fields[_name(phase.number, end)] = DateField(label=f"{phase}：{label}")
            form.initial[_name(phase.number, end)] = getattr(phase, end)


def periods_in(form: forms.BaseForm, phases: Iterable[Phase]) -> dict[int, Period]:
    """First and last day by phase number of the phases that were filled in whole."""
    days = {
        phase.number: [form.cleaned_data.get(_name(phase.number, end)) for end in _ENDS] for phase in phases
    }
    return {number: (first, last) for number, (first, last) in days.items() if first and last}


def phase_rows(form: forms.BaseForm, phases: Iterable[Phase]) -> list[PhaseRow]:
    """Each phase with its two fields."""
    first, last = _ENDS
    return [(each, form[_name(each.number, first)], form[_name(each.number, last)]) for each in phases]


def _name(number: int, end: str) -> str:
    return f"phase_{number}_{end}"
