"""Passwords are costly to guess from the hash, and easy ones are refused."""

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.lib.passwords import PortalArgon2Hasher, ZxcvbnValidator
from tests.builders import make_user


def test_hash_is_argon2id_at_19_mebibytes() -> None:
    hasher = PortalArgon2Hasher()

    encoded = hasher.encode("四月 green 竹林 kettle", hasher.salt())

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hasher.verify("四月 green 竹林 kettle", encoded)
    assert not hasher.verify("四月 green 竹林 kettle ", encoded)


@pytest.mark.parametrize(
    "password", ["password1234", "123456789012", "qwertyuiop[]", "aaaaaaaaaaaaaaa", "1qaz2wsx3edc"]
)
def test_guessable_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        ZxcvbnValidator().validate(password)


def test_unrelated_words_are_accepted() -> None:
    ZxcvbnValidator().validate("竹林 kettle 四月 orbit")


@pytest.mark.django_db
def test_own_sign_in_name_is_no_password() -> None:
    user = make_user(username="zhangweiming2018")
    with pytest.raises(ValidationError):
        ZxcvbnValidator().validate("zhangweiming2018", user)


def test_very_long_password_is_judged_quickly() -> None:
    ZxcvbnValidator().validate("竹林 kettle 四月 orbit " * 200)
