"""The program sense over recordings and this computer, real workers and a real store, as somebody outside would try it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from desktop.service.program_samples import program_samples
from tests.end_to_end.live_places import nobody, start_on_its_own
from tests.end_to_end.test_network import Told, read_rest, read_until_findings

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = {sample.reason or "quiet": sample.recording for sample in program_samples()}
PATIENCE_S = 100
QUICK = ("--format", "jsonl", "--quiet")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux means")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="FIFOs, odd names and signals of POSIX")


@pytest.fixture
def surroundings() -> dict[str, str]:
    """No screen, English, no settings of the person who runs the tests."""
    hidden = ("LC_", "LANG", "COV_", "DISPLAY", "WAYLAND", "PLAINWATCH")
    return {name: value for name, value in os.environ.items() if not name.startswith(hidden)} | {"LANG": "C.UTF-8"}


@pytest.fixture
def command(tmp_path, surroundings):
    """Run one command to its end."""

    def run(*arguments: str | Path, before: tuple[str, ...] = ()) -> Told:
        words = [*before, sys.executable, ROOT / "main.py", *arguments, "--data-folder", tmp_path / "data"]
        done = subprocess.run(words, env=surroundings, capture_output=True, timeout=PATIENCE_S, check=False)
        assert b"Traceback" not in done.stderr
        return Told(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def start(tmp_path, surroundings):
    """Start a check that a test then disturbs; nothing of it outlives the test."""

    @contextmanager
    def running(*arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        words = [sys.executable, ROOT / "main.py", "scan", "processes", *arguments, "--format", "jsonl"]
        with (tmp_path / "stderr").open("wb") as stderr:
            program = subprocess.Popen(
                [*words, "--data-folder", tmp_path / "data"],
                env=surroundings, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True,
            )  # fmt: skip
        try:
            yield program
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            program.stdout.close()

    return running


def on_another_machine(recording: bytes, machine: str) -> bytes:
    rows = [json.loads(line) | {"host": machine} for line in recording.splitlines()]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


HOSTILE_NAMES = ("two\nlines.jsonl", "\x1b[31mred.jsonl", "\u202elnosj.jsonl", "bad\udcff.jsonl", "<b>bold[red].jsonl")


@pytest.fixture
def folder(tmp_path) -> Path:
    """Recordings of every kind: found, quiet, packed, of two machines, damaged, empty, none at all."""
    folder = tmp_path / "recordings"
    (folder / "more").mkdir(parents=True)
    found = RECORDINGS["false_name"]
    (folder / "quiet.jsonl").write_bytes(RECORDINGS["quiet"])
    (folder / "name.jsonl").write_bytes(found)
    (folder / "cut.jsonl").write_bytes(RECORDINGS["recovery_removed"] + found[:40])
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(RECORDINGS["recovery_removed"], mtime=0))
    (folder / "two.jsonl").write_bytes(found + on_another_machine(found, "OTHER"))
    (folder / "more/share.ndjson").write_bytes(RECORDINGS["lateral_tool"])
    (folder / "more/README").write_text("About these recordings")
    (folder / "letter.txt").write_text("Dear Sam,")
    (folder / "empty.jsonl").touch()
    (folder / "texts").mkdir()
    (folder / "texts/README").write_text("About other recordings")
    packed = gzip.compress(RECORDINGS["quiet"] * 50, mtime=0)
    (folder / "stub.jsonl.gz").write_bytes(packed[:12])
    (folder / "half.jsonl.gz").write_bytes(packed[:-12])
    os.mkfifo(folder / "pipe.jsonl")
    for name in HOSTILE_NAMES:
        (folder / name).write_bytes(RECORDINGS["recovery_removed"])
    return folder


INPUTS = ("quiet.jsonl", "name.jsonl", "cut.jsonl", "packed.jsonl.gz", "two.jsonl", "more", "letter.txt", "empty.jsonl",
          "pipe.jsonl", "nothing.jsonl", *HOSTILE_NAMES)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "de", "lb"])
def test_many_recordings_at_once_each_get_a_line(command, folder, language):
    given = [f"{folder}/{name}" for name in INPUTS]
    told = command("scan", "processes", *given, *QUICK, "--language", language)
    assert told.code == 1, told.err
    assert told.reasons() >= {
        ("name.jsonl", "false_name"),
        ("cut.jsonl", "recovery_removed"),
        ("packed.jsonl.gz", "recovery_removed"),
        ("two.jsonl", "false_name"),
        ("share.ndjson", "lateral_tool"),
        *((name, "recovery_removed") for name in HOSTILE_NAMES),
    }
    assert "quiet.jsonl" not in {source for source, _ in told.reasons()}
    assert told.reasons("skipped") == {
        ("cut.jsonl", "recording_cut"),
        ("letter.txt", "recording_not_supported"),
        ("empty.jsonl", "recording_empty"),
        ("pipe.jsonl", "fifo"),
        ("nothing.jsonl", "not_found"),
    }
    assert set(given) <= {line.get("source") for line in told.lines}
    assert {line["explanation"]["language"] for line in told.of_type("finding")} == {language}
    assert not any("[" in line["explanation"]["headline"] for line in told.of_type("finding"))  # an unknown key
    assert all(line["text"] for line in told.of_type("skipped"))
    summary = told.lines[-1]
    assert summary["seen"] == summary["checked"] + summary["skipped"] == len(INPUTS)
    assert (summary["skipped"], summary["verdict"]) == (5, "found")


def test_two_machines_in_one_recording_are_two_findings_and_lines_count_from_zero(command, folder):
    told = command("scan", "processes", folder / "two.jsonl", *QUICK)
    names = [line for line in told.by_rule if line["reason"] == "false_name"]
    assert sorted(line["records"] for line in names) == [[0], [1]]
    assert len({line["id"] for line in names}) == 2
    assert {line["subject"]["kind"] for line in names} == {"process"}
    assert {line["first_seen_at"] for line in names} == {"2026-01-05T08:00:00Z"}


def test_the_same_recordings_give_the_same_lines_byte_for_byte(command, folder):
    given = [folder / name for name in INPUTS]
    first, second = (command("scan", "processes", *given, *QUICK) for _ in range(2))
    assert first.steady == second.steady
    assert len(first.steady) > len(INPUTS)
    assert len(command("findings", "list", "--format", "jsonl").lines) == len(first.of_type("finding"))


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("quiet.jsonl",), 0),
        (("name.jsonl",), 1),
        (("nothing.jsonl",), 2),
        (("letter.txt",), 2),
        (("pipe.jsonl",), 2),
        (("empty.jsonl",), 3),
        (("texts",), 2),
        (("quiet.jsonl", "texts"), 3),
        (("stub.jsonl.gz",), 2),
        (("half.jsonl.gz",), 3),
        (("quiet.jsonl", "letter.txt"), 3),
        (("name.jsonl", "nothing.jsonl"), 1),
    ],
)
def test_the_exit_code_says_what_came_of_it(command, folder, names, code):
    assert command("scan", "processes", *(folder / name for name in names), "--quiet").code == code


@pytest.mark.parametrize(
    "wrong",
    [("--poll", "1"), ("--poll", "0"), ("--seconds", "nan"), ("--memory", "-4"), ("a.jsonl", "--seconds", "3"),
     ("a.jsonl", "--save", "b.jsonl"), ("--memory", "7", "--save", "b.jsonl"), ("a.jsonl", "--poll", "-1")],
)  # fmt: skip
def test_what_does_not_go_together_is_wrong_use(command, wrong):
    told = command("scan", "processes", *wrong)
    assert (told.code, told.out) == (2, b"")
    assert told.err


def test_a_poller_is_played_and_what_it_misses_is_said(command, tmp_path):
    row = json.loads(RECORDINGS["false_name"])
    rows = [row | {"t": row["t"] + n + 0.5, "end": row["t"] + n + 0.501, "pid": 7 + n} for n in range(20)]
    (tmp_path / "short.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert command("scan", "processes", tmp_path / "short.jsonl", *QUICK).code == 1
    told = command("scan", "processes", tmp_path / "short.jsonl", "--poll", "600", *QUICK)
    assert (told.code, told.lines[-1]["units"]["missed"]) == (0, 20)
    said = command("scan", "processes", tmp_path / "short.jsonl", "--poll", "600").out.decode()
    assert "We looked every 10" in said
    assert "20 of 20" in said


def test_findings_are_shown_judged_and_exported_without_secrets(command, tmp_path):
    word = "hunter2secret"
    row = json.loads(RECORDINGS["false_name"])
    row["cmdline"] += f" --password={word}"
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    told = command("scan", "processes", tmp_path / "a.jsonl", *QUICK)
    finding = next(line for line in told.by_rule if line["reason"] == "false_name")
    shown = command("findings", "show", finding["id"][:8])
    assert b"svchost.exe" in shown.out
    table = command("findings", "export", "--format", "csv")
    assert b"false_name" in table.out
    assert b"svchost.exe" in table.out
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert not any(word.encode() in out for out in (told.out, shown.out, table.out, kept))
    command("findings", "judge", finding["id"], "known")
    again = command("scan", "processes", tmp_path / "a.jsonl", *QUICK)
    assert finding["id"] not in {line["id"] for line in again.of_type("finding")}
    assert again.lines[-1]["units"]["known_findings"] == 1


# --- blows --------------------------------------------------------------------------------------------------------
@pytest.fixture
def many(tmp_path) -> list[str]:
    """Work for some seconds; every fourth recording has a finding."""
    folder = tmp_path / "many"
    folder.mkdir()
    paths = []
    quiet = b"".join(on_another_machine(RECORDINGS["quiet"], f"PC{n}") for n in range(60))
    for number in range(60):
        paths.append(f"{folder}/{number:03}.jsonl")
        Path(paths[-1]).write_bytes(quiet + (RECORDINGS["false_name"] if number % 4 == 0 else b""))
    return paths


def test_a_killed_worker_costs_one_recording_at_most(start, many, tmp_path):
    with start(*many) as program:
        lines = read_until_findings(program, 3)
        below = psutil.Process(program.pid).children(recursive=True)
        [worker] = [one for one in below if one.cmdline()[-1] == "recordings"]
        worker.kill()
        lines += read_rest(program)
        assert program.returncode == 1
    summary = lines[-1]
    assert summary["seen"] == summary["checked"] + summary["skipped"] == len(many)
    assert summary["skipped"] <= 1
    found = {line["source"] for line in lines if line["type"] == "finding"}
    assert len(set(many[::4]) - found) <= summary["skipped"]
    assert b'"restarted"' in (tmp_path / "stderr").read_bytes()


def test_ctrl_c_ends_with_130_and_every_recording_has_its_line(start, many, command):
    with start(*many) as program:
        lines = read_until_findings(program, 3)
        began = time.monotonic()
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does: to everybody
        lines += read_rest(program)
        assert time.monotonic() - began < 10
        assert program.returncode == 130
    summary = lines[-1]
    assert summary["stopped"] is True
    assert summary["seen"] == summary["checked"] + summary["skipped"] == len(many)
    assert {line.get("source") for line in lines} >= set(many)
    shown = {line["id"] for line in lines if line["type"] == "finding"}
    assert {line["id"] for line in command("findings", "list", "--format", "jsonl").lines} == shown


# --- this computer ------------------------------------------------------------------------------------------------
@contextmanager
def stranger(folder: Path) -> Iterator[psutil.Process]:
    """Run a harmless copy of a tool from a place where no program belongs, and delete its file."""
    copy = folder / "worker7"
    shutil.copy("/bin/sleep", copy)
    program = start_on_its_own(copy, "120")
    copy.unlink()
    try:
        yield program
    finally:
        program.kill()
        program.wait(10)


@LINUX
def test_what_runs_here_is_found_saved_and_found_again_in_the_recording(command, tmp_path):
    saved = tmp_path / "today.jsonl"
    with stranger(Path("/dev/shm")) as program:
        told = command("scan", "processes", "--seconds", "2", "--save", saved, *QUICK)
    live = {
        (line["reason"], line["severity"])
        for line in told.by_rule
        if line["subject"]["details"].get("pid") == program.pid
    }
    assert "runs_from_temporary_place" in {reason for reason, _ in live}
    assert saved.stat().st_mode & 0o777 == 0o600
    again = command("scan", "processes", saved, *QUICK)
    kept = {
        (line["reason"], line["severity"])
        for line in again.by_rule
        if line["subject"]["details"].get("pid") == program.pid
    }
    assert kept == live
    units = told.lines[-1]["units"]
    assert units["programs"] >= 2
    assert again.lines[-1]["units"]["starts"] >= units["programs"] / 2
    [line] = [
        line for line in told.lines if line.get("source") == "programs" and line["type"] in {"checked", "skipped"}
    ]
    assert told.lines[-1]["seen"] == 1
    assert line


ALONE = ("unshare", "--pid", "--fork", "--mount-proc", "sh", "-c")
"""In a world of its own, where no other program can be mistaken for a relative."""


@LINUX
@pytest.mark.skipif(subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode != 0,
                    reason="needs the right to make a process namespace")  # fmt: skip
def test_what_is_over_is_not_reported_any_more(command):
    place = f"/dev/shm/plainwatch-test-{os.getpid()}"
    with_stranger = f'cp /bin/sleep {place}; {place} 60 & sleep 0.3; rm {place}; "$@"'
    told = command("scan", "processes", "--seconds", "1", *QUICK, before=(*ALONE, with_stranger, "sh"))
    [finding] = [line for line in told.by_rule if line["reason"] == "deleted_program_running"]
    assert (finding["subject"]["name"], finding["severity"]) == (place, "high")
    shown = command("findings", "show", finding["id"][:8])
    assert Path(place).name.encode() in shown.out
    told = command("scan", "processes", "--seconds", "1", *QUICK, before=(*ALONE, '"$@"', "sh"))
    assert finding["id"] not in {line["id"] for line in told.of_type("finding")}
    listed = command("findings", "list", "--state", "all", "--format", "jsonl").lines
    assert {line["id"]: line["state"] for line in listed}[finding["id"]] == "solved"


@LINUX
def test_an_ordinary_user_sees_what_it_may_and_is_told_how(command):
    with nobody() as before:
        told = command("scan", "processes", "--seconds", "1", "--no-store", *QUICK, before=before)
        said = command("scan", "processes", "--seconds", "1", "--no-store", before=before).out.decode()
    assert told.code in {0, 1, 3}, told.err
    summary = told.lines[-1]
    assert summary["seen"] == summary["checked"] + summary["skipped"] == 1
    assert summary["units"]["programs"] >= 1
    assert "running program" in said
    if summary["units"].get("interval_ms"):  # newer systems tell everybody of starts
        assert "We looked every" in said


@LINUX
def test_ctrl_c_ends_a_watch_soon_and_what_was_seen_is_judged(start):
    with start("--seconds", "600") as program:
        assert json.loads(program.stdout.readline())["type"] == "started"
        time.sleep(1)
        began = time.monotonic()
        os.killpg(program.pid, signal.SIGINT)
        lines = read_rest(program)
        assert time.monotonic() - began < 10
        assert program.returncode == 130
    assert lines[-1]["stopped"] is True
    assert lines[-1]["seen"] == 1


@LINUX
def test_a_killed_watcher_leaves_a_gap(start):
    with start("--seconds", "600") as program:
        assert json.loads(program.stdout.readline())["type"] == "started"
        below = psutil.Process(program.pid).children(recursive=True)
        [worker] = [one for one in below if one.cmdline()[-1] == "programs"]
        worker.kill()
        lines = read_rest(program)
        assert program.returncode == 3
    [gap] = [line for line in lines if line["type"] == "skipped"]
    assert (gap["subject"]["kind"], gap["reason"], gap["source"]) == ("sense", "worker_died", "programs")


@LINUX
def test_a_file_that_cannot_be_kept_is_a_sentence(command, tmp_path):
    told = command("scan", "processes", "--seconds", "1", "--save", tmp_path / "no" / "file.jsonl")
    assert (told.code, told.out) == (2, b"")
