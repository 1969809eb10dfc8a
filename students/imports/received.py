"""What a list said last, kept beside what is stored, so that no later list erases a correction unasked (design §4).

Facts are kept in the words a page prints, the two numbers by their keyed index, the class by what time does not
change of it.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from pairing_portal.lib.fields import index_of
from pairing_portal.lib.text import Address
from students.imports.facts import ENTRY_KEYS, PERSON_KEYS, SECRET, address_of, shown
from students.imports.places import Place
from students.imports.reading import Values
from students.models import SchoolClass, Student

Received = Mapping[str, str]
PLACE = "place"
AS_TEXT = json.JSONEncoder(ensure_ascii=False)
TOLD_BY_ID = ("sex", "birth_date")
ONE_YEAR_ONLY = {
    "recognised_on",
    "evidence",
    "remark",
}  # facts of a year that the next one does not take over
PUPIL_KEYS = (*PERSON_KEYS, "household_number", "head_name", "is_boarder")
UNSAID = {
    "nation": "汉族",
    "is_boarder": "走读",
    "is_disabled": "否",
    "sex": "未知",
}  # what is stored where nobody said anything


class Verdict(Enum):
    """What becomes of a fact that reads differently on the list."""

    TAKE = "take"
    KEEP = "keep"
    ASK = "ask"


def heard(text: str) -> Received:
    """What is kept of the lists so far; nothing for a row that never came by one."""
    return json.loads(text) if text else {}


def verdict(key: str, local: str, read: str, received: Received) -> Verdict:
    """Keep a correction the list knows nothing of, take what only the list changed, ask where both did.

    A row that never came by a list has nothing to keep; a fact no list named was typed in here.
    """
    if not received:
        return Verdict.TAKE
    if received.get(key) == read:
        return Verdict.KEEP
    return Verdict.TAKE if local == received.get(key, UNSAID.get(key, "")) else Verdict.ASK


def canonical(key: str, value: Any) -> str:
    """A fact as it is kept and compared."""
    if key in SECRET:
        return index_of(Student, key, value)
    return value if type(value) is str else shown(key, value)


def place_named(place: Place, on: date) -> str:
    """The class a list names."""
    _, *told = place.key(on)
    return _place_words(place.school.public_id, *told)


def place_stored(school_class: SchoolClass) -> str:
    """The same for a class on record."""
    told = (school_class.stage, school_class.entry_year, school_class.number)
    return _place_words(school_class.school.public_id, *told)


@lru_cache(maxsize=1024)
def _place_words(school: UUID, stage: str, entry_year: int, number: int) -> str:
    """Classmates share one."""
    return f"{school}/{stage}/{entry_year}/{number}"


def said_of_pupil(values: Values, stored: Address, place: str) -> dict[str, str]:
    """What a row says of the pupil and the class."""
    said = {key: canonical(key, values[key]) for key in PUPIL_KEYS if key in values}
    told = SECRET if "id_number" in values else (*SECRET, *TOLD_BY_ID)
    said |= {key: canonical(key, values[key]) for key in told if key in values}
    address = address_of(values, stored)
    if address is not None:
        said["address"] = shown("address", address)
    if place:
        said[PLACE] = place
    return said


def said_of_entry(values: Values) -> dict[str, str]:
    """What a row says for the register."""
    return {key: canonical(key, values[key]) for key in ENTRY_KEYS if key in values}


def recorded(received: Received, said: Mapping[str, str], differing: Collection[str]) -> str:
    """What is kept after a list, as it is stored.

    Where it agrees with a correction, what the list before it said stays: our own export, brought in again, must
    not turn corrections into received facts.
    """
    if not received:
        return AS_TEXT.encode(said)
    said = {
        key: words
        for key, words in said.items()
        if key in differing or words == received.get(key, UNSAID.get(key, ""))
    }
    return AS_TEXT.encode({**received, **said})
