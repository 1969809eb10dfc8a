"""Which part of the log is shown."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from pairing_portal.accounts.models import User
from pairing_portal.audit.models import Action, AuditEventQuerySet
from pairing_portal.lib.forms import DateField, offer_rows


class AuditFilter(forms.Form):
    """By what was done, by whom, and when."""

    action = forms.ChoiceField(label="操作", required=False, choices=[("", "全部操作"), *Action.choices])
    person = forms.ModelChoiceField(
        label="操作人",
        required=False,
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="全部人员",
    )
    first = DateField(label="从", required=False)
    last = DateField(label="到", required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "person", people)

    def apply(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        """Narrow by what is understood; a mistyped day narrows nothing."""
        self.full_clean()
        if action := self.cleaned_data.get("action"):
            events = events.filter(action=action)
        if person := self.cleaned_data.get("person"):
            events = events.filter(actor=person)
        return events.during(self.cleaned_data.get("first"), self.cleaned_data.get("last"))
