"""Tells what the first bytes of payloads look like: how random, how readable.

Before this on the path: windows of packets. After it: ``flows.py`` and ``lan.py``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

HEAD_BYTES = 64
_AT_ONCE = 2048
"""Payloads counted together: their 256 counters each stay in the processor's cache."""
_COUNTS = np.arange(HEAD_BYTES + 1, dtype=np.float64)
_COUNT_LOG2 = _COUNTS * np.log2(np.maximum(_COUNTS, 1))


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
    for begin in range(0, len(starts), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        entropy[part], printable[part] = _shape(data, starts[part], np.minimum(lengths[part], HEAD_BYTES))
    return entropy, printable


def _shape(
    data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    if not len(data):
        return np.full(len(starts), -1, np.float32), np.full(len(starts), -1, np.float32)
    columns = np.arange(HEAD_BYTES)
    heads = data[np.minimum(starts[:, None] + columns, len(data) - 1)]
    is_there = columns < lengths[:, None]
    rows = np.arange(len(starts))[:, None] * 256
    counts = np.bincount((rows + heads)[is_there], minlength=256 * len(starts)).reshape(-1, 256)
    is_readable = (heads >= 32) & (heads < 127) | (heads >= 9) & (heads <= 13) & (heads != 11) & (heads != 12)  # noqa: PLR2004 - ASCII
    sizes = np.maximum(lengths, 1)
    entropy = np.log2(sizes) - _COUNT_LOG2[counts].sum(axis=1) / sizes
    printable = (is_readable & is_there).sum(axis=1) / sizes
    is_empty = lengths <= 0
    return (
        np.where(is_empty, -1, np.maximum(entropy, 0)).astype(np.float32),
        np.where(is_empty, -1, printable).astype(np.float32),
    )
