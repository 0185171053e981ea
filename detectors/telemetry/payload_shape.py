"""Tells what the first bytes of payloads look like: how random, how readable.

Before this on the path: windows of packets. After it: ``flows.py`` and ``lan.py``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

HEAD_BYTES = 64
_AT_ONCE = 1024
"""Payloads counted together: their 257 counters each stay in the processor's cache."""
_LOG2 = np.log2(np.maximum(np.arange(HEAD_BYTES + 1), 1)).astype(np.float32)
_IS_READABLE = np.zeros(256, np.bool_)
_IS_READABLE[[9, 10, 13, *range(32, 127)]] = True
_BINS = 257
"""One for each byte, and one for places without any."""


def shape_heads(
    data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Measure the first 64 bytes of each payload.

    Args:
        data: The window.
        starts: [n] offset of each payload.
        lengths: [n] bytes that are there.

    Returns:
        Shannon entropy in bits per byte, and share of printable ASCII (tab and line ends count); -1 without bytes.
    """
    entropy, printable = np.full(len(starts), -1, np.float32), np.full(len(starts), -1, np.float32)
    for begin in range(0, len(starts) if len(data) else 0, _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        entropy[part], printable[part] = _shape(data, starts[part], np.minimum(lengths[part], HEAD_BYTES))
    return entropy, printable


def _shape(
    data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Sum log2 of how often each byte occurs over the bytes, not over the 256 kinds: there are fewer of them."""
    columns = np.arange(HEAD_BYTES)
    is_there = columns < lengths[:, None]
    places = np.minimum(starts[:, None] + columns, len(data) - 1)
    heads = data[places]
    bins = np.where(is_there, heads, np.int64(_BINS - 1)) + np.arange(0, len(starts) * _BINS, _BINS)[:, None]
    counts = np.bincount(bins.ravel(), minlength=_BINS * len(starts))
    repeated = np.einsum("ij,ij->i", _LOG2[counts[bins]], is_there.astype(np.float32))
    sizes = np.maximum(lengths, 1).astype(np.float32)
    entropy = np.maximum(np.log2(sizes) - repeated / sizes, 0)
    printable = (_IS_READABLE[heads] & is_there).sum(axis=1) / sizes
    is_empty = lengths <= 0
    return np.where(is_empty, -1, entropy), np.where(is_empty, -1, printable)
