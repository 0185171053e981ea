"""Landlock on Linux: takes away from this process every file and TCP port it was not promised, for good.

Before this on the path: ``child.py``, after all that is needed has been loaded. After it: hostile bytes.
Written against the kernel's own text: https://docs.kernel.org/userspace-api/landlock.html
Called before other threads start: a thread keeps the freedom it was born with.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

import detectors

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_READ = _READ_FILE | _READ_DIR
_MAKE_AND_REMOVE = sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_SINCE_VERSION = {_REFER: 2, _TRUNCATE: 3, _IOCTL_DEV: 5}
_CHANGE = _WRITE_FILE | _MAKE_AND_REMOVE | _REFER | _TRUNCATE
_ONLY_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_BIND_AND_CONNECT_TCP, _TCP_SINCE = 3, 4
_SIGNALS_AND_ABSTRACT_SOCKETS, _SCOPES_SINCE = 3, 6
_LIBRARIES = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache")


def keep_only_python_readable(also: Iterable[Path] = ()) -> bool:
    """Leave nothing but reading libraries and our own code, for modules that load late; True when it holds.

    Args:
        also: What may be read besides.
    """
    readable = {Path(detectors.__file__).parent, *map(Path, _LIBRARIES), *also}
    if getattr(sys, "frozen", False):
        readable.add(Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)))
    else:
        homes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
        readable |= {Path(entry) for entry in sys.path if any(Path(entry).is_relative_to(home) for home in homes)}
    return _restrict(_EXECUTE | _READ | _CHANGE | _IOCTL_DEV, dict.fromkeys(readable, _READ))


def keep_reading_only(writable: Iterable[Path]) -> bool:
    """Take away changing anything on disk but the ``writable`` folders; True when it holds."""
    return _restrict(_CHANGE, {Path(os.devnull): _CHANGE, **dict.fromkeys(writable, _CHANGE)})


def _restrict(denied: int, exceptions: dict[Path, int]) -> bool:
    libc = _libc()
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return False
    for right, since in _SINCE_VERSION.items():
        denied &= ~right if version < since else -1
    attributes = struct.pack(
        "=QQQ", denied, _BIND_AND_CONNECT_TCP, _SIGNALS_AND_ABSTRACT_SOCKETS if version >= _SCOPES_SINCE else 0
    )
    size = 24 if version >= _SCOPES_SINCE else 16 if version >= _TCP_SINCE else 8
    ruleset = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for path, rights in exceptions.items():
            _allow(libc, ruleset, path, rights & denied)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    with contextlib.suppress(OSError):  # what is not there needs no exception
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not path.is_dir():
                rights &= _ONLY_FILES
            rule = struct.pack("=Qi", rights, descriptor)
            libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
        finally:
            os.close(descriptor)
