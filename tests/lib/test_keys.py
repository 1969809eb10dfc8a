"""Keys: made once, private, and refused when anything about them is wrong."""

import base64
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pairing_portal.lib.keys import load_keys, make_keys

FILE_NAMES = ["blind_index.key", "encryption.key", "secret.key"]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with a fresh set of keys."""
    make_keys(tmp_path / "keys")
    return tmp_path / "keys"


def test_keys_are_made_for_their_owner_alone(directory: Path) -> None:
    assert sorted(path.name for path in directory.iterdir()) == FILE_NAMES
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o600}
    assert directory.stat().st_mode & 0o777 == 0o700


def test_keys_are_random_and_tell_nothing_in_repr(directory: Path) -> None:
    keys = load_keys(directory)

    assert len({keys.secret.encode(), keys.encryption, keys.blind_index}) == 3
    assert len(keys.encryption) == len(keys.blind_index) == 32
    assert repr(keys) == "Keys()"


def test_making_keys_again_only_adds_the_missing_one(directory: Path) -> None:
    before = load_keys(directory)
    (directory / "secret.key").unlink()

    make_keys(directory)

    after = load_keys(directory)
    assert (after.encryption, after.blind_index) == (before.encryption, before.blind_index)
    assert after.secret != before.secret


@pytest.mark.parametrize("name", FILE_NAMES)
def test_missing_key_is_refused(directory: Path, name: str) -> None:
    (directory / name).unlink()

    with pytest.raises(ImproperlyConfigured, match=f"{name} is missing"):
        load_keys(directory)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_key_open_to_others_is_refused(directory: Path, mode: int) -> None:
    (directory / "encryption.key").chmod(mode)

    with pytest.raises(ImproperlyConfigured, match="Others may read"):
        load_keys(directory)


def test_directory_open_to_others_is_refused(directory: Path) -> None:
    directory.chmod(0o755)

    with pytest.raises(ImproperlyConfigured, match="Others may read"):
        load_keys(directory)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "too short or a sample"),
        (base64.b64encode(bytes(range(16))), "too short or a sample"),
        (base64.b64encode(bytes(32)), "too short or a sample"),
        (base64.b64encode(b"change-me-before-you-go-live-123"), "too short or a sample"),
        (b"change me!", "not base64"),
    ],
)
def test_sample_or_short_key_is_refused(directory: Path, content: bytes, reason: str) -> None:
    (directory / "blind_index.key").write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match=reason):
        load_keys(directory)


def test_same_key_twice_is_refused(directory: Path) -> None:
    (directory / "blind_index.key").write_bytes((directory / "encryption.key").read_bytes())

    with pytest.raises(ImproperlyConfigured, match="are the same"):
        load_keys(directory)
