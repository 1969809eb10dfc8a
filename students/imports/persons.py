"""Names and phones as lists write them, alone or together: 张三 139…, 张三（父亲）, 139…（张三）."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from pairing_portal.lib.codes import parse_guardian_relation
from pairing_portal.lib.identifiers import clean_phone
from pairing_portal.lib.text import clean_name
from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.parsing import text
from students.imports.composites import NOTE, Facts

COMMON_NAME = re.compile(r"[\u4e00-\u9fff]{2,10}")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
PHONE_PART = re.compile(
    r"(?<!\d)(?:\+?86)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?[2-9]\d{6,7})(?!\d)", re.ASCII
)
SEPARATORS = re.compile(r"(?:联系)?(?:电话|手机|方式)(?:号码?)?|[:：,，、;；/|\s]+")
BRACKETS = str.maketrans(dict.fromkeys("()（）【】[]〔〕", " "))
SHORT_NAME = re.compile(r"[\u3400-\u9fff·〇\U00020000-\U0003134f]{2,8}")
NOBODY = {"本人", "家长", "学生", "监护人", "家里", "家庭", "座机", "宅电", "手机"}
PHONE_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Person:
    """The keys under which a list keeps somebody’s name, phone and, where it has one, relation to the pupil."""

    name: str
    phone: str
    relation: str = ""


def person_name(cell: Cell) -> str:
    """A person's name; the codes of `clean_name`, which has nothing to do for a name of common characters."""
    if type(cell) is str and COMMON_NAME.fullmatch(cell):
        return cell
    return clean_name(text(cell))


def phone(cell: Cell) -> str:
    """A phone number as the forms store it; what is none is kept as written, 30 characters at most."""
    if type(cell) is str and MOBILE.fullmatch(cell):
        return cell
    number = clean_phone(text(cell))
    if len(number) > PHONE_LENGTH:
        raise ValidationError(f"最多 {PHONE_LENGTH} 个字，请缩短。", code="text_too_long")
    return number


def person_with_phone(keys: Person) -> Callable[[Cell], str | Facts]:
    """A parser for a name that may bring its phone and relation."""

    def parse(cell: Cell) -> str | Facts:
        if type(cell) is str and COMMON_NAME.fullmatch(cell):
            return cell
        facts = _told(text(cell), keys)
        return facts if len(facts) > 1 else clean_name(text(cell))

    return parse


def phone_with_person(keys: Person) -> Callable[[Cell], str | Facts]:
    """A parser for a phone number that may bring whose it is."""

    def parse(cell: Cell) -> str | Facts:
        if type(cell) is str and MOBILE.fullmatch(cell):
            return cell
        facts = _told(text(cell), keys)
        return facts if len(facts) > 1 and keys.phone in facts else phone(cell)

    return parse


def _told(words: str, keys: Person) -> Facts:
    """Phone, relation and name out of one line, each where it can be told; nothing where two phones stand."""
    phones = PHONE_PART.findall(words)
    if len(phones) > 1:
        return Facts()
    facts = Facts({keys.phone: clean_phone(phones[0])} if phones else {})
    rest = PHONE_PART.sub(" ", words)
    for note in filter(_relation, NOTE.findall(rest) if keys.relation else ()):
        facts[keys.relation] = _relation(note)
        rest = rest.replace(note, " ")
    facts.update(_named(rest, keys))
    return facts


def _named(words: str, keys: Person) -> Facts:
    """Whom the words name, outside brackets first; a word like 奶奶 is a relation and no name."""
    for told in (NOTE.sub(" ", words), words.translate(BRACKETS)):
        parts = [part for part in SEPARATORS.split(told) if part and part not in NOBODY]
        relations = [part for part in parts if keys.relation and _relation(part)]
        facts = Facts({keys.relation: _relation(relations[0])} if relations else {})
        who = "".join(part for part in parts if part not in relations)
        if SHORT_NAME.fullmatch(who):
            facts[keys.name] = clean_name(who)
        if facts:
            return facts
    return Facts()


def _relation(words: str) -> str:
    try:
        return parse_guardian_relation(words)
    except ValidationError:
        return ""
