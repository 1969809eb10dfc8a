"""Identity numbers, student numbers, certificates and phones."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pairing_portal.lib import identifiers
from pairing_portal.lib.codes import DisabilityKind, Sex
from pairing_portal.lib.identifiers import ResidentId, make_resident_id, parse_resident_id

ON = date(2018, 3, 5)

made_numbers = st.builds(
    make_resident_id,
    region=st.just("610899"),
    birth_date=st.dates(date(1930, 1, 1), ON),
    sequence=st.integers(0, 999),
)


def error_code(text: str, parse: Callable[..., object] = parse_resident_id) -> str:
    """The code of the error that reading the text raises."""
    with pytest.raises(ValidationError) as caught:
        parse(text, on=ON)
    return caught.value.code or ""


@pytest.mark.parametrize(
    ("number", "sex"),
    [
        ("610899201003159018", Sex.MALE),
        ("610899201108209026", Sex.FEMALE),
        ("61089920100315919X", Sex.MALE),
        ("61089920110820978X", Sex.FEMALE),
    ],
)
def test_resident_id_tells_sex_and_birth_date(number: str, sex: Sex) -> None:
    resident_id = parse_resident_id(number, on=ON)

    assert (resident_id.number, resident_id.sex) == (number, sex)
    assert resident_id.region == "610899"
    assert f"{resident_id.birth_date:%Y%m%d}" == number[6:14]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("610899201802300014", "id_number_birth_date"),  # 30 February
        ("610899201108159560", "id_number_checksum"),
        ("610899200711257", "id_number_length"),  # the 15 digits of before 1999
        ("", "id_number_length"),
        ("6108992010031590189", "id_number_length"),
        ("6108992010031590I8", "id_number_characters"),
        ("61089920100315X018", "id_number_characters"),
        ("610899201803069012", "id_number_birth_date"),  # born tomorrow
        ("610899189912319012", "id_number_birth_date"),
        ("6.10899201003159e17", "id_number_length"),
        ("６１０８９９²⁰¹⁰０３１５９０１", "id_number_length"),
        ("٦١٠٨٩٩201003159018", "id_number_characters"),  # digits of another script
    ],
)
def test_resident_id_error_says_what_is_wrong(number: str, code: str) -> None:
    assert error_code(number) == code


def test_resident_id_of_fifteen_digits_has_its_own_sentence() -> None:
    with pytest.raises(ValidationError, match="15 位的旧身份证号"):
        parse_resident_id("610899071125079", on=ON)


def test_resident_id_never_shows_in_errors_or_repr() -> None:
    with pytest.raises(ValidationError) as caught:
        parse_resident_id("610899201003159019", on=ON)

    assert "61089920" not in str(caught.value)
    assert "61089920" not in repr(ResidentId("610899201003159018"))


@given(made_numbers)
def test_made_resident_id_reads_back(number: str) -> None:
    assert parse_resident_id(number, on=ON).number == number


@given(made_numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_resident_id_with_one_altered_character_fails(number: str, place: int, other: str) -> None:
    altered = number[:place] + other + number[place + 1 :]

    assert altered == number or error_code(altered).startswith("id_number_")


@given(made_numbers, st.integers(0, 16))
def test_resident_id_with_two_neighbours_swapped_fails(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert swapped == number or error_code(swapped).startswith("id_number_")


@pytest.mark.parametrize(
    "typed",
    [
        " 61089920100315919x ",
        "'61089920100315919X",
        "６１０８９９２０１００３１５９１９Ｘ",
        "610899 20100315 919x",
        "\ufeff6108992010\u200b0315919X\u3000",
        "‘61089920100315919x",
    ],
)
def test_identifier_is_normalised_before_it_is_read(typed: str) -> None:
    assert parse_resident_id(typed, on=ON).number == "61089920100315919X"


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_normalising_or_refusing_never_fails_otherwise(text: str) -> None:
    assert identifiers.normalise_identifier(text) == identifiers.normalise_identifier(f" {text}\u3000")
    assert error_code(text + "!").startswith("id_number_")


def test_resident_id_warnings_name_each_difference() -> None:
    resident_id = parse_resident_id("610899201003159018", on=ON)

    remarks = identifiers.resident_id_warnings(resident_id, sex="female", birth_date=date(2010, 3, 16))

    assert [remark.code for remark in remarks] == ["sex_differs_from_id", "birth_date_differs_from_id"]


@pytest.mark.parametrize("region", ["610899", "610822", "612723", "610881", "610806", "830000", "710000"])
def test_resident_id_of_a_known_province_is_not_remarked_on(region: str) -> None:
    number = make_resident_id(region, date(2010, 3, 15), 1)

    resident_id = parse_resident_id(number, on=ON)

    assert identifiers.resident_id_warnings(resident_id, sex="unknown", birth_date=date(2010, 3, 15)) == ()


def test_resident_id_of_no_province_is_remarked_on() -> None:
    resident_id = parse_resident_id(make_resident_id("990000", date(2010, 3, 15), 1), on=ON)

    assert [remark.code for remark in identifiers.resident_id_warnings(resident_id)] == ["region_unknown"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("g610899201003159018", "G610899201003159018"),
        ("J61089920100315919X", "J61089920100315919X"),
        ("L610899201003151234", "L610899201003151234"),
    ],
)
def test_student_number_is_read(typed: str, stored: str) -> None:
    assert identifiers.parse_student_number(typed, on=ON) == stored


@pytest.mark.parametrize(
    "typed", ["", "610899201003159018", "G610899201003159019", "K610899201003159018", "G61089"]
)
def test_student_number_of_another_shape_is_refused(typed: str) -> None:
    assert error_code(typed, identifiers.parse_student_number) == "student_number_shape"


@pytest.mark.parametrize(
    ("student_number", "id_number", "matches"),
    [
        ("G610899201003159018", "610899201003159018", True),
        ("G610899201003159018", "610899201108209026", False),
        ("L610899201003151234", "610899201108209026", True),
        ("G610899201003159018", "", True),
        ("", "610899201003159018", True),
    ],
)
def test_student_number_is_compared_with_id_number(
    student_number: str, id_number: str, matches: bool
) -> None:
    assert identifiers.student_number_matches(student_number, id_number) is matches
    assert (identifiers.student_number_remark(student_number, id_number) is None) is matches


def test_student_number_tells_whether_it_is_temporary() -> None:
    assert identifiers.is_temporary_student_number("L610899201003151234")
    assert not identifiers.is_temporary_student_number("G610899201003159018")


def test_disability_certificate_tells_holder_kind_and_level() -> None:
    certificate = identifiers.parse_disability_certificate("61089920100315919x42B1", on=ON)

    assert (certificate.id_number, certificate.kind, certificate.level) == (
        "61089920100315919X",
        DisabilityKind.LIMB,
        2,
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("610899201003159018", "disability_certificate_shape"),
        ("61089920100315901885", "disability_certificate_shape"),
        ("61089920100315901942", "id_number_checksum"),
    ],
)
def test_disability_certificate_error_says_what_is_wrong(typed: str, code: str) -> None:
    assert error_code(typed, identifiers.parse_disability_certificate) == code


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("09128700000", "0912-8700000"),
        ("（0912）8700000", "0912-8700000"),
        ("010-87000000", "010-87000000"),
    ],
)
def test_phone_is_cleaned_without_remark(typed: str, stored: str) -> None:
    assert identifiers.clean_phone(typed) == stored
    assert identifiers.phone_remark(typed) is None


@pytest.mark.parametrize("typed", ["8700000", "1381234567", "王婶转", "13812345678、13912345678"])
def test_phone_of_another_shape_is_kept_with_a_remark(typed: str) -> None:
    remark = identifiers.phone_remark(typed)

    assert identifiers.clean_phone(typed) == typed
    assert remark is not None
    assert remark.code == "phone_unusual"


def test_household_number_is_remarked_on_unless_ten_digits() -> None:
    remark = identifiers.household_number_remark("61847942")

    assert identifiers.household_number_remark("6184794249") is None
    assert remark is not None
    assert remark.code == "household_number_unusual"


@given(made_numbers)
def test_masked_number_shows_no_digit(number: str) -> None:
    assert identifiers.mask_number(number) == "●●●●●●"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("0912-8700123", "0912-****123"),
        ("13812345678、13912345678", "****"),
        ("", ""),
    ],
)
def test_phone_is_masked(phone: str, masked: str) -> None:
    assert identifiers.mask_phone(phone) == masked


def test_no_number_has_no_mask() -> None:
    assert identifiers.mask_number("") == ""
