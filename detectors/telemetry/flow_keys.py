"""Says which packets belong to the same two ends: a key both directions share, and groups of equal keys.

Before this on the path: ``packets.py``. After it: ``flows.py``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ICMP, ICMP6

KEY_WORDS = 5
_ASKING = np.arange(256, dtype=np.uint16)
_ASKING[[0, 14, 16, 18, 129]] = [8, 13, 15, 17, 128]
"""ICMP type of an answer -> type of its question (RFC 792, RFC 950, RFC 4443); others stand for themselves."""
_HAS_IDENT = np.zeros(256, np.bool_)
_HAS_IDENT[[8, 128]] = True
_SECRETS = tuple(np.uint64(secrets.randbits(64) | 1) for _ in range(KEY_WORDS))
"""Nobody outside can choose ends whose hashes meet. Results do not depend on them, only speed does."""


@dataclass(frozen=True, slots=True)
class Heads:
    """What a key is made of, n packets."""

    source: NDArray[np.uint8]
    """[n, 16]"""
    target: NDArray[np.uint8]
    family: NDArray[np.uint8]
    protocol: NDArray[np.uint8]
    source_port: NDArray[np.uint16]
    """ICMP: type."""
    target_port: NDArray[np.uint16]
    sequence: NDArray[np.uint32]
    """ICMP echo: identifier << 16 | sequence."""


@dataclass(frozen=True, slots=True)
class Keys:
    """One key a packet, the same for both directions. The *low* end is the one that sorts first."""

    words: tuple[NDArray[np.uint64], ...]
    """Low address (two words), high address (two words), then low port, high port, protocol, family in one."""
    from_low: NDArray[np.bool_]
    """The low end sent it."""
    is_wide: bool
    """IPv6 is among them: the second words of the addresses say something."""

    def names(self, places: NDArray[np.int64]) -> list[bytes]:
        """Write some keys as bytes, for a dict."""
        return key_names(np.stack([word[places] for word in self.words], axis=1))


def key_names(words: NDArray[np.uint64]) -> list[bytes]:
    """Write keys [n, 5] as bytes, for a dict."""
    if not len(words):
        return []
    names: list[bytes] = np.ascontiguousarray(words).view(f"V{8 * KEY_WORDS}")[:, 0].tolist()
    return names


def make_keys(heads: Heads) -> Keys:
    """Put the ends of each packet in one order, whoever sent it.

    ICMP has no ports: an echo and its answer share the identifier and the type of the question.
    """
    source, target = (np.ascontiguousarray(end).view(np.uint64) for end in (heads.source, heads.target))
    source_port, target_port = heads.source_port, heads.target_port
    is_icmp = (heads.protocol == ICMP) | (heads.protocol == ICMP6)
    if is_icmp.any():
        kind = _ASKING[source_port & 0xFF]
        ident = np.where(_HAS_IDENT[kind], heads.sequence >> 16, 0).astype(np.uint16)
        source_port, target_port = np.where(is_icmp, kind, source_port), np.where(is_icmp, ident, target_port)
    is_wide = bool((heads.family == 6).any())  # noqa: PLR2004 - IPv6
    is_first = np.where(is_icmp, heads.source_port == source_port, source_port <= target_port)  # of a ping to itself
    from_low = _comes_first(source, target, is_first, is_wide=is_wide)
    low_port = np.where(from_low | is_icmp, source_port, target_port).astype(np.uint64)
    high_port = np.where(from_low | is_icmp, target_port, source_port).astype(np.uint64)
    last = (low_port << np.uint64(48)) | (high_port << np.uint64(32))
    last |= (heads.protocol.astype(np.uint64) << np.uint64(8)) | heads.family
    low = [np.where(from_low, source[:, part], target[:, part]) for part in (0, 1)]
    high = [np.where(from_low, target[:, part], source[:, part]) for part in (0, 1)]
    return Keys((*low, *high, last), from_low, is_wide)


def group(keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Bring packets of one key together, keeping their order in time.

    Returns:
        order [n] (places of packets) and starts [groups] (places in order).

    Sorting 64 bits of hash and place together is several times faster than a stable sort of keys. Keys whose hashes
    meet are found by comparing the keys themselves; then the slow way is taken for this window.
    """
    size = len(keys.from_low)
    used = keys.words if keys.is_wide else (keys.words[0], keys.words[2], keys.words[4])
    bits = np.uint64(max(1, size - 1).bit_length())
    mask = (np.uint64(1) << bits) - np.uint64(1)
    ranked = _hash(used) & ~mask
    ranked |= np.arange(size, dtype=np.uint64)
    ranked.sort()
    order = (ranked & mask).view(np.int64)
    ranked >>= bits
    is_same = ranked[1:] == ranked[:-1]
    for word in used:
        ordered = word[order]
        if np.any(is_same & (ordered[1:] != ordered[:-1])):
            return _group_exactly(keys)
    return order, np.concatenate(([0], np.flatnonzero(~is_same) + 1))


def _group_exactly(keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows = np.stack(keys.words, axis=1)
    _, inverse = np.unique(rows, axis=0, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    ordered = inverse[order]
    return order, np.concatenate(([0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1))


def _hash(words: tuple[NDArray[np.uint64], ...]) -> NDArray[np.uint64]:
    mixed = np.zeros(len(words[0]), np.uint64)
    for word, secret in zip(words, _SECRETS, strict=False):
        mixed ^= word
        mixed *= secret
        mixed ^= mixed >> np.uint64(31)
    mixed *= _SECRETS[-1]
    return mixed


def _comes_first(
    one: NDArray[np.uint64], other: NDArray[np.uint64], is_first: NDArray[np.bool_], *, is_wide: bool
) -> NDArray[np.bool_]:
    """Compare addresses; where they are equal, ``is_first`` decides."""
    for part in (1, 0) if is_wide else (0,):
        is_first &= one[:, part] == other[:, part]
        is_first |= one[:, part] < other[:, part]
    return is_first
