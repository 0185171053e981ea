"""Single packets of a capture are found again: taken apart, or written into a file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from detectors.contract.errors import InputUnreadable, StoreFull
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from tests.detectors.worker.test_captures import pcap


def take(path: Path, *numbers: int, target: str = "") -> wire.PacketShown | wire.PacketsWritten:
    answer, done = run_job(wire.TakePackets(str(path), numbers, target), Control())
    assert done == wire.JobDone(stopped=False)
    assert isinstance(answer, wire.PacketShown | wire.PacketsWritten)
    return answer


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "a.pcap"
    path.write_bytes(pcap(5))
    return path


def test_a_packet_is_shown_layer_by_layer(capture: Path):
    shown = take(capture, 2)
    assert isinstance(shown, wire.PacketShown)
    assert (shown.number, shown.at_s, shown.captured_bytes, shown.wire_bytes) == (2, 1_700_000_001.0, 72, 72)
    assert [layer.name for layer in shown.layers][:4] == ["Ethernet", "IP", "UDP", "DNS"]
    assert ("src", "192.0.2.1") in shown.layers[1].fields


def test_packets_are_written_and_are_the_same_when_read_again(capture: Path, tmp_path: Path):
    target = tmp_path / "some.pcapng"
    assert take(capture, 2, 4, 99, target=str(target)) == wire.PacketsWritten(2)
    assert target.stat().st_mode & 0o777 == 0o600
    again = take(target, 2)
    assert isinstance(again, wire.PacketShown)
    assert again.at_s == 1_700_000_003.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pcap", "some.pcapng"]


def test_a_capture_can_be_replaced_by_some_of_its_own_packets(capture: Path):
    assert take(capture, 1, target=str(capture)) == wire.PacketsWritten(1)
    assert isinstance(take(capture, 1), wire.PacketShown)


@pytest.mark.parametrize("number", [6, 10**12])
def test_a_packet_that_is_not_there_is_refused(capture: Path, number: int):
    with pytest.raises(InputUnreadable):
        take(capture, number)


def test_a_capture_that_is_gone_or_none_is_refused(tmp_path: Path):
    (tmp_path / "letter").write_text("Dear Sam,")
    for name in ("nothing", "letter", "."):
        with pytest.raises(InputUnreadable):
            take(tmp_path / name, 1)


def test_a_target_that_cannot_be_written_is_refused(capture: Path, tmp_path: Path):
    with pytest.raises(StoreFull):
        take(capture, 1, target=str(tmp_path / "no" / "folder.pcapng"))


def test_a_person_who_stops_leaves_no_half_written_file(capture: Path, tmp_path: Path):
    control = Control()
    control.stop()
    with pytest.raises(InputUnreadable):
        list(run_job(wire.TakePackets(str(capture), (1,), str(tmp_path / "some.pcapng")), control))
    assert [path.name for path in tmp_path.iterdir()] == ["a.pcap"]


def test_bytes_no_layer_fits_are_shown_as_bytes(tmp_path: Path):
    path = tmp_path / "odd.pcap"
    path.write_bytes(pcap(1, link=147))
    shown = take(path, 1)
    assert isinstance(shown, wire.PacketShown)
    assert [layer.name for layer in shown.layers] == ["Raw"]
