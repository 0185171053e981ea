"""Every thing on disk is opened safely or left out with its reason, in an order that never changes."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.contract.errors import SkipReason
from detectors.telemetry import files
from detectors.telemetry.files import LeftOut, OpenFile, SourceEnd, count_files, walk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="odd names and devices as on Unix")


@pytest.fixture(params=["by descriptor", "by path"], autouse=True)
def _way(request, monkeypatch):
    """Every test runs twice: as on Linux, and as where folders cannot be opened (Windows)."""
    if request.param == "by path":
        monkeypatch.setattr(files, "_BY_DESCRIPTOR", False)


def look(*paths: Path | str, **options) -> list[tuple[str, str]]:
    """Walk and tell (name below the first input, "open" or the reason); closes what was opened."""
    told = []
    for step in walk([str(path) for path in paths], **options):
        if isinstance(step, OpenFile):
            assert stat.S_ISREG(os.fstat(step.descriptor).st_mode)
            assert not os.get_inheritable(step.descriptor)
            os.close(step.descriptor)
            told.append((os.path.relpath(step.name, paths[0]), "open"))
        elif isinstance(step, LeftOut):
            told.append((os.path.relpath(step.skipped.subject.name, paths[0]), step.skipped.reason.value))
    assert count_files([str(path) for path in paths], **options) == len(told)
    return told


def open_descriptors() -> int:
    return len(os.listdir("/dev/fd"))


def test_names_come_in_the_order_of_their_bytes_folders_among_files(tmp_path):
    for name in (b"b", b"a.txt", b"B", b"\xff", b"\xc3\xa9", b"\xf0\x9f\x98\x80"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(b"x")
    (tmp_path / "a").mkdir()
    (tmp_path / "a/z").write_bytes(b"x")
    names = [os.fsencode(name) for name, _ in look(tmp_path)]
    assert names == [b"B", b"a/z", b"a.txt", b"b", b"\xc3\xa9", b"\xf0\x9f\x98\x80", b"\xff"]


@pytest.mark.parametrize("given", [".", "./letters", "letters", "letters/a", "missing", "./letters/../letters"])
def test_a_file_is_named_by_its_whole_path_and_its_input_as_it_was_given(tmp_path, monkeypatch, given):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/a").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    steps = list(walk([given]))
    for step in steps:
        if isinstance(step, OpenFile):
            os.close(step.descriptor)
    named = [step.skipped.subject.name if isinstance(step, LeftOut) else step.name for step in steps[:-1]]
    expected = "missing" if given == "missing" else "letters/../letters/a" if ".." in given else "letters/a"
    assert named == [f"{tmp_path}/{expected}"]
    assert {step.skipped.source if isinstance(step, LeftOut) else step.source for step in steps} == {given}


def test_what_is_no_file_is_left_out_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "up").symlink_to("folder")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(tmp_path)  # the path of a socket must be short
        listener.bind("socket")
        os.chdir(here)
        assert look(tmp_path) == [
            ("fifo", "fifo"), ("file", "open"), ("gone", "symlink"), ("link", "symlink"), ("loop", "link_loop"),
            ("self", "link_loop"), ("socket", "socket"), ("up", "symlink"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/dev/null", "device"), ("/proc", "virtual_filesystem"), ("/proc/cpuinfo", "virtual_filesystem")],
)
@pytest.mark.skipif(sys.platform != "linux", reason="Linux places")
def test_devices_and_the_systems_own_figures_are_left_out(path, reason):
    assert look(path) == [(".", reason)]


def test_a_missing_input_is_not_found_and_the_others_go_on(tmp_path):
    (tmp_path / "there").write_bytes(b"x")
    steps = list(walk([str(tmp_path / "missing"), str(tmp_path / "there"), "", "zero\0byte"]))
    reasons = [step.skipped.reason for step in steps if isinstance(step, LeftOut)]
    assert reasons == [SkipReason.NOT_FOUND] * 3
    assert [step.source for step in steps if isinstance(step, SourceEnd)] == [
        str(tmp_path / "missing"),
        str(tmp_path / "there"),
        "",
        "zero\0byte",
    ]
    [os.close(step.descriptor) for step in steps if isinstance(step, OpenFile)]


def test_an_input_that_is_a_link_is_followed_once_for_a_person_named_it(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real/file").write_bytes(b"x")
    (tmp_path / "real/link").symlink_to("file")
    (tmp_path / "named").symlink_to("real")
    (tmp_path / "named_file").symlink_to("real/file")
    (tmp_path / "loop").symlink_to("loop")
    assert look(tmp_path / "named") == [("file", "open"), ("link", "symlink")]
    assert look(tmp_path / "named_file") == [(".", "open")]
    assert look(tmp_path / "loop") == [(".", "link_loop")]


def test_excluded_names_and_paths_are_a_line_each(tmp_path):
    for name in ("keep.txt", "old.bak", "sub/old.bak", "sub/keep", "cache/a", "cache/b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    patterns = ["*.bak", str(tmp_path / "cache"), "[", "no*match"]
    assert look(tmp_path, exclude=patterns) == [
        ("cache", "excluded"), ("keep.txt", "open"), ("old.bak", "excluded"), ("sub/keep", "open"), ("sub/old.bak", "excluded"),
    ]  # fmt: skip


@pytest.fixture
def open_folder():
    """A folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@contextlib.contextmanager
def as_nobody():
    """To root everything is permitted; be somebody else for a while."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_what_is_not_permitted_is_said(open_folder):
    (open_folder / "file").write_bytes(b"x")
    (open_folder / "folder").mkdir()
    (open_folder / "file").chmod(0)
    (open_folder / "folder").chmod(0)
    with as_nobody():
        told = look(open_folder)
    (open_folder / "folder").chmod(0o700)
    assert told == [("file", "no_permission"), ("folder", "no_permission")]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.EACCES, "no_permission"), (errno.EPERM, "no_permission"), (errno.ENOENT, "vanished"),
        (errno.ESTALE, "vanished"), (errno.EIO, "read_error"), (errno.ELOOP, "symlink"), (errno.ENXIO, "socket"),
        (errno.ENAMETOOLONG, "name_too_long"), (errno.EBUSY, "in_use"), (errno.ETXTBSY, "in_use"),
    ],
)  # fmt: skip
def test_each_failure_to_open_has_its_reason(tmp_path, monkeypatch, code, reason):
    (tmp_path / "bad").write_bytes(b"x")
    (tmp_path / "good").write_bytes(b"x")
    really = os.open

    def fail(path, flags, *args, **options):
        if str(path).endswith("bad"):
            raise OSError(code, os.strerror(code))
        return really(path, flags, *args, **options)

    monkeypatch.setattr(os, "open", fail)
    assert look(tmp_path) == [("bad", reason), ("good", "open")]


def test_a_folder_that_cannot_be_listed_is_said(tmp_path, monkeypatch):
    (tmp_path / "bad").mkdir()
    (tmp_path / "good").write_bytes(b"x")
    before = open_descriptors()
    really = files._list

    def fail(folder):
        if folder.path.endswith("bad"):
            raise OSError(errno.EIO, "broken")
        return really(folder)

    monkeypatch.setattr(files, "_list", fail)
    [bad, good, end] = walk([str(tmp_path)])
    assert (bad.skipped.reason, bad.skipped.values) == (SkipReason.READ_ERROR, {"errno": errno.EIO})
    os.close(good.descriptor)
    assert isinstance(end, SourceEnd)
    assert open_descriptors() == before


@pytest.mark.parametrize("swap", ["fifo", "link", "folder", "nothing"])
def test_what_is_swapped_between_look_and_open_does_no_harm(tmp_path, monkeypatch, swap):
    (tmp_path / "aim").write_bytes(b"secret")
    (tmp_path / "bait").write_bytes(b"x")
    really = files._open_leaf

    def swap_first(leaf):
        if leaf.name == "bait":
            (tmp_path / "bait").unlink()
            if swap == "fifo":
                os.mkfifo(tmp_path / "bait")
            elif swap == "link":
                (tmp_path / "bait").symlink_to("aim")
            elif swap == "folder":
                (tmp_path / "bait").mkdir()
        return really(leaf)

    monkeypatch.setattr(files, "_open_leaf", swap_first)
    steps = list(walk([str(tmp_path)]))
    os.close(steps[0].descriptor)
    expected = {"fifo": "fifo", "link": "symlink", "folder": "other_kind", "nothing": "vanished"}
    assert steps[1].skipped.reason == expected[swap]


def test_a_folder_swapped_for_a_link_leads_nowhere(tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/secret").write_bytes(b"x")
    (tmp_path / "in/sub").mkdir(parents=True)
    really = files._open_folder

    def swap_first(parent, name, *rest):
        if name == "sub":
            (tmp_path / "in/sub").rmdir()
            (tmp_path / "in/sub").symlink_to(tmp_path / "out")
        return really(parent, name, *rest)

    monkeypatch.setattr(files, "_open_folder", swap_first)
    [step, end] = walk([str(tmp_path / "in")])
    assert step.skipped.reason is SkipReason.VANISHED
    assert isinstance(end, SourceEnd)


def test_a_very_deep_folder_is_said_and_costs_few_descriptors(tmp_path):
    if not files._BY_DESCRIPTOR:
        pytest.skip("paths of this length need descriptors")
    here = os.open(tmp_path, os.O_RDONLY)
    depth = files.MAX_FOLDER_DEPTH + 5
    try:
        for _ in range(depth):
            os.mkdir("d" * 20, dir_fd=here)
            below = os.open("d" * 20, os.O_RDONLY, dir_fd=here)
            os.close(os.open("f", os.O_CREAT | os.O_WRONLY, dir_fd=here))
            os.close(here)
            here = below
    finally:
        os.close(here)
    before = open_descriptors()
    told = look(tmp_path)
    assert open_descriptors() == before
    assert [reason for _, reason in told].count("folder_too_deep") == 1
    assert len(told) == files.MAX_FOLDER_DEPTH + 1


def test_a_path_longer_than_any_program_can_open_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_PATH_LENGTH", len(str(tmp_path)) + 10)
    (tmp_path / "short").write_bytes(b"x")
    (tmp_path / "very long name").mkdir()
    assert look(tmp_path) == [("short", "open"), ("very long name", "name_too_long")]


def test_a_walk_left_early_gives_its_descriptors_back(tmp_path):
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "a/b/c/file").write_bytes(b"x")
    before = open_descriptors()
    steps = walk([str(tmp_path)])
    os.close(next(steps).descriptor)
    steps.close()
    assert open_descriptors() == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(["a", "a!", "b", "A", "\udcff", "é", " "]), min_size=1, max_size=3), max_size=8),
    st.data(),
)
def test_a_walk_goes_on_behind_any_position_with_exactly_the_rest(tmp_path_factory, paths, data):
    root = tmp_path_factory.mktemp("tree")
    for parts in paths:
        target = root.joinpath(*parts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"x")
        except OSError:  # a folder of that name is there already, or a file where a folder should be
            continue
    inputs = [str(root), str(root / "missing"), str(root)]

    def positions(resume_after: str | None) -> list[str]:
        steps = list(walk(inputs, resume_after=resume_after))
        [os.close(step.descriptor) for step in steps if isinstance(step, OpenFile)]
        return [step.position for step in steps]

    everything = positions(None)
    assert len(set(everything)) == len(everything)
    at = data.draw(st.integers(0, len(everything) - 1))
    assert positions(everything[at]) == everything[at + 1 :]


def test_a_walk_goes_on_although_its_place_has_vanished(tmp_path):
    for name in ("a", "b/x", "b/y", "c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    [place] = [
        step.position for step in walk([str(tmp_path)]) if isinstance(step, OpenFile) and step.name.endswith("x")
    ]
    (tmp_path / "b/x").unlink()
    assert look(tmp_path, resume_after=place) == [("b/y", "open"), ("c", "open")]
    (tmp_path / "b/y").unlink()
    (tmp_path / "b").rmdir()
    assert look(tmp_path, resume_after=place) == [("c", "open")]


def test_counting_can_be_ended(tmp_path):
    for number in range(600):
        (tmp_path / str(number)).touch()
    assert count_files([str(tmp_path)], tell=lambda total: total < 300) == 512
