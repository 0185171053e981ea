import json
import os

import numpy as np

from models.train.own_sources import active_s, find_sources, read_sources


def touch(path, data=b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_each_file_and_each_subfolder_is_a_source(tmp_path):
    touch(tmp_path / "office" / "monday.pcap")
    touch(tmp_path / "office" / "lab" / "one.pcap")
    touch(tmp_path / "office" / "lab" / "deep" / "two.pcap")
    touch(tmp_path / "office" / ".hidden")
    (tmp_path / "office" / "empty").mkdir()
    alone = touch(tmp_path / "alone.pcap")
    found = list(find_sources([tmp_path / "office", alone], is_malicious=True))
    assert [(one.name, len(one.files)) for one in found] == [
        ("office/lab", 2),
        ("office/monday.pcap", 1),
        ("alone.pcap", 1),
    ]
    assert all(one.is_malicious for one in found)


def test_a_link_is_not_followed(tmp_path):
    touch(tmp_path / "office" / "monday.pcap")
    os.symlink("/", tmp_path / "office" / "everything")
    assert [one.name for one in find_sources([tmp_path / "office"], is_malicious=False)] == ["office/monday.pcap"]


def test_what_cannot_be_read_is_left_out_and_named_and_the_rest_is_read(tmp_path):
    start = {"v": 1, "type": "start"}
    touch(tmp_path / "a" / "noise.bin", os.urandom(2_000))
    touch(tmp_path / "a" / "empty.pcap", b"")
    touch(tmp_path / "a" / "other.jsonl", json.dumps(start).encode())
    told = []
    sources = list(find_sources([tmp_path / "a"], is_malicious=False))
    for of_programs in (False, True):
        reading = read_sources(sources, of_programs=of_programs, tell=lambda *line: told.append(line))
        assert not reading.recordings
        assert not reading.starts
        assert sorted(reading.left_out) == ["empty.pcap", "noise.bin", "other.jsonl"]
    assert told[:3] == [(0, 3, "empty.pcap"), (1, 3, "noise.bin"), (2, 3, "other.jsonl")]


def test_silence_of_more_than_a_minute_is_no_active_time():
    starts, ends = np.array([0.0, 30.0, 500.0]), np.array([10.0, 40.0, 520.0])
    assert active_s(starts, ends) == 60.0  # 0 to 40, and 500 to 520
