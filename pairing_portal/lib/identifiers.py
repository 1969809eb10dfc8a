"""Resident identity numbers (GB 11643-1999) and the numbers schools build on them; phones and masks.

Hard errors are ValidationErrors with a code; soft ones are Remarks, shown and never in the way. No message
repeats a number. Region codes follow the day of registration, so only an unknown province is worth a remark.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import mul

from django.core.exceptions import ValidationError

from pairing_portal.lib.codes import DisabilityKind, Sex

_IGNORED = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_FORMER_LENGTH = 15
_EARLIEST_BIRTH = date(1900, 1, 1)
_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
) | {"71", "81", "82", "83"}


@dataclass(frozen=True)
class Remark:
    """A soft finding about a value: a stable code and a sentence for the clerk."""

    code: str
    message: str


@dataclass(frozen=True)
class ResidentId:
    """A valid 18-character resident identity number; its repr shows none of it."""

    number: str = field(repr=False)

    @property
    def region(self) -> str:
        """Six digits of the county (GB/T 2260) where the person was registered."""
        return self.number[:6]

    @property
    def birth_date(self) -> date:
        """Day of birth."""
        return date(int(self.number[6:10]), int(self.number[10:12]), int(self.number[12:14]))

    @property
    def sex(self) -> Sex:
        """Odd sequence numbers are given to boys, even ones to girls."""
        return Sex.MALE if int(self.number[16]) % 2 else Sex.FEMALE


def normalise_identifier(text: str) -> str:
    """Half-width and upper case, without blanks, invisible characters and a leading apostrophe; × is an X."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", _IGNORED.sub("", text)))
    return plain.lstrip("'‘’`").upper().replace("×", "X")


def resident_id_check_digit(first17: str) -> str:
    """The 18th character by ISO 7064 MOD 11-2, 0 to 9 or X."""
    total = sum(map(mul, _WEIGHTS, map(int, first17)))
    return _CHECK_DIGITS[total % 11]


def make_resident_id(region: str, birth_date: date, sequence: int) -> str:
    """A valid number for made-up people: region of six digits, sequence 0 to 999 (odd for boys)."""
    first17 = f"{region}{birth_date:%Y%m%d}{sequence:03d}"
    return first17 + resident_id_check_digit(first17)


def parse_resident_id(text: str, *, on: date) -> ResidentId:
    """Read a number; `on` is the latest birth date possible.

    ValidationError, in this order: `id_number_length`, `id_number_characters`, `id_number_birth_date`,
    `id_number_checksum`.
    """
    return _resident_id(normalise_identifier(text), on)


@lru_cache(maxsize=64)
def _resident_id(number: str, on: date) -> ResidentId:
    """The checked number; a student number repeats the one that stands beside it."""
    _check_length(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValidationError(
            "身份证号前 17 位应全是数字，最后一位是数字或 X，请核对。", code="id_number_characters"
        )
    birth_date = _calendar_date(number[6:14])
    if birth_date is None or not _EARLIEST_BIRTH <= birth_date <= on:
        raise ValidationError(
            "身份证号第 7 至 14 位不是真实的出生日期，请对照户口簿核对。", code="id_number_birth_date"
        )
    if number[17] != resident_id_check_digit(number[:17]):
        raise ValidationError(
            "身份证号校验不通过，至少有一位写错了，请对照户口簿核对。", code="id_number_checksum"
        )
    return ResidentId(number)


def _check_length(number: str) -> None:
    if len(number) == _FORMER_LENGTH and number.isdigit():
        raise ValidationError("这是 15 位的旧身份证号，请填写 18 位的新号码。", code="id_number_length")
    if len(number) != 18:
        raise ValidationError(
            f"身份证号应为 18 位，现在是 {len(number)} 位，请核对。", code="id_number_length"
        )


def _calendar_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def resident_id_warnings(
    resident_id: ResidentId, *, sex: str | None = None, birth_date: date | None = None
) -> tuple[Remark, ...]:
    """Where the number and the register differ: sex, birth date; and a number of no known province."""
    found = []
    if sex in (Sex.MALE, Sex.FEMALE) and sex != resident_id.sex:
        found.append(Remark("sex_differs_from_id", "性别与身份证号不一致，请核对。"))
    if birth_date is not None and birth_date != resident_id.birth_date:
        found.append(Remark("birth_date_differs_from_id", "出生日期与身份证号不一致，请核对。"))
    if resident_id.region[:2] not in _PROVINCES:
        found.append(Remark("region_unknown", "身份证号开头不是已知的省份代码，请核对。"))
    return tuple(found)


def parse_student_number(text: str, *, on: date) -> str:
    """The national student number (学籍号), 19 characters; ValidationError `student_number_shape`.

    G and a valid identity number; J (no identity number) or L (temporary) and 18 characters by shape only.
    """
    number = normalise_identifier(text)
    if not re.fullmatch(r"[GJL][0-9]{17}[0-9X]", number):
        raise ValidationError(
            "学籍号应为 G、J 或 L 开头加 18 位号码，共 19 位，请核对。", code="student_number_shape"
        )
    if number.startswith("G"):
        try:
            parse_resident_id(number[1:], on=on)
        except ValidationError:
            raise ValidationError(
                "G 开头的学籍号后面应是有效的身份证号，请核对。", code="student_number_shape"
            ) from None
    return number


def is_temporary_student_number(student_number: str) -> bool:
    """Whether the number, parsed before, is a temporary one (L)."""
    return student_number.startswith("L")


def student_number_matches(student_number: str, id_number: str) -> bool:
    """Whether both, parsed before, may be one person's: a number without G tells nothing."""
    return not (student_number.startswith("G") and id_number) or student_number[1:] == id_number


def student_number_remark(student_number: str, id_number: str) -> Remark | None:
    """`student_number_differs_from_id` where the two, parsed before, hold different identity numbers."""
    if student_number_matches(student_number, id_number):
        return None
    return Remark("student_number_differs_from_id", "学籍号里的身份证号与身份证号一栏不一致，请核对。")


@dataclass(frozen=True)
class DisabilityCertificate:
    """A disability certificate number: identity number, kind, level 1 to 4, and B1, B2 … for replacements."""

    number: str = field(repr=False)

    @property
    def id_number(self) -> str:
        """The holder's identity number."""
        return self.number[:18]

    @property
    def kind(self) -> DisabilityKind:
        """Kind of disability."""
        return DisabilityKind(self.number[18])

    @property
    def level(self) -> int:
        """1 (gravest) to 4."""
        return int(self.number[19])


def parse_disability_certificate(text: str, *, on: date) -> DisabilityCertificate:
    """Read the number; ValidationError `disability_certificate_shape`, or a code of the identity number."""
    number = normalise_identifier(text)
    if not re.fullmatch(r"[0-9]{17}[0-9X][1-7][1-4](B[0-9])?", number):
        raise ValidationError(
            "残疾人证号应为身份证号加 1 位类别和 1 位等级，共 20 位，请核对。",
            code="disability_certificate_shape",
        )
    parse_resident_id(number[:18], on=on)
    return DisabilityCertificate(number)


def household_number_remark(text: str) -> Remark | None:
    """`household_number_unusual` unless the number has the usual ten digits."""
    if re.fullmatch(r"[0-9]{10}", normalise_identifier(text)):
        return None
    return Remark("household_number_unusual", "户编号一般是 10 位数字，请核对。")


_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(01[0-9]|02[0-9]|0[3-9][0-9]{2})-?([2-9][0-9]{6,7})")


def clean_phone(text: str) -> str:
    """A mobile number as 11 digits, a landline as 0912-8700000; anything else half-width and as written."""
    plain = unicodedata.normalize("NFKC", _IGNORED.sub("", text)).lstrip("'‘’`")
    digits = re.sub(r"^(\+?86|0086)(?=1[3-9][0-9]{9}$)", "", re.sub(r"[-()]", "", plain))
    if _MOBILE.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(digits)
    return f"{landline[1]}-{landline[2]}" if landline else plain


def phone_remark(text: str) -> Remark | None:
    """`phone_unusual` unless the text is a mobile number or a landline with its area code."""
    phone = clean_phone(text)
    if _MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone):
        return None
    return Remark("phone_unusual", "联系电话不像手机号，也不像带区号的座机号，请核对。")


def mask_number(number: str) -> str:
    """That a secret number is on file, and no digit of it (safety D3); "" when there is none."""
    return "●●●●●●" if number else ""


def mask_phone(phone: str) -> str:
    """138****5678, 0912-****000; what is no phone number shows nothing but that something is there."""
    cleaned = clean_phone(phone)
    if _MOBILE.fullmatch(cleaned):
        return f"{cleaned[:3]}****{cleaned[-4:]}"
    if landline := _LANDLINE.fullmatch(cleaned):
        return f"{landline[1]}-****{landline[2][-3:]}"
    return "****" if cleaned else ""
