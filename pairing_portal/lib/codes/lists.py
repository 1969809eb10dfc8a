"""What a code list is: names, the days they are in use, and the other spellings people type."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError

_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_SEPARATORS = re.compile(r"[、,;/+\n]+")


def normalise_word(text: str) -> str:
    """Half-width, without any blank: the form in which spellings are compared."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Code:
    """One name of a list, offered from `valid_from` to the day before `valid_to`; empty means open."""

    name: str
    spellings: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def in_use(self, on: date) -> bool:
        """Whether the name is offered on the day."""
        return (self.valid_from or date.min) <= on < (self.valid_to or date.max)


@dataclass(frozen=True)
class CodeList:
    """A titled list of codes; what is stored is always the code's own name."""

    title: str
    error_code: str
    codes: tuple[Code, ...]
    advice: str = ""

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    @cached_property
    def _names_by_spelling(self) -> dict[str, str]:
        return {
            normalise_word(word): code.name for code in self.codes for word in (*code.spellings, code.name)
        }

    def __contains__(self, word: str) -> bool:
        """Whether the word is a known spelling."""
        return normalise_word(word) in self._names_by_spelling

    def names(self, on: date | None = None) -> tuple[str, ...]:
        """Names in order: those in use on the day, or all of them."""
        return tuple(code.name for code in self.codes if on is None or code.in_use(on))

    def choices(self, on: date | None = None) -> list[tuple[str, str]]:
        """(value, label) pairs for a form field, both the name itself."""
        return [(name, name) for name in self.names(on)]

    def parse(self, text: str) -> str:
        """The stored name for any known spelling of any year; ValidationError with the list's code."""
        try:
            return self._names_by_spelling[normalise_word(text)]
        except KeyError:
            raise self.refusal(text) from None

    def parse_several(self, text: str) -> tuple[str, ...]:
        """Names out of “甲、乙”, without repeats, in the order written; blanks part them where nothing else does."""
        words = _SEPARATORS.split(unicodedata.normalize("NFKC", text))
        if len(words) == 1 and text not in self:
            words = text.split()
        return tuple(dict.fromkeys(self.parse(word) for word in words if normalise_word(word)))

    def refusal(self, text: str, names: tuple[str, ...] = ()) -> ValidationError:
        """The error that names what is accepted."""
        advice = self.advice or "可以填写：" + "、".join(names or self.names()) + "。"
        return ValidationError(
            f"{self.title}“{text.strip()[:20]}”不在可选范围内。{advice}", code=self.error_code
        )
