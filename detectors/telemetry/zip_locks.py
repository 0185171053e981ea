"""Opens locked zip members when a person gave the password: the old cipher, and AES as WinZip and 7-Zip write it.

Before this on the path: ``zips``. After it: ``zips``, which unpacks what comes out.
Formats: APPNOTE 6.1 (traditional) and https://www.winzip.com/en/support/aes-encryption/ (AE-1, AE-2).
A wrong password is never an error: the member stays locked, and that is told.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import Protocol

from Cryptodome.Cipher import AES
from Cryptodome.Util import Counter

from detectors.telemetry.unpacking import ArchiveBudget

_STRONG_LOCK, _MASKED, _SIZES_LATER = 0x40, 0x2000, 8
_AES_METHOD = 99
_AES_EXTRA = b"AE"
_KEY_BYTES = {1: 16, 2: 24, 3: 32}
_CHECK_BYTES, _SEAL_BYTES = 2, 10
_HEAD_BYTES = 12
_STEP_BYTES = 1 << 16


def _make_crc_table() -> tuple[int, ...]:
    """Compute what each byte adds to a CRC-32."""
    table = []
    for value in range(256):
        crc = value
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB8_8320 if crc & 1 else 0)
        table.append(crc)
    return tuple(table)


_CRC_TABLE = _make_crc_table()


class LockedEntry(Protocol):
    """What must be known of a locked member."""

    @property
    def flags(self) -> int:
        """General purpose flags."""

    @property
    def method(self) -> int:
        """Packing method, 99 for AES."""

    @property
    def time(self) -> int:
        """Time as written."""

    @property
    def crc(self) -> int:
        """Checksum of the unpacked bytes."""

    @property
    def extra(self) -> bytes:
        """Extra fields."""


def unlock(
    entry: LockedEntry, locked: memoryview, password: bytes | None, budget: ArchiveBudget
) -> tuple[int, memoryview] | None:
    """Return the packing method and the packed bytes, or None when it stays locked; raises BudgetSpent."""
    if password is None or entry.flags & (_STRONG_LOCK | _MASKED):
        return None
    if entry.method == _AES_METHOD:
        return _unlock_aes(entry.extra, locked, password)
    check = entry.time >> 8 & 0xFF if entry.flags & _SIZES_LATER else entry.crc >> 24
    opened = _unlock_traditional(locked, password, check, budget)
    return None if opened is None else (entry.method, memoryview(opened))


def _unlock_aes(extra: bytes, locked: memoryview, password: bytes) -> tuple[int, memoryview] | None:
    """Open AES: counter mode, keys by PBKDF2 with 1,000 rounds, sealed with HMAC-SHA1."""
    at = extra.find(_AES_EXTRA)
    if at < 0 or len(extra) < at + 5 or extra[at + 2] not in _KEY_BYTES:
        return None
    method = int.from_bytes(extra[at + 3 : at + 5], "little")
    key_bytes = _KEY_BYTES[extra[at + 2]]
    salt, body = bytes(locked[: key_bytes // 2]), locked[key_bytes // 2 :]
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * key_bytes + _CHECK_BYTES)
    check, cipher_text, seal = body[:_CHECK_BYTES], body[_CHECK_BYTES:-_SEAL_BYTES], body[-_SEAL_BYTES:]
    true_seal = hmac.digest(keys[key_bytes:-_CHECK_BYTES], cipher_text, "sha1")[:_SEAL_BYTES]
    if keys[-_CHECK_BYTES:] != check or true_seal != seal:
        return None
    counter = Counter.new(128, initial_value=1, little_endian=True)
    cipher = AES.new(keys[:key_bytes], AES.MODE_CTR, counter=counter)
    return method, memoryview(cipher.decrypt(cipher_text))


def _unlock_traditional(locked: memoryview, password: bytes, check: int, budget: ArchiveBudget) -> bytes | None:
    """Open the old cipher, a byte at a time; slow, so the clock is looked at between steps."""
    key_0, key_1, key_2 = 0x12345678, 0x23456789, 0x34567890
    table = _CRC_TABLE
    for byte in password:
        key_0 = key_0 >> 8 ^ table[(key_0 ^ byte) & 0xFF]
        key_1 = ((key_1 + (key_0 & 0xFF)) * 134_775_813 + 1) & 0xFFFF_FFFF
        key_2 = key_2 >> 8 ^ table[(key_2 ^ key_1 >> 24) & 0xFF]
    opened = bytearray()
    for start in range(0, len(locked), _STEP_BYTES):
        started = time.perf_counter()
        for byte in locked[start : start + _STEP_BYTES]:
            stream = key_2 | 2
            plain = byte ^ (stream * (stream ^ 1) >> 8 & 0xFF)
            opened.append(plain)
            key_0 = key_0 >> 8 ^ table[(key_0 ^ plain) & 0xFF]
            key_1 = ((key_1 + (key_0 & 0xFF)) * 134_775_813 + 1) & 0xFFFF_FFFF
            key_2 = key_2 >> 8 ^ table[(key_2 ^ key_1 >> 24) & 0xFF]
        if start == 0 and (len(opened) < _HEAD_BYTES or opened[_HEAD_BYTES - 1] != check):
            return None
        budget.charge(0, time.perf_counter() - started)
    return bytes(opened[_HEAD_BYTES:])
