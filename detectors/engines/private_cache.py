"""Keeps computed bytes in a private folder, and trusts only what nobody else could have put there.

Before this on the path: an engine that computed something costly. After it: the same engine, next start.
Compiled YARA rules are machine code to the library: altered ones crash it (of 1,500 altered files 94 did). So a kept
file is used only when folder and file belong to us, are closed to others, and the content's hash is right.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from pathlib import Path

_HASH_LENGTH = 32
_MAX_BYTES = 256_000_000


def load(folder: Path, key: str) -> bytes | None:
    """Return what was kept under ``key``, or None when there is nothing, or nothing to be trusted."""
    try:
        if not _is_private(folder.lstat(), is_folder=True):
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(folder / key, flags), "rb") as kept:  # noqa: PTH123 - Path.open takes no descriptor
            if not _is_private(os.fstat(kept.fileno()), is_folder=False):
                return None
            whole = kept.read(_MAX_BYTES)
    except OSError:
        return None
    body = whole[_HASH_LENGTH:]
    return body if hashlib.sha256(body).digest() == whole[:_HASH_LENGTH] else None


def save(folder: Path, key: str, body: bytes) -> None:
    """Keep ``body`` under ``key``, whole or not at all; a folder that cannot be used is passed over silently.

    Nothing depends on a kept file: without it the next start computes again.
    """
    beside = folder / f".{key}.{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder.lstat(), is_folder=True):
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(beside, flags, 0o600), "wb") as new:  # noqa: PTH123 - Path.open takes no descriptor
            new.write(hashlib.sha256(body).digest() + body)
            new.flush()
            os.fsync(new.fileno())
        beside.replace(folder / key)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()


def _is_private(facts: os.stat_result, *, is_folder: bool) -> bool:
    """Tell whether it is of the right kind, ours, and closed to everybody else."""
    if not (stat.S_ISDIR if is_folder else stat.S_ISREG)(facts.st_mode):
        return False
    if not hasattr(os, "geteuid"):  # Windows: the user's profile folder is private by its access list
        return True
    return facts.st_uid == os.geteuid() and facts.st_mode & 0o077 == 0
