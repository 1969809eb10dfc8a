"""Writing and correcting a study note."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from pairing_portal.lib.forms import DateField, SubmissionModelForm, VersionedModelForm
from pairing_portal.lib.text import CleanCharField
from pairings.models import StudyNote

EARLIEST = date(2000, 1, 1)


def _checked_day(form: forms.ModelForm, today: date) -> date:
    """The day of the note: none that has not come yet, none from before anybody noted anything."""
    day: date = form.cleaned_data["noted_on"]
    if day > today:
        raise forms.ValidationError("日期不能晚于今天。")
    if day < EARLIEST:
        raise forms.ValidationError("日期太早，请核对年份。")
    return day


class StudyNoteForm(SubmissionModelForm):
    """A note as its teacher writes it; pupil and teacher stand on the instance."""

    class Meta:
        model = StudyNote
        fields: ClassVar = ["words", "subject", "noted_on"]
        field_classes: ClassVar = {"words": CleanCharField, "subject": CleanCharField, "noted_on": DateField}
        widgets: ClassVar = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["noted_on"].widget.attrs["max"] = today.isoformat()

    def clean_noted_on(self) -> date:
        """Not in the future."""
        return _checked_day(self, self.today)


class StudyNoteCorrectionForm(VersionedModelForm):
    """A correction of any part of it."""

    class Meta(StudyNoteForm.Meta):
        pass

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["noted_on"].widget.attrs["max"] = today.isoformat()

    def clean_noted_on(self) -> date:
        """Not in the future."""
        return _checked_day(self, self.today)
