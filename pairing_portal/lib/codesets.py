"""A set of short codes in one text column, searchable in SQL on every database."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Contains

if TYPE_CHECKING:  # the stubs' fields are generic, Django's own are not
    _CodeColumn = models.CharField[Iterable[str], tuple[str, ...]]
else:
    _CodeColumn = models.CharField


class CodeSetField(_CodeColumn):
    """Several codes of one list, kept as `,study,living,` and read as a tuple in the order of the choices.

    `filter(headings__has="study")` finds the rows that carry a code.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs["default"] = ()
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *args: object) -> tuple[str, ...]:
        """Read the codes of a stored value."""
        return tuple(code for code in (value or "").split(",") if code)

    def to_python(self, value: Any) -> tuple[str, ...]:
        """Take a stored text or any list of codes, in the order of the choices."""
        codes = self.from_db_value(value) if isinstance(value, str) else tuple(value or ())
        order = [code for code, _ in self.flatchoices]
        return tuple(sorted(codes, key=lambda code: order.index(code) if code in order else len(order)))

    def get_prep_value(self, value: Any) -> str:
        """Write the codes with a comma on both sides of each."""
        codes = self.to_python(value)
        return f",{','.join(codes)}," if codes else ""

    def validate(self, value: Iterable[str], model_instance: models.Model | None) -> None:
        """Refuse a code that is not in the list; a field without choices leaves that to its form."""
        if not self.flatchoices:
            return
        known = {code for code, _ in self.flatchoices}
        if not set(value) <= known:
            raise ValidationError("请从列出的选项中选择。", code="invalid_choice")

    def run_validators(self, value: Any) -> None:
        """Check the length of the text that will be stored."""
        super().run_validators(self.get_prep_value(value))

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise as stored."""
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Offer the codes as check boxes."""
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            choices=self.flatchoices,
            required=False,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, codes: Iterable[str]) -> list[str]:
        """The words for the codes, in order."""
        words = dict(self.flatchoices)
        return [str(words.get(code, code)) for code in codes]


@CodeSetField.register_lookup
class Has(Contains):
    """`headings__has="study"`: the set holds the code."""

    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        """Search the code between its two commas."""
        return f",{self.rhs},"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """Compare as `contains` does; databases know no operator of our name."""
        return str(connection.operators["contains"] % rhs)
