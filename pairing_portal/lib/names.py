"""How people are found by name: columns that follow from a name and its pinyin, and the condition over them."""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.lookups import StartsWith
from django.db.models.sql.compiler import SQLCompiler

from pairing_portal.lib.pinyin import (
    given_name,
    initials_of,
    letters_of,
    pinyin_key,
    surname_splits,
    typed_letters,
)
from pairing_portal.lib.text import CleanCharField, clean_name

if TYPE_CHECKING:  # the stubs' fields are generic, Django's own are not
    _KeyColumn = models.CharField[str, str]
else:
    _KeyColumn = models.CharField

PINYIN_LENGTH = 120
INITIALS_AT_LEAST = 2
_HIGHEST = "\U0010ffff"  # sorts after every character a name may hold
_DERIVED: dict[str, Callable[[str], str]] = {
    "letters": letters_of,
    "initials": initials_of,
    "given_name": given_name,
}


class Begins(StartsWith):
    """`name__begins`: as `startswith`, but SQLite takes the range out of the column's index."""

    lookup_name = "begins"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """The stretch of the index between the text and the last of what begins with it."""
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, f"{self.rhs}{_HIGHEST}"]


models.CharField.register_lookup(Begins)


class NameKeyField(_KeyColumn):
    """A search key named like its rule, letters, initials or given_name, that follows `source` whenever the row is saved.

    `save(update_fields=…)` must name both.
    """

    description = "search key of a name"

    def __init__(self, *args: Any, source: str, rule: str, **kwargs: Any) -> None:
        super().__init__(
            *args, **{**kwargs, "max_length": PINYIN_LENGTH, "blank": True, "default": "", "editable": False}
        )
        self.source, self.rule = source, rule

    def deconstruct(self) -> Any:
        """Keep source and rule in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "rule": self.rule}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The key of the present source."""
        key = _DERIVED[self.rule](getattr(model_instance, self.source))
        setattr(model_instance, self.attname, key)
        return key


def name_indexes(kind: str) -> list[models.Index]:
    """One index per way into the whole district, each telling the pinyin too; `kind` begins their names."""
    keys = ("name", "given_name", "letters", "initials")
    return [models.Index(fields=["district", key, "pinyin"], name=f"{kind}_by_{key}") for key in keys]


def called(text: str) -> list[Q]:
    """The ways a name may answer to the text, each a stretch of one index; any of them is enough.

    Characters begin the name or the given name; letters begin the pinyin, are its initials, or spell the surname
    before the initials of the rest.
    """
    if letters := typed_letters(text):
        return list(_spelled(letters))
    try:
        name = clean_name(text)
    except ValidationError:
        return []
    return [Q(name__begins=name), Q(given_name__begins=name)]


def _spelled(letters: str) -> Iterator[Q]:
    yield Q(letters__begins=letters)
    if len(letters) >= INITIALS_AT_LEAST:
        yield Q(initials__begins=letters)
    for surname, rest in surname_splits(letters):
        yield Q(initials__begins=letters[0] + rest, pinyin__startswith=f"{surname} ")


def people_called(people: models.QuerySet, text: str) -> Q:
    """The condition for rows of the same model that answer to the text; `people` are those of one district.

    Lists stand in the order of the pinyin, so the readings are looked up first, each way through its own index, and
    the list is entered at each of them: joined by OR alone, SQLite would walk through the whole district.
    """
    ways = called(text)
    if not ways:
        return Q(pk__in=[])
    first, *others = (people.order_by().filter(way).values("pinyin") for way in ways)
    return Q(pinyin__in=first.union(*others)) & reduce(or_, ways)


def reading_of(name: str) -> str:
    """The pinyin of a name as its column holds it."""
    return pinyin_key(name)[:PINYIN_LENGTH]


def reading_field() -> CleanCharField:
    """The field in which the office corrects how a name is read."""
    return CleanCharField(
        label="姓名拼音",
        max_length=PINYIN_LENGTH,
        required=False,
        help_text="排序和查找用。读音不对就改，字间空一格，如 shan xiao；清空则按姓名重新生成。",
    )


def clean_reading(typed: str, *, kept: str) -> str:
    """A reading in lower case with single blanks, ü as v; ValidationError `reading` for other signs.

    What is `kept` on file may stay: it holds the character itself where nobody knows how to read it.
    """
    reading = " ".join(typed.lower().replace("ü", "v").split())
    if reading and reading != kept and not typed_letters(reading):
        raise ValidationError("拼音只用字母，字间空一格，如 shan xiao。", code="reading")
    return reading


def respell(form: forms.BaseForm) -> None:
    """Spell a name that changed anew, unless its pinyin was corrected in the same breath."""
    if "name" in form.changed_data and "pinyin" not in form.changed_data:
        form.cleaned_data["pinyin"] = ""
