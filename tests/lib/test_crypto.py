"""Sealed values and blind indexes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing_portal.lib.crypto import SealBroken, blind_index, open_sealed, seal


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_sealed_value_opens_to_what_it_was(plaintext: bytes, aad: bytes) -> None:
    assert open_sealed(seal(plaintext, aad), aad) == plaintext


@given(st.binary(min_size=1, max_size=40), st.integers(0, 10_000), st.integers(1, 255))
def test_altered_sealed_value_does_not_open(plaintext: bytes, place: int, flip: int) -> None:
    sealed = bytearray(seal(plaintext, b"row"))
    sealed[place % len(sealed)] ^= flip

    with pytest.raises(SealBroken):
        open_sealed(bytes(sealed), b"row")


@given(st.integers(0, 40))
def test_shortened_sealed_value_does_not_open(length: int) -> None:
    with pytest.raises(SealBroken):
        open_sealed(seal(b"61089920", b"row")[:length], b"row")


def test_sealed_value_does_not_open_elsewhere() -> None:
    with pytest.raises(SealBroken):
        open_sealed(seal(b"secret", b"students_student.id_number.1"), b"students_student.id_number.2")


def test_sealing_twice_gives_different_bytes_of_known_length() -> None:
    first, second = seal(b"secret", b""), seal(b"secret", b"")

    assert first != second
    assert len(first) == len(b"secret") + 33


def test_blind_index_is_stable_and_bound_to_its_purpose() -> None:
    index = blind_index("students_student.id_number", "610899201003159018")

    assert index == blind_index("students_student.id_number", "610899201003159018")
    assert index != blind_index("students_student.student_number", "610899201003159018")
    assert len(index) == 64


def test_blind_index_cannot_be_shifted_between_purpose_and_value() -> None:
    assert blind_index("a", "b:c") != blind_index("a:b", "c")
