"""Text, names and addresses as they may enter the portal (safety B3)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pairing_portal.lib.accents import without_piles

_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_BREAK_RUN = re.compile(r"\s*[\n\t]\s*")
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})  # control; bidi and zero-width; half a character
_BRACKET_NOTE = re.compile(r"[（(【\[〔][^（(【\[〔）)】\]〕]*[）)】\]〕]")
_BLANKS_BUT_BETWEEN_LATIN = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")
_DOTS = str.maketrans(dict.fromkeys("•‧・∙⋅･．.", "·"))
_NAME_LENGTH = 30


def clean_text(value: str, *, multiline: bool = False) -> str:
    """NFC and trimmed, without control, bidi and zero-width characters; one line unless `multiline`."""
    if value.isprintable():  # nearly every cell of a workbook: nothing to take out
        return unicodedata.normalize("NFC", without_piles(value)).strip()
    lines = _BREAKS.sub("\n", value)
    visible = "".join(character for character in lines if _is_kept(character))
    if not multiline:
        visible = _BREAK_RUN.sub(" ", visible)
    return unicodedata.normalize("NFC", without_piles(visible)).strip()


def _is_kept(character: str) -> bool:
    if character in "\n\t":
        return True
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return False  # no character at all, and no XML file may hold it
    return unicodedata.category(character) not in _REMOVED_CATEGORIES


def clean_name(value: str) -> str:
    """A name of 1 to 30 letters (rare Chinese ones and · included), without bracket notes and blanks.

    ValidationError `name_missing`, `name_length` or `name_characters`.
    """
    name = _BRACKET_NOTE.sub("", clean_text(value)).translate(_DOTS)
    name = _BLANKS_BUT_BETWEEN_LATIN.sub("", " ".join(name.split())).strip("·-'’")
    if not name:
        raise ValidationError("请填写姓名。", code="name_missing")
    if len(name) > _NAME_LENGTH:
        raise ValidationError(f"姓名最多 {_NAME_LENGTH} 个字，请核对。", code="name_length")
    if not all(map(_is_name_character, name)):
        raise ValidationError(
            "姓名里只能有汉字、字母和间隔号“·”，请去掉数字和其他符号。", code="name_characters"
        )
    return name


def _is_name_character(character: str) -> bool:
    """Letters, 〇, ·, variation selectors, private and newer characters a name card may need."""
    return character in " ·-'’〇" or unicodedata.category(character) in {
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Mn",
        "Co",
        "Cn",
    }


class CleanCharField(forms.CharField):
    """One line of text, cleaned before its length is checked."""

    def to_python(self, value: Any) -> Any:
        """Clean what was typed."""
        return super().to_python(None if value is None else clean_text(str(value)))


class CleanTextField(forms.CharField):
    """Several lines of text, cleaned before their length is checked."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Clean what was typed."""
        return super().to_python(None if value is None else clean_text(str(value), multiline=True))


class CleanNameField(forms.CharField):
    """A person's name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": _NAME_LENGTH, **kwargs})

    def clean(self, value: Any) -> Any:
        """Check the name by the rules the import uses too."""
        return clean_name(text) if (text := super().clean(value)) else text


@dataclass(frozen=True)
class Address:
    """Town, village and group (or what else follows); together they are the whole text, nothing is lost."""

    town: str = ""
    village: str = ""
    group: str = ""


_ADDRESS = re.compile(
    r"(?P<town>.+?(?:镇|乡|街道办事处|街道))?"
    r"(?P<village>.+?(?:村委会|居委会|社区|村))?"
    r"(?P<group>[^村]*(?:村民小?组)?)"
)
_VILLAGE_WITHOUT_SUFFIX = re.compile(
    r"(?P<village>[^0-9]+?)(?P<group>第?[0-9一二三四五六七八九十]+(?:组|社|队))"
)


def parse_address(text: str) -> Address:
    """Split “麻镇王家墕村3组”; what cannot be told apart stays in `village`, digits become half-width."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean_text(text)))
    match = _ADDRESS.fullmatch(plain)
    if match is None:
        return Address(village=plain)
    town, village, group = (match[name] or "" for name in ("town", "village", "group"))
    if village or not group:
        return Address(town, village, group)
    short = _VILLAGE_WITHOUT_SUFFIX.fullmatch(group)
    return Address(town, short["village"], short["group"]) if short else Address(town, group, "")


def format_address(address: Address) -> str:
    """The three parts as printed on a list, in one."""
    return f"{address.town}{address.village}{address.group}"
