"""How things stood when a page was opened, sent along with its form (safety I1).

An edit of one row rests on its version. A decision that ends one row and opens the next rests on what the page said:
whoever decides on an old page is told first how things stand now, with everything typed still on the page.
"""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.http import QueryDict

from pairing_portal.lib.models import Row
from pairing_portal.lib.text import CleanCharField

FIELD = "standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Which row is in force, as a mark to compare, and what that means in words."""

    mark: str
    words: str

    @classmethod
    def of(cls, row: Row | None, words: str) -> "Standing":
        """The row in force, if there is one, at its present version."""
        return cls(f"{row.public_id}-{row.version}" if row else "-", words)


def carry_standing(form: forms.Form, standing: Standing) -> None:
    """Let the form bring back the mark its page was opened with."""
    form.fields[FIELD] = CleanCharField(
        max_length=60, required=False, widget=forms.HiddenInput, initial=standing.mark
    )


def refuse_if_moved_on(form: forms.Form, standing: Standing) -> None:
    """Say how things stand now when they are not as the page showed them; sending again is a decision then."""
    shown = form.cleaned_data.pop(FIELD, "")
    if not shown or shown == standing.mark:
        return
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix(FIELD)] = standing.mark
    form.data = data
    form.add_error(
        None,
        f"打开本页后，情况已被他人变更，您的内容还没有办理。现在：{standing.words}。"
        "您填写的内容仍在下面，核对后可以再次提交。",
    )
