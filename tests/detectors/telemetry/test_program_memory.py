import os
import pwd
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from detectors.telemetry import program_memory
from detectors.telemetry.program_memory import OpenProgram, open_programs, read_memory, regions_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows memory as a file")
ROOT = Path(__file__).parents[3]
MARK = ("held in ", "memory for a ", "test ", "of 4711")
HOLD = f"import time; held = bytearray(''.join({MARK!r}), 'ascii') * 2; print('up', flush=True); time.sleep(60)"
WHOLE = "".join(MARK).encode()


@contextmanager
def stand_in(script=HOLD):
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as running:
        try:
            assert running.stdout.readline() == b"up\n"
            yield running
        finally:
            running.kill()


def read_all(opened):
    pieces = [piece for program in opened.programs for piece in read_memory(program, "memory")]
    for program in opened.programs:
        program.close()
    return pieces


def test_what_a_program_holds_is_read_with_the_facts_about_it():
    with stand_in() as running:
        opened = open_programs(running.pid)
        pieces = [piece for piece in read_all(opened) if WHOLE in piece.data]
    assert pieces
    piece = pieces[0]
    assert (piece.source, piece.pid, piece.path) == ("memory", running.pid, os.path.realpath(sys.executable))
    assert piece.name.startswith("python")
    assert piece.user == pwd.getpwuid(os.getuid()).pw_name
    assert abs(piece.started_s - time.time()) < 60
    assert piece.kind in {"heap", "unnamed"}
    assert (opened.denied, opened.vanished, opened.met) == (0, 0, 1)


def test_nothing_comes_from_a_program_that_has_ended_since_it_was_opened():
    with stand_in() as running:
        opened = open_programs(running.pid)
        running.kill()
        running.wait()
        assert read_all(opened) == []


def test_a_program_that_is_gone_is_counted():
    with stand_in() as running:
        pass
    opened = open_programs(running.pid)
    assert (opened.programs, opened.vanished) == ([], 1)


def test_our_own_programs_are_left_out():
    with stand_in() as running:
        asked = open_programs(running.pid, {running.pid})
        assert (asked.programs, asked.denied) == ([], 1)
    with subprocess.Popen([sys.executable, "-c", _twin_script(), "memory"], stdout=subprocess.PIPE) as twins:
        assert twins.stdout.read() == b"0\n"


def _twin_script():
    """A program that starts another with the same words but the last, and counts what it may look into."""
    return f"""
import subprocess, sys
if sys.argv[1] == "parse":
    print("up", flush=True); sys.stdin.read()
else:
    sys.path.insert(0, {str(ROOT)!r})
    from detectors.telemetry.program_memory import open_programs
    with subprocess.Popen([sys.executable, "-c", sys.orig_argv[2], "parse"], stdin=-1, stdout=-1) as other:
        other.stdout.readline()
        print(len(open_programs(other.pid).programs), flush=True)
        other.stdin.close()
"""


def test_programs_that_are_not_ours_are_counted_and_not_read():
    script = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from detectors.telemetry.program_memory import open_programs
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
opened = open_programs(None)
print(opened.denied > 0, len(opened.programs), open_programs(1).denied)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    denied, _, first = done.stdout.split()
    assert (denied, first) == ("True", "1")


LISTED = """\
00400000-00500000 r-xp 00000000 fe:00 260131                     /usr/bin/tool
Rss:                 100 kB
Swap:                  0 kB
00600000-00700000 rw-p 00000000 fe:00 260131                     /usr/bin/tool
Rss:                  10 kB
00700000-00800000 rw-p 00000000 00:00 0                          [heap]
Rss:                   0 kB
Swap:                  4 kB
00800000-00900000 rw-p 00000000 00:00 0 \nRss:                   0 kB
Swap:                  0 kB
00900000-00a00000 rwxp 00000000 00:00 0 \nRss:                   4 kB
00a00000-00b00000 ---p 00000000 00:00 0 \nRss:                   4 kB
00b00000-00c00000 r-xp 00000000 00:05 77                         /memfd:odd name (deleted)
Rss:                   4 kB
00c00000-00d00000 r--p 00000000 fe:00 88                         /tmp/gone (deleted)
Rss:                   4 kB
00d00000-00e00000 rw-s 00000000 00:00 0                          /dev/shm/x
Rss:                   4 kB
7fff0000-7fff1000 r-xp 00000000 00:00 0                          [vdso]
Rss:                   4 kB
7fff2000-7fff3000 rw-p 00000000 00:00 0                          [stack]
Rss:                   4 kB
nonsense line
99999999999999999999-zz rw-p 0 0:0 0
Rss: lies kB
"""


def listed(text, tmp_path):
    (tmp_path / "smaps").write_bytes(text)
    descriptor = os.open(tmp_path / "smaps", os.O_RDONLY)
    return OpenProgram(1, "x", None, None, None, memory=os.open(os.devnull, os.O_RDONLY), maps=descriptor)


def test_regions_that_were_touched_and_may_differ_from_a_file_are_chosen(tmp_path):
    found = [(one.start, one.kind, one.is_executable) for one in regions_of(listed(LISTED.encode(), tmp_path))]
    assert found == [
        (0x900000, "unnamed", True),
        (0xB00000, "file", True),
        (0x600000, "file", False),
        (0x700000, "heap", False),
        (0xC00000, "file", False),
        (0x7FFF2000, "stack", False),
    ]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\0" * 500, b"0-0 r", LISTED.encode()[:200], b"a" * 100_000])
def test_a_list_that_is_none_gives_nothing_and_does_not_raise(text, tmp_path):
    program = listed(text, tmp_path)
    assert [one for one in regions_of(program) if one.start >= 0x600000] == []
    assert list(read_memory(program, "memory")) == []


def test_large_memory_is_read_in_overlapping_pieces_within_bounds(monkeypatch):
    monkeypatch.setattr(program_memory, "PIECE_BYTES", 100_000)
    monkeypatch.setattr(program_memory, "OVERLAP_BYTES", 1_000)
    monkeypatch.setattr(program_memory, "MAX_REGION_BYTES", 400_000)
    monkeypatch.setattr(program_memory, "MAX_PROGRAM_BYTES", 3_000_000)
    script = HOLD.replace("import time;", "import time; big = bytearray(b'x') * 5_000_000;")
    with stand_in(script) as running:
        opened = open_programs(running.pid)
        pieces = read_all(opened)
    assert opened.programs[0].was_cut
    assert max(len(piece.data) for piece in pieces) <= 100_000
    assert sum(len(piece.data) for piece in pieces) <= 3_000_000 + 100_000
    [first, second, *_] = [piece for piece in pieces if piece.data.endswith(b"x" * 1_000)]
    assert second.offset - first.offset == len(first.data) - 1_000
