"""The facts of a pupil that a list can change, as stored and as read, and the differences between the two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pairing_portal.lib.codes import Sex
from pairing_portal.lib.fields import index_of
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.lib.text import Address, format_address
from students.imports.columns import TITLES
from students.imports.reading import Values
from students.models import Enrolment, RegisterEntry, Student

PERSON_KEYS = ("name", "nation", "is_disabled", "guardian_name", "guardian_relation", "guardian_phone")
ENTRY_KEYS = (
    "relation_to_head",
    "household_attribute",
    "poverty_cause",
    "household_status",
    "household_exit_year",
    "main_type",
    "further_types",
    "grade",
    "family_size",
    "income_per_head",
    "situation",
    "evidence",
    "recognised_on",
    "remark",
)
INDEXED = ("id_number", "student_number")
SECRET = {*INDEXED, "disability_certificate", "head_id_number"}
WORDS = {
    "is_boarder": {True: "住校", False: "走读"},
    "is_disabled": {True: "是", False: "否"},
}
ADDRESS_KEYS = ("town", "village", "village_group")


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs: its key, its title, what is stored and what the list says, in words."""

    key: str
    label: str
    old: str
    new: str


def address_of(values: Values, stored: Address) -> Address | None:
    """The row's address in one cell or in parts; a part left blank keeps what is stored."""
    if "address" in values:
        whole: Address = values["address"]
        return whole
    if not any(key in values for key in ADDRESS_KEYS):
        return None
    parts = zip(ADDRESS_KEYS, (stored.town, stored.village, stored.group), strict=True)
    return Address(*(values.get(key, kept) for key, kept in parts))


def stored_address(student: Student) -> Address:
    """The pupil's address in its three parts."""
    return Address(student.town, student.village, student.village_group)


def differing(
    values: Values, student: Student, place: Enrolment | None, entry: RegisterEntry | None
) -> dict[str, tuple[Any, Any]]:
    """Facts on the row that differ from those stored, as (stored, read); a blank or absent cell says nothing."""
    stored = {key: getattr(student, key) for key in PERSON_KEYS}
    if student.household is not None:
        stored |= {"household_number": student.household.number, "head_name": student.household.head_name}
    if place is not None:
        stored["is_boarder"] = place.is_boarder
    if entry is not None:
        stored |= {key: getattr(entry, key) for key in ENTRY_KEYS}
    found = {
        key: (stored.get(key, ""), values[key])
        for key in (*PERSON_KEYS, "household_number", "head_name", *_dated_keys(place, entry))
        if key in values and values[key] != stored.get(key, "")
    }
    return found | _identity(values, student) | _sealed(values, student) | _address(values, student)


def _dated_keys(place: Enrolment | None, entry: RegisterEntry | None) -> tuple[str, ...]:
    """Facts that can only be compared where there is a place or an entry to hold them."""
    return (*(("is_boarder",) if place is not None else ()), *(ENTRY_KEYS if entry is not None else ()))


def _address(values: Values, student: Student) -> dict[str, tuple[Any, Any]]:
    stored = stored_address(student)
    read = address_of(values, stored)
    return {"address": (stored, read)} if read not in (None, stored) else {}


def _identity(values: Values, student: Student) -> dict[str, tuple[Any, Any]]:
    """Both numbers by their indexes; sex and birth date only where no ID number tells them."""
    found: dict[str, tuple[Any, Any]] = {}
    for key in INDEXED:
        if key in values and index_of(Student, key, values[key]) != getattr(student, f"{key}_index"):
            found[key] = (getattr(student, key), values[key])
    if "id_number" not in values and not student.id_number_index and not student.override_reason:
        for key in ("sex", "birth_date"):
            if key in values and values[key] != getattr(student, key):
                found[key] = (getattr(student, key), values[key])
    return found


def _sealed(values: Values, student: Student) -> dict[str, tuple[Any, Any]]:
    """Numbers that nobody is searched by: opened only where the list names one."""
    holders = {"disability_certificate": student, "head_id_number": student.household}
    stored = {key: getattr(holder, key, "") for key, holder in holders.items() if key in values}
    return {key: (old, values[key]) for key, old in stored.items() if old != values[key]}


def in_words(found: Mapping[str, tuple[Any, Any]]) -> tuple[Change, ...]:
    """The differences as a page shows them; secret numbers keep their digits to themselves."""
    return tuple(Change(key, TITLES[key], *_pair(key, *pair)) for key, pair in found.items())


def _pair(key: str, old: Any, new: Any) -> tuple[str, str]:
    if key in SECRET:
        return ("已登记的号码" if old else "", "名单上的号码")
    return shown(key, old), shown(key, new)


def shown(key: str, value: Any) -> str:
    """One fact in words."""
    if value in (None, ""):
        return ""
    if key in WORDS:
        return WORDS[key][value]
    if key == "sex":
        return str(Sex(value).label)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, Address):
        return format_address(value)
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, date):
        return date_cn(value)
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)


def named(keys: Iterable[str]) -> str:
    """Titles of several facts in one line."""
    return "、".join(TITLES[key] for key in keys)
