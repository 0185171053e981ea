"""The command line over real files, real workers and a real store: what comes out is exact, and survives blows."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
TEST_LINE = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*"
HOSTILE_NAMES = ("two\nlines.com", "\x1b[31mred.com", "\u202emoc.txt", "bad\udcff.com", "<b>bold[red].com")
PATIENCE_S = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="channels, odd names and signals of POSIX")


@dataclass
class Told:
    """What a command said, and how it ended."""

    code: int
    out: bytes
    err: bytes

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.decode("utf-8").splitlines()]

    def of_type(self, kind: str) -> list[dict]:
        return [line for line in self.lines if line["type"] == kind]


@pytest.fixture
def plain_environment() -> dict[str, str]:
    """No screen, English, no settings of the person who runs the tests."""
    hidden = ("LC_", "LANG", "COV_", "DISPLAY", "WAYLAND", "PLAINWATCH")
    return {name: value for name, value in os.environ.items() if not name.startswith(hidden)} | {"LANG": "C.UTF-8"}


@pytest.fixture
def command(tmp_path, plain_environment):
    """Run one command to its end."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> Told:
        words = [sys.executable, ROOT / "main.py", *arguments, "--data-folder", tmp_path / "data"]
        done = subprocess.run(
            words, env=plain_environment, capture_output=True, timeout=PATIENCE_S, check=False, cwd=cwd
        )
        return Told(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def start(tmp_path, plain_environment):
    """Start a check of a folder that a test then disturbs; nothing of it outlives the test."""

    @contextmanager
    def running(*arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        words = [sys.executable, ROOT / "main.py", "scan", "files", *arguments, "--format", "jsonl"]
        with (tmp_path / "stderr").open("wb") as stderr:
            program = subprocess.Popen(
                [*words, "--data-folder", tmp_path / "data"],
                env=plain_environment,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,
            )
        try:
            yield program
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            program.stdout.close()

    return running


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 23, 9, 10, 0)), content)
    return packed.getvalue()


@pytest.fixture
def folder(tmp_path) -> Path:
    """Everything at once: harmless, found, hostile, nested, damaged and never ending."""
    folder = tmp_path / "inputs"
    (folder / "letters").mkdir(parents=True)
    (folder / "letters/letter.txt").write_bytes(b"Dear Sam,\nthe order is ready.\n")
    (folder / "test.com").write_text(TEST_LINE)
    for name in HOSTILE_NAMES:
        (folder / name).write_text(TEST_LINE)
    inner = zipped(("test.com", TEST_LINE.encode()))
    (folder / "nested.zip").write_bytes(zipped(("inner.zip", inner), ("letter.txt", b"Dear Sam,\n")))
    (folder / "damaged.zip").write_bytes(zipped(("letter.txt", bytes(range(256)) * 40))[:300])
    os.mkfifo(folder / "pipe")
    (folder / "letters/loop").symlink_to("..")
    return folder


def finding_id(name: str) -> str:
    parts = ("suspicious_file", "test_file", "file", name)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@pytest.mark.parametrize("language", ["en", "fr", "de", "lb"])
def test_a_folder_of_everything_gives_exact_lines_in_each_language(command, folder, language):
    told = command("scan", "files", folder, "--format", "jsonl", "--language", language)
    assert told.code == 1, told.err
    names = [
        f"{folder}/test.com",
        *(f"{folder}/{name}" for name in HOSTILE_NAMES),
        f"{folder}/nested.zip!inner.zip!test.com",
    ]
    findings = [line for line in told.of_type("finding") if line["reason"] == "test_file"]
    others = [(line["reason"], line["subject"]["name"]) for line in told.of_type("finding") if line not in findings]
    assert others == [("disguised_file", f"{folder}/{HOSTILE_NAMES[2]}")]  # its name turns the reading direction
    assert {line["subject"]["name"]: line["id"] for line in findings} == {name: finding_id(name) for name in names}
    assert len(findings) == len(names)
    assert {(line["reason"], line["severity"], line["source"]) for line in findings} == {
        ("test_file", "informational", str(folder))
    }
    assert {line["explanation"]["language"] for line in findings} == {language}
    skipped = {line["subject"]["name"].removeprefix(f"{folder}/"): line["reason"] for line in told.of_type("skipped")}
    assert skipped == {"pipe": "fifo", "letters/loop": "link_loop", "damaged.zip": "archive_damaged"}
    assert all(line["text"] and line["source"] == str(folder) for line in told.of_type("skipped"))
    summary = told.lines[-1]
    assert told.lines[0]["type"] == "started"
    assert (summary["type"], summary["verdict"], summary["findings"]) == ("summary", "found", 8)
    assert summary["units"]["files"] == 11
    assert summary["skipped"] == 3
    assert summary["seen"] == summary["checked"] + summary["skipped"] == 11 + summary["units"]["members"]
    assert summary["units"]["members"] >= 3


def test_the_same_folder_gives_the_same_lines_twice(command, folder):
    def stable(told: Told) -> list[str]:
        lines = [line for line in told.lines if line["type"] not in ("started", "progress")]
        for line in lines:
            for changing in ("duration_s", "first_seen_at", "last_seen_at"):
                line.pop(changing, None)
        return sorted(json.dumps(line) for line in lines)

    first, second = (command("scan", "files", folder, "--format", "jsonl") for _ in range(2))
    assert stable(first) == stable(second)
    assert len(command("findings", "list", "--format", "jsonl").lines) == 8


@pytest.mark.parametrize("language", ["en", "fr", "de", "lb"])
def test_text_is_harmless_whatever_the_names_are(command, folder, language):
    told = command("scan", "files", folder, "--language", language)
    text = told.out.decode("utf-8")
    assert told.code == 1
    for name in ("two␊lines.com", "␛[31mred.com", "⇄moc.txt", "bad�.com", "<b>bold[red].com"):
        assert name in text
    assert not {"\x1b", "\u202e", "\udcff"} & set(text)
    assert "[console." not in text + told.err.decode()
    assert "Traceback" not in told.err.decode()


def test_a_clean_folder_is_clean(command, folder):
    told = command("scan", "files", folder / "letters/letter.txt", "--format", "jsonl")
    assert (told.code, told.lines[-1]["verdict"], told.lines[-1]["seen"]) == (0, "clean", 1)
    assert told.lines[0]["isolation"].startswith("limits")


def test_a_missing_path_alone_is_wrong_use_and_beside_others_a_skipped_line(command, folder):
    missing = folder / "nothing"
    alone = command("scan", "files", missing)
    assert (alone.code, alone.out, alone.err.count(b"\n")) == (2, b"", 1)
    beside = command("scan", "files", folder / "letters/letter.txt", missing, "--format", "jsonl")
    assert beside.code == 3
    assert [(line["source"], line["reason"]) for line in beside.of_type("skipped")] == [(str(missing), "not_found")]
    sources = {line.get("source") for line in beside.lines}
    assert {str(folder / "letters/letter.txt"), str(missing)} <= sources
    found = command("scan", "files", folder / "test.com", missing)
    assert found.code == 1


def test_an_input_with_bytes_that_are_not_utf8_can_be_named_and_comes_back_exact(command, folder):
    name = f"{folder}/{HOSTILE_NAMES[3]}"
    told = command("scan", "files", name, "--format", "jsonl")
    assert told.code == 1
    assert told.of_type("checked")[0]["source"] == name
    assert b"bad\\udcff.com" in told.out


def test_the_same_words_in_another_folder_mean_other_files(command, folder):
    told = command("scan", "files", "test.com", "--format", "jsonl", cwd=folder)
    assert [(line["source"], line["id"]) for line in told.of_type("finding")] == [
        ("test.com", finding_id(f"{folder}/test.com"))
    ]
    (folder / "letters/test.com").write_bytes(b"Dear Sam,\n")
    assert command("scan", "files", "test.com", cwd=folder / "letters").code == 0
    assert command("scan", "files", ".", cwd=folder / "letters").code == 3  # the link back is left out
    assert {line["id"] for line in command("findings", "list", "--format", "jsonl").lines} == {
        finding_id(f"{folder}/test.com")
    }


def test_what_is_excluded_is_said(command, folder):
    told = command(
        "scan", "files", folder, "--exclude", "*.com", "--exclude", "*.zip", "--exclude", "*.txt", "--format", "jsonl"
    )
    assert told.code == 3
    reasons = {line["reason"] for line in told.of_type("skipped")}
    assert reasons == {"excluded", "fifo", "link_loop"}


def test_a_judgement_silences_one_file_only_as_long_as_it_stays_the_same(command, folder):
    file = folder / "test.com"
    assert command("scan", "files", file).code == 1
    assert command("findings", "judge", finding_id(str(file)), "known").code == 0
    assert command("scan", "files", file).code == 0
    (folder / "nested.zip").rename(folder / "moved.zip")
    assert command("scan", "files", folder / "moved.zip").code == 1


# --- blows --------------------------------------------------------------------------------------------------------
@pytest.fixture
def large_folder(tmp_path) -> tuple[Path, set[str]]:
    """Enough work for some seconds; every 20th file is the harmless test file."""
    folder = tmp_path / "large"
    folder.mkdir()
    letter = b"Dear Sam, the order of this week is ready and the bill comes with it. " * 800
    found = set()
    for number in range(800):
        path = folder / f"{number:04d}.txt"
        path.write_bytes(TEST_LINE.encode() if number % 20 == 0 else letter + str(number).encode())
        if number % 20 == 0:
            found.add(finding_id(str(path)))
    return folder, found


def read_findings(program: subprocess.Popen[bytes], number: int) -> set[str]:
    """Read lines until ``number`` findings were shown."""
    assert program.stdout is not None
    shown: set[str] = set()
    while len(shown) < number:
        line = json.loads(program.stdout.readline())
        if line["type"] == "finding":
            shown.add(line["id"])
    return shown


def read_rest(program: subprocess.Popen[bytes]) -> list[dict]:
    """Read to the end, through the same buffer: ``communicate`` would pass by what it holds."""
    assert program.stdout is not None
    out = program.stdout.read()
    program.wait(PATIENCE_S)
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def workers_of(program: subprocess.Popen[bytes], role: str = "") -> list[psutil.Process]:
    below = psutil.Process(program.pid).children(recursive=True)
    return [one for one in below if "worker" in one.cmdline() and (not role or role in one.cmdline())]


def kept_ids(command) -> set[str]:
    return {line["id"] for line in command("findings", "list", "--format", "jsonl").lines}


def test_ctrl_c_ends_with_130_and_keeps_what_was_shown(command, start, large_folder):
    with start(large_folder[0]) as program:
        shown = read_findings(program, 3)
        began = time.monotonic()
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does: to everybody
        rest = read_rest(program)
        assert time.monotonic() - began < 10
        assert program.returncode == 130
    assert rest[-1]["type"] == "summary"
    assert rest[-1]["stopped"] is True
    assert rest[-1]["seen"] == rest[-1]["checked"] + rest[-1]["skipped"] < 800
    shown |= {line["id"] for line in rest if line["type"] == "finding"}
    assert kept_ids(command) == shown


@pytest.mark.parametrize("role", ["parse", "files"])
def test_a_killed_worker_loses_nothing_that_was_shown_and_the_check_goes_on(start, large_folder, role):
    folder, expected = large_folder
    with start(folder) as program:
        shown = read_findings(program, 3)
        victims = workers_of(program, role)
        assert len(victims) == 1
        victims[0].kill()
        rest = read_rest(program)
        assert program.returncode == 1
    again = [line["id"] for line in rest if line["type"] == "finding"]
    assert len(again) == len(set(again))
    assert not shown & set(again)
    left_out = {finding_id(line["subject"]["name"]) for line in rest if line["type"] == "skipped"}
    assert shown | set(again) | left_out >= expected
    assert len(left_out) <= 4  # at most what was in work at that moment
    assert rest[-1]["seen"] == rest[-1]["checked"] + rest[-1]["skipped"] == 800


def test_what_was_shown_survives_the_death_of_the_whole_program_and_a_resumed_check_ends_the_same(
    command, start, large_folder
):
    folder, expected = large_folder
    with start(folder) as program:
        shown = read_findings(program, 3)
        workers = workers_of(program)
        assert len(workers) == 2
        program.kill()
        program.wait()
        _, alive = psutil.wait_procs(workers, timeout=10)
        assert alive == []
    assert shown <= kept_ids(command)
    resumed = command("scan", "files", folder, "--resume", "--format", "jsonl")
    assert resumed.code == 1
    assert {line["id"] for line in resumed.of_type("finding")} == expected
    assert resumed.lines[-1]["seen"] == 800
    assert kept_ids(command) == expected


def test_a_reader_who_leaves_is_no_reason_for_a_traceback(start, large_folder, tmp_path):
    with start(large_folder[0]) as program:
        read_findings(program, 1)
        assert program.stdout is not None
        program.stdout.close()
        assert program.wait(PATIENCE_S) == 130
    said = (tmp_path / "stderr").read_text("utf-8")
    assert {json.loads(line)["type"] for line in said.splitlines()} <= {"progress"}
