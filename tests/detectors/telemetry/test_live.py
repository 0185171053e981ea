from __future__ import annotations

import json
import struct
import sys

import numpy as np
import pytest

from detectors.contract.errors import InputUnreadable, NoCaptureRight
from detectors.telemetry.live_portable import LivePortable
from tests.detectors.telemetry.live_places import run_in_new_network

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="packet rings are a thing of Linux")

TALK = """
import json, socket, time
from detectors.telemetry.capture_socket import open_capture_socket, has_capture_right
from detectors.telemetry.live_ring import LiveRing
from detectors.telemetry.live_filter import build_filter

def take(ring, seconds=0.6):
    got, ends = [], time.monotonic() + seconds
    while time.monotonic() < ends:
        raw = ring.read(0.1)
        if raw is not None:
            rows = zip(raw.start.tolist(), raw.captured.tolist(), raw.wire.tolist(), raw.number.tolist(), raw.link.tolist(), raw.at_s.tolist())
            got += [(bytes(raw.data[a:a + c]), w, n, l, t) for a, c, w, n, l, t in rows]
    return got

def say(words, port=7777, family=socket.AF_INET, host="127.0.0.1"):
    with socket.socket(family, socket.SOCK_DGRAM) as talker:
        for word in words:
            talker.sendto(word.encode(), (host, port))

def words_of(got):
    return [frame[42:].decode("latin-1") for frame, *_ in got if frame[12:14] == b"\\x08\\0" and frame[23] == 17]
"""


def live(program: str):
    return json.loads(run_in_new_network(TALK + program).splitlines()[-1])


def test_every_packet_is_seen_once_with_its_time_and_number():
    told = live("""
with LiveRing(open_capture_socket("lo")) as ring:
    before = time.time()
    say([f"word {place}" for place in range(500)])
    got = [one for one in take(ring) if one[0][23] == 17]
    first, last = got[0], got[-1]
    print(json.dumps([words_of(got), first[1:4], abs(first[4] - before) < 5, ring.dropped]))
""")
    assert told[0] == [f"word {place}" for place in range(500)]
    assert told[1][0] == 42 + len("word 0")
    assert told[1][2] == 1
    assert told[2:] == [True, 0]


def test_loopback_shows_each_packet_once_also_where_the_kernel_cannot_be_asked():
    told = live("""
from detectors.telemetry import live_ring
live_ring._ignore_own_echo = lambda taker: None
with LiveRing(open_capture_socket("any")) as ring:
    say(["once"])
    print(json.dumps(words_of(take(ring))))
""")
    assert told == ["once"]


def test_the_kernel_leaves_out_what_we_do_not_want():
    told = live("""
kept = []
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as near, socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as far:
    near.bind(("127.0.0.1", 7777))
    far.bind(("::1", 7777))
    for program in (build_filter(without_ports=[5001, 5002]), build_filter(only_host="127.0.0.2"),
                    build_filter(only_host="::1"), build_filter(snap_bytes=46),
                    build_filter(without_ports=[7777], only_host="127.0.0.2")):
        with LiveRing(open_capture_socket("lo"), program) as ring:
            say(["wanted"])
            say(["not wanted"], 5001)
            say(["elsewhere"], host="127.0.0.2")
            say(["version 6"], 7777, socket.AF_INET6, "::1")
            say(["version 6 not wanted"], 5002, socket.AF_INET6, "::1")
            frames = [(frame, wire) for frame, wire, *_ in take(ring)]
            udp = [(f[42:] if f[12:14] == b"\\x08\\0" else f[62:], w) for f, w in frames
                   if (f[12:14], f[23]) == (b"\\x08\\0", 17) or (f[12:14], f[20]) == (b"\\x86\\xdd", 17)]
            kept.append([(data.decode(), wire) for data, wire in udp])
print(json.dumps(kept))
""")
    without_ports, one_host, one_v6, short, both = told
    assert [word for word, _ in without_ports] == ["wanted", "elsewhere", "version 6"]
    assert [word for word, _ in one_host] == ["elsewhere"]
    assert [word for word, _ in one_v6] == ["version 6", "version 6 not wanted"]
    assert short[0] == ["want", 48]
    assert both == []


def test_a_full_ring_is_counted_as_lost():
    told = live("""
with LiveRing(open_capture_socket("lo"), blocks=2, block_bytes=1 << 16) as ring, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink:
    sink.bind(("127.0.0.1", 7777))
    say(["x" * 500] * 2000)
    read = len(take(ring))
    first = ring.dropped
    print(json.dumps([read, first, ring.dropped]))
""")
    read, first, again = told
    assert read + first == 2000
    assert first > 1000
    assert again == first


def test_an_interface_that_goes_down_is_told_and_may_come_back():
    told = live("""
def switch(flags):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        fcntl.ioctl(asked, 0x8914, struct.pack("16sH14x", b"lo", flags))

with LiveRing(open_capture_socket("lo")) as ring:
    say(["before"])
    states = [ring.is_down, words_of(take(ring))]
    switch(0x48)
    started = time.monotonic()
    states += [[ring.read(0.2) for _ in range(5)], ring.is_down, time.monotonic() - started > 0.5]
    switch(0x49)
    say(["after"])
    states += [words_of(take(ring)), ring.is_down]
print(json.dumps(states))
""")
    assert told == [False, ["before"], [None] * 5, True, True, ["after"], False]


def test_the_process_that_reads_has_no_right_to_capture():
    told = live("""
from detectors.telemetry.capture_right import drop_every_right
had = has_capture_right()
taker = open_capture_socket("lo")
drop_every_right()
try:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    refused = False
except PermissionError:
    refused = True
with LiveRing(taker) as ring:
    say(["still heard"])
    print(json.dumps([had, has_capture_right(), refused, words_of(take(ring))]))
""")
    assert told == [True, False, True, ["still heard"]]


def test_an_interface_that_is_not_there_is_told():
    told = live("""
from detectors.contract.errors import PlainwatchError
codes = []
for name in ("nothing0", "a name/with $(odd) signs", ""):
    try:
        open_capture_socket(name)
    except PlainwatchError as error:
        codes.append(error.code)
print(json.dumps(codes))
""")
    assert told == ["input_unreadable"] * 3


def test_scapy_sockets_give_the_same_packets():
    told = live("""
from detectors.telemetry.live_portable import LivePortable
portable = LivePortable("lo")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink:
    sink.bind(("127.0.0.1", 7777))
    say(["one", "two"])
    got = take(portable)
portable.close()
print(json.dumps([words_of(got), got[0][1:4]]))
""")
    assert sorted(set(told[0])) == ["one", "two"]
    assert told[1] == [45, 1, 1]


@linux_only
@pytest.mark.parametrize("found", [["sudo", "pkexec"], ["pkexec"], []])
def test_without_the_right_each_way_is_tried_with_a_fixed_command(found, monkeypatch, tmp_path):
    from detectors.telemetry import capture_socket

    tools = {}
    for name in found:
        tools[name] = tmp_path / name
        tools[name].write_text(f'#!/bin/sh\necho "$0" "$@" >> {tmp_path}/asked\nexit 1\n')
        tools[name].chmod(0o700)
    monkeypatch.setattr(capture_socket, "has_capture_right", lambda: False)
    monkeypatch.setattr(capture_socket.shutil, "which", lambda name, **_: str(tools[name]) if name in tools else None)
    with pytest.raises(NoCaptureRight):
        capture_socket.open_capture_socket("lo", is_promiscuous=True)
    asked = (tmp_path / "asked").read_text().splitlines() if found else []
    helper = f"{sys.executable} -I {capture_socket.HELPER} lo promiscuous"
    commands = {"sudo": f"{tmp_path}/sudo -n -- {helper}", "pkexec": f"{tmp_path}/pkexec {helper}"}
    assert asked == [commands[name] for name in found]


@linux_only
@pytest.mark.parametrize("answer", [b"", b"+", b"-\1", b"+extra", b"?" * 8])
def test_an_odd_answer_of_the_helper_is_no_socket(answer, monkeypatch):
    from detectors.telemetry import capture_socket

    command = [sys.executable, "-I", "-c", f"import os; os.write(0, {answer!r})"]
    assert capture_socket._ask(command, 5.0, "lo") is None


@linux_only
def test_the_helper_says_why_it_failed(monkeypatch):
    from detectors.telemetry import capture_socket

    with pytest.raises(InputUnreadable):
        capture_socket._ask([sys.executable, "-I", str(capture_socket.HELPER), "no such/one"], 5.0, "no such/one")


@linux_only
def test_a_block_of_the_ring_is_read_as_the_kernel_lays_it_out():
    from detectors.telemetry.live_ring import _walk

    block = bytearray(4096)
    struct.pack_into("II", block, 12, 3, 48)  # three packets, the first at 48
    struct.pack_into("I", block, 48, 160)
    struct.pack_into("I", block, 208, 96)
    assert _walk(memoryview(block)).tolist() == [48, 208, 304]
    struct.pack_into("I", block, 208, 1 << 20)  # a step out of the block ends the walk
    assert _walk(memoryview(block)).tolist() == [48, 208]


class _StandIn:
    """A socket in scapy's form."""

    def __init__(self, frames):
        self.frames = frames
        self.is_open = True

    def select(self, takers, left_s):
        return takers if self.frames else []

    def recv_raw(self, size):
        return (None, *self.frames.pop(0))

    def close(self):
        self.is_open = False


def test_a_portable_source_gives_windows_with_numbers_that_go_on():
    taker = _StandIn([(b"first", 5.0), (None, None), (b"second", 6.5)])
    source = LivePortable("eth9", taker)
    raw = source.read(1.0)
    assert raw is not None
    frames = [raw.data[start : start + size].tobytes() for start, size in zip(raw.start, raw.captured, strict=True)]
    assert frames == [b"first", b"second"]
    assert raw.at_s.tolist() == [5.0, 6.5]
    assert raw.number.tolist() == [1, 2]
    assert source.read(0.01) is None
    taker.frames = [(b"third", None)]
    again = source.read(1.0)
    assert again is not None
    assert again.number.tolist() == [3]
    assert np.all(again.at_s > 1e9)
    source.close()
    assert not taker.is_open
