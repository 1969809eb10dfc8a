"""Sealing and blind indexes for secret numbers and blobs (safety D1); the keys come from `PORTAL_KEYS_DIR`.

A sealed value: 1 byte format, 4 bytes key id, 12 bytes random nonce, AES-256-GCM text with its 16-byte tag.
Format and key id are authenticated together with the caller's associated data.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from pairing_portal.lib.keys import Keys, load_keys

_FORMAT = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_HEAD_BYTES = len(_FORMAT) + _KEY_ID_BYTES
_TAG_BYTES = 16


class SealBroken(Exception):
    """A sealed value was altered, moved to another row or field, or sealed under another key."""


@lru_cache(maxsize=1)
def _keys() -> Keys:
    return load_keys(Path(settings.PORTAL_KEYS_DIR))


@lru_cache(maxsize=1)
def _cipher() -> tuple[bytes, AESGCM]:
    """The head in front of every value under the present key, and the cipher itself."""
    key = _keys().encryption
    key_id = hashlib.sha256(b"pairing-portal key id" + key).digest()[:_KEY_ID_BYTES]
    return _FORMAT + key_id, AESGCM(key)


def seal(plaintext: bytes, aad: bytes) -> bytes:
    """Encrypt so that the value opens only with the same associated data; 33 bytes longer than the text."""
    head, cipher = _cipher()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + cipher.encrypt(nonce, plaintext, head + aad)


def open_sealed(sealed: bytes, aad: bytes) -> bytes:
    """Decrypt what `seal` made with the same associated data; SealBroken otherwise."""
    head, cipher = _cipher()
    if len(sealed) < _HEAD_BYTES + _NONCE_BYTES + _TAG_BYTES or sealed[:_HEAD_BYTES] != head:
        raise SealBroken("The value was not sealed under the present key.")
    nonce, text = sealed[_HEAD_BYTES : _HEAD_BYTES + _NONCE_BYTES], sealed[_HEAD_BYTES + _NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, text, head + aad)
    except InvalidTag:
        raise SealBroken("The value was altered, or belongs to another row or field.") from None


def blind_index(purpose: str, normalised: str) -> str:
    """Keyed index of a normalised value, 64 hex digits; two purposes give unrelated ones."""
    message = f"{len(purpose)}:{purpose}:{normalised}".encode()
    return hmac.digest(_keys().blind_index, message, "sha256").hex()
