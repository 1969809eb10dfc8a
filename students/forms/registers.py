"""Forms about the two registers; each register has its own facts, in the words of the day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pairing_portal.lib.codes import (
    DIFFICULTY_TYPES,
    HOUSEHOLD_ATTRIBUTES,
    HOUSEHOLD_STATUSES,
    POVERTY_CAUSES,
    RELATIONS_TO_HEAD,
    CodeList,
    is_special_family_only,
    recognition_grades,
)
from pairing_portal.lib.forms import DateField, SubmissionModelForm, VersionedModelForm
from pairing_portal.lib.text import CleanCharField
from students.forms.fields import PastDateField, allow_days_until, offer_choices
from students.models import Register, RegisterEntry

COUNTY_FACTS = (
    "relation_to_head",
    "household_attribute",
    "poverty_cause",
    "household_status",
    "household_exit_year",
)
DISTRICT_FACTS = (
    "main_type",
    "further_types",
    "grade",
    "situation",
    "family_size",
    "income_per_head",
    "evidence",
    "recognised_on",
)
EARLIEST_EXIT = 2014


class EntryFacts(forms.ModelForm):
    """When the pupil was listed, and a remark: what both registers share."""

    listed_on = PastDateField(label="列入日期")
    remark = CleanCharField(label="备注", max_length=200, required=False)

    class Meta:
        model = RegisterEntry
        fields: tuple[str, ...] = ("listed_on", "remark")

    def __init__(self, *args: Any, day: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        allow_days_until(self, "listed_on", today, day=day)
        self.initial["listed_on"] = self.instance.listed_on or day

    def clean_listed_on(self) -> date:
        """Within the register's year."""
        listed_on: date = self.cleaned_data["listed_on"]
        if listed_on.year != self.instance.year:
            raise ValidationError(f"列入日期应在 {self.instance.year} 年之内。")
        return listed_on

    def offer(self, name: str, codes: CodeList) -> None:
        """Offer the names in use on the day, and the one already on the row."""
        names = list(codes.names(self.day))
        now = getattr(self.instance, name)
        kept = [now] if isinstance(now, str) and now else []
        words = [*names, *(each for each in kept if each not in names)]
        offer_choices(self, name, [("", "未填写"), *((each, each) for each in words)])


class CountyFacts(EntryFacts):
    """What the county's list says about the household."""

    relation_to_head = forms.ChoiceField(label="与户主关系", help_text="学生是户主的什么人。")
    household_status = forms.ChoiceField(label="脱贫状态")
    household_exit_year = forms.IntegerField(label="脱贫年度", min_value=EARLIEST_EXIT, required=False)
    household_attribute = forms.ChoiceField(label="贫困户属性", required=False)
    poverty_cause = forms.ChoiceField(label="主要致贫原因", required=False)

    class Meta(EntryFacts.Meta):
        fields = ("listed_on", *COUNTY_FACTS, "remark")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("relation_to_head", RELATIONS_TO_HEAD)
        self.offer("household_status", HOUSEHOLD_STATUSES)
        self.offer("household_attribute", HOUSEHOLD_ATTRIBUTES)
        self.offer("poverty_cause", POVERTY_CAUSES)

    def clean_household_exit_year(self) -> int | None:
        """Not after the register's year."""
        year: int | None = self.cleaned_data["household_exit_year"]
        if year is not None and year > self.instance.year:
            raise ValidationError(f"脱贫年度不能晚于 {self.instance.year} 年。")
        return year


class DistrictFacts(EntryFacts):
    """What the district recognised."""

    main_type = forms.ChoiceField(label="认定类型")
    further_types = forms.MultipleChoiceField(
        label="其他类型", required=False, widget=forms.CheckboxSelectMultiple
    )
    grade = forms.ChoiceField(label="困难等级", required=False, help_text="只有特殊家庭可以不填。")
    situation = CleanCharField(
        label="困难情况说明",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写事实，不写评价。",
    )
    family_size = forms.IntegerField(label="家庭人口", min_value=1, max_value=20, required=False)
    income_per_head = forms.DecimalField(
        label="人均年收入（元）", min_value=0, max_digits=10, decimal_places=2, required=False
    )
    evidence = CleanCharField(
        label="佐证材料", max_length=100, required=False, help_text="如：低保证、诊断书、村委会证明。"
    )
    recognised_on = DateField(label="认定日期", required=False)

    class Meta(EntryFacts.Meta):
        fields = ("listed_on", *DISTRICT_FACTS, "remark")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("main_type", DIFFICULTY_TYPES)
        types = dict.fromkeys([*DIFFICULTY_TYPES.names(self.day), *self.instance.further_types])
        offer_choices(self, "further_types", [(each, each) for each in types])
        grades = dict.fromkeys([*recognition_grades(self.day), self.instance.grade])
        offer_choices(self, "grade", [("", "未填写"), *((each, each) for each in grades if each)])

    def clean_further_types(self) -> tuple[str, ...]:
        """A tuple, as the row keeps it."""
        return tuple(self.cleaned_data["further_types"])

    def clean(self) -> None:
        """A grade goes with every economic hardship; care for a special family needs none."""
        super().clean()
        types = {self.cleaned_data.get("main_type", ""), *self.cleaned_data.get("further_types", ())} - {""}
        if types and not self.cleaned_data.get("grade") and not is_special_family_only(types):
            self.add_error("grade", "请选择困难等级；只有特殊家庭可以不填。")


class CountyEntryForm(CountyFacts, SubmissionModelForm):
    """Put a pupil on the county-filed register."""


class DistrictEntryForm(DistrictFacts, SubmissionModelForm):
    """Put a pupil on the district's own register."""


class CountyEntryEditForm(CountyFacts, VersionedModelForm):
    """Correct an entry of the county-filed register."""


class DistrictEntryEditForm(DistrictFacts, VersionedModelForm):
    """Correct an entry of the district's own register."""


NEW_FORMS: dict[str, type[CountyEntryForm | DistrictEntryForm]] = {
    Register.COUNTY_FILED: CountyEntryForm,
    Register.DISTRICT_RECOGNISED: DistrictEntryForm,
}
EDIT_FORMS: dict[str, type[CountyEntryEditForm | DistrictEntryEditForm]] = {
    Register.COUNTY_FILED: CountyEntryEditForm,
    Register.DISTRICT_RECOGNISED: DistrictEntryEditForm,
}
END_REASONS = [
    (code, words) for code, words in RegisterEntry.EndReason.choices if code != RegisterEntry.EndReason.MOVED
]


class EntryEndForm(forms.Form):
    """Take the pupil off the register."""

    on = PastDateField(label="移出日期", help_text="从这一天起不再计入这个名册。")
    reason = forms.ChoiceField(label="移出原因", choices=END_REASONS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, day: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allow_days_until(self, "on", today, day=day)


class RegisterChoice(forms.Form):
    """Which register a new pupil goes on, if any."""

    register = forms.ChoiceField(
        label="列入名册",
        choices=[("", "暂不列入"), *Register.choices],
        required=False,
        widget=forms.RadioSelect,
    )
