"""The three keys of an installation, each a file outside database, media and repository (safety D2)."""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_IRWXG, S_IRWXO

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
FILE_NAMES = {"secret": "secret.key", "encryption": "encryption.key", "blind_index": "blind_index.key"}
_FEWEST_DISTINCT_BYTES = 18  # 32 random bytes fall below this about once in a billion keys, fillers always do


@dataclass(frozen=True)
class Keys:
    """`secret` signs sessions and forms; `encryption` and `blind_index` are 32 random bytes each."""

    secret: str = field(repr=False)
    encryption: bytes = field(repr=False)
    blind_index: bytes = field(repr=False)


def make_keys(directory: Path) -> None:
    """Make the keys that are missing, readable by their owner alone; present ones are never touched."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file_name in FILE_NAMES.values():
        if not (directory / file_name).exists():
            _write_new(directory / file_name, base64.b64encode(secrets.token_bytes(KEY_BYTES)))


def load_keys(directory: Path) -> Keys:
    """Read the keys; ImproperlyConfigured if one is missing, open to others or a sample, or two are equal."""
    _refuse_open_to_others(directory)
    raw = {name: _read(directory / file_name) for name, file_name in FILE_NAMES.items()}
    if len(set(raw.values())) != len(raw):
        raise ImproperlyConfigured(
            f"Two keys in {directory} are the same: each file needs its own random key."
        )
    return Keys(raw["secret"].hex(), raw["encryption"], raw["blind_index"])


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that nobody else may read; one that another process made meanwhile stands."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise ImproperlyConfigured(f"The key {path} is missing. Make new keys only for an empty database.")
    _refuse_open_to_others(path)
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error:
        raise ImproperlyConfigured(f"The key {path} is not base64. Restore it from the safe copy.") from None
    if len(key) != KEY_BYTES or _looks_typed(key):
        raise ImproperlyConfigured(
            f"The key {path} is too short or a sample: it must be {KEY_BYTES} random bytes."
        )
    return key


def _looks_typed(key: bytes) -> bool:
    """Whether a person wrote the key: a repeated filler, or nothing but printable letters."""
    return len(set(key)) < _FEWEST_DISTINCT_BYTES or (key.isascii() and key.decode("ascii").isprintable())


def _refuse_open_to_others(path: Path) -> None:
    if path.exists() and path.stat().st_mode & (S_IRWXG | S_IRWXO):
        raise ImproperlyConfigured(f"Others may read {path}. Run: chmod go= {path}")
