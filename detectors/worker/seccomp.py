"""seccomp on Linux: system calls that parsing never needs answer "not permitted" from now on.

Before this on the path: ``child.py``, after Landlock. After it: hostile bytes.
What is refused: opening for writing, changing names, modes or times, sockets, other programs and processes, and the
doors around these rules. Threads, memory and reading stay. Written against
https://docs.kernel.org/userspace-api/seccomp_filter.html; numbers from the kernel's own tables.
Called before other threads start: the filter is inherited, not shared.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_X32 = 0x40000000  # the second set of numbers on x86_64 would be a way around
_CLONE_THREAD = 0x00010000
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column of the table below, and the kernel's word for the machine."""

_REFUSED = {
    # network
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "accept": (43, 202),
    "accept4": (288, 242),
    # other programs and processes
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438), "process_madvise": (440, 440),
    # what lies on disk
    "creat": (85, None), "truncate": (76, 45), "ftruncate": (77, 46), "rename": (82, None), "renameat": (264, 38),
    "renameat2": (316, 276), "unlink": (87, None), "unlinkat": (263, 35), "mkdir": (83, None), "mkdirat": (258, 34),
    "rmdir": (84, None), "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "mknod": (133, None), "mknodat": (259, 33), "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53),
    "fchmodat2": (452, 452), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "fallocate": (285, 47),
    # ways around, and what only the system's keeper does
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "unshare": (272, 97), "setns": (308, 268),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "open_by_handle_at": (304, 265), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104), "reboot": (169, 142),
    "setuid": (105, 146), "setgid": (106, 144), "setresuid": (117, 147), "setresgid": (119, 149),
}  # fmt: skip
_UNKNOWN = {"clone3": (435, 435), "openat2": (437, 437)}
"""Their flags lie behind a pointer; told that the kernel is older, the library uses the calls judged below."""
_OPENING = {"open": ((2, None), 1), "openat": ((257, 56), 2)}
"""Refused when the flags (the argument's place is the second value) would change anything."""
_TO_OTHERS = {"kill": (62, 129), "tgkill": (234, 131)}
"""Refused unless about this process itself: ``abort`` is honest."""
_CLONE = (56, 220)
"""Refused unless it makes a thread."""


def refuse_dangerous_calls() -> bool:
    """Set the filter for this process and all its threads to come; True when it holds."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    program = _build_filter(*machine)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    body = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(body))
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, head, 0, 0) == 0)


def _build_filter(column: int, machine: int) -> bytes:
    """Write the filter in the kernel's little language: eight bytes a step, jumps count steps to leave out."""
    refuse, unknown = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, refuse), (_LOAD, 0, 0, _NUMBER)]
    steps += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, refuse)]

    def answer(numbers: tuple[int | None, ...], *then: tuple[int, int, int, int]) -> None:
        number = numbers[column]
        if number is not None:
            steps.extend([(_EQUAL, 0, len(then), number), *then])

    for numbers in _REFUSED.values():
        answer(numbers, (_RETURN, 0, 0, refuse))
    for numbers in _UNKNOWN.values():
        answer(numbers, (_RETURN, 0, 0, unknown))
    allow_or_refuse = ((_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, refuse))
    for numbers, place in _OPENING.values():
        answer(numbers, (_LOAD, 0, 0, _FIRST_ARGUMENT + 8 * place), (_ANY_BIT, 1, 0, _TO_WRITE), *allow_or_refuse)
    for numbers in _TO_OTHERS.values():
        answer(numbers, (_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 0, 1, os.getpid()), *allow_or_refuse)
    answer(_CLONE, (_LOAD, 0, 0, _FIRST_ARGUMENT), (_ANY_BIT, 0, 1, _CLONE_THREAD), *allow_or_refuse)
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)
