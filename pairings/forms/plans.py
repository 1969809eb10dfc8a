"""Writing and editing a help plan."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from pairing_portal.lib.forms import SubmissionModelForm, VersionedModelForm
from pairing_portal.lib.text import CleanCharField, CleanTextField
from pairings.models import HelpPlan

FIELD_CLASSES: dict[str, type[forms.Field]] = {
    "need": CleanTextField,
    "goal": CleanTextField,
    "measures": CleanCharField,
}
WIDGETS: dict[str, forms.Widget] = {
    "need": forms.Textarea(attrs={"rows": 4}),
    "goal": forms.Textarea(attrs={"rows": 3}),
    "measures": forms.Textarea(attrs={"rows": 3}),
}


class HelpPlanForm(SubmissionModelForm):
    """A new plan; the year can be chosen where the pairing has lasted for several."""

    year = forms.TypedChoiceField(label="年度", coerce=int)

    class Meta:
        model = HelpPlan
        fields: ClassVar = ["year", *HelpPlan.PARTS]
        field_classes: ClassVar = FIELD_CLASSES
        widgets: ClassVar = WIDGETS

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = self.fields["year"]
        if isinstance(year, forms.ChoiceField):
            year.choices = [(each, f"{each} 年度") for each in reversed(years)]
        if len(years) == 1:
            year.widget = forms.HiddenInput()


class HelpPlanEditForm(VersionedModelForm):
    """What may be changed on a plan; pairing and year stay."""

    class Meta:
        model = HelpPlan
        fields: ClassVar = [*HelpPlan.PARTS]
        field_classes: ClassVar = FIELD_CLASSES
        widgets: ClassVar = WIDGETS
