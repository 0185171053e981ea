"""Canaries are made with consent alone, listed, and removed completely."""

from __future__ import annotations

import json
import os
import stat

import pytest

from detectors.telemetry.canaries import (
    NAMES,
    CanaryState,
    ConsentMissing,
    is_synced,
    list_canaries,
    make_canaries,
    remove_canaries,
)

NOTE = "This file belongs to Plainwatch; please leave it as it is. {\\}"


@pytest.fixture
def listed(tmp_path):
    """Where the list lies."""
    return tmp_path / "canaries.json"


@pytest.fixture
def documents(tmp_path):
    """A folder with a letter."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear reader")
    return folder


def test_nothing_is_made_without_consent(documents, listed):
    with pytest.raises(ConsentMissing):
        make_canaries([documents], listed, NOTE, is_wanted=False)
    assert [path.name for path in documents.iterdir()] == ["letter.txt"]
    assert not listed.exists()


def test_they_look_like_documents_and_stand_first_and_last(documents, listed):
    report = make_canaries([documents], listed, NOTE, is_wanted=True)
    names = sorted(path.name for path in documents.iterdir())
    assert 3 <= len(NAMES) <= 5
    assert names == sorted([*NAMES, "letter.txt"])
    assert names[2] == "letter.txt"
    assert len(report.done) == len(NAMES)
    for name in NAMES:
        content = (documents / name).read_bytes()
        assert 4_000 < len(content) < 60_000
        assert b"This file belongs to Plainwatch" in content
    assert (documents / "01 Archive.rtf").read_bytes().startswith(b"{\\rtf1")
    assert [one.state for one in list_canaries(listed)] == [CanaryState.THERE] * len(NAMES)
    if os.name == "posix":
        assert stat.S_IMODE(listed.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_touched(documents, listed):
    mine = documents / NAMES[0]
    mine.write_text("mine")
    (documents / NAMES[1]).symlink_to(documents / "elsewhere")
    make_canaries([documents], listed, NOTE, is_wanted=True)
    assert mine.read_text() == "mine"
    assert not (documents / "elsewhere").exists()
    remove_canaries(listed)
    assert mine.read_text() == "mine"


def test_removing_leaves_nothing_of_ours(documents, listed, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    make_canaries([documents], listed, NOTE, is_wanted=True)
    make_canaries([documents], listed, NOTE, is_wanted=True)
    report = remove_canaries(listed)
    assert len(report.done) == len(NAMES)
    assert report.left == ()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_changed_canary_is_left_and_said_unless_it_is_asked_for(documents, listed):
    make_canaries([documents], listed, NOTE, is_wanted=True)
    (documents / NAMES[0]).write_text("changed")
    (documents / NAMES[1]).unlink()
    states = {os.path.basename(one.path): one.state for one in list_canaries(listed)}
    assert states[NAMES[0]] is CanaryState.CHANGED
    assert states[NAMES[1]] is CanaryState.GONE
    assert [os.path.basename(path) for path in remove_canaries(listed).left] == [NAMES[0]]
    assert len(list_canaries(listed)) == 1
    assert remove_canaries(listed, even_changed=True).left == ()
    assert not listed.exists()


def test_folders_that_are_copied_elsewhere_get_none(tmp_path, listed):
    cloud, marked = tmp_path / "OneDrive - Office" / "Documents", tmp_path / "Work"
    for folder in (cloud, marked):
        folder.mkdir(parents=True)
    (marked / ".stfolder").mkdir()
    missing = tmp_path / "nowhere"
    report = make_canaries([cloud, marked, missing], listed, NOTE, is_wanted=True)
    assert report.done == ()
    assert set(report.left) == {str(cloud), str(marked), str(missing)}
    assert is_synced(cloud)
    assert not is_synced(tmp_path)


@pytest.mark.parametrize(
    "content", ["", "{", "[1, {}, null]", '{"a": 1}', "[" * 100_000, '[{"path": 1, "sha256": "x"}]']
)
def test_a_damaged_list_is_no_list(listed, content):
    listed.write_text(content)
    assert list_canaries(listed) == []


def test_a_listed_file_of_somebody_else_is_not_removed(documents, listed):
    listed.write_text(json.dumps([{"path": str(documents / "letter.txt"), "sha256": "0" * 64}]))
    assert remove_canaries(listed).left == (str(documents / "letter.txt"),)
    assert (documents / "letter.txt").read_text() == "Dear reader"


def test_a_list_that_cannot_be_written_means_that_nothing_is_made(documents, tmp_path):
    with pytest.raises(FileNotFoundError):
        make_canaries([documents], tmp_path / "nowhere" / "canaries.json", NOTE, is_wanted=True)
    assert [path.name for path in documents.iterdir()] == ["letter.txt"]
