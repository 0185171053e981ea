"""Invented programs of an office that does not exist, for pictures and tests of the window.

Before this on the path: ``made_up.py``. After it: the Activity page, and findings about programs. Addresses and names
are those that are kept free for examples (RFC 5737, RFC 2606).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from desktop.service.keeping.kept import KeptFinding
from desktop.service.programs import ProgramSource, ProgramStory, ProgramsView, findings_about
from desktop.window import present
from detectors.contract.activity import ProgramRow
from detectors.contract.finding import Evidence, Finding, FoundBy, Scalar, Severity, Subject
from detectors.contract.programs import Coverage

RECORDING = "/home/maria/Downloads/reception.jsonl.gz"
MB = 1_000_000
SYSTEM, MARIA = "SYSTEM", "maria"
DAY_S, _SINCE_START_S = 86_400, 5 * 3600
LETTER, SHELL, STRANGER = 4188, 4216, 5104
# number, parent, name, folder, account, minutes since, share of a core, memory in MB, far ends, doors
_PROGRAMS: tuple[tuple[int, int, str, str, str, float, float | None, int, tuple[str, ...], tuple[int, ...]], ...] = (
    (4, 0, "Start of the system", "", SYSTEM, 300, 0.002, 9, (), ()),
    (612, 4, "services.exe", "C:\\Windows\\System32", SYSTEM, 300, 0.004, 12, (), (49664,)),
    (700, 612, "printd.exe", "C:\\Program Files\\Print", SYSTEM, 299, 0.0, 24, ("192.0.2.40:631",), (631,)),
    (712, 612, "update.exe", "C:\\Program Files\\Update", SYSTEM, 290, 0.01, 61, ("updates.example:443",), ()),
    (904, 4, "explorer.exe", "C:\\Windows", MARIA, 280, 0.012, 142, (), ()),
    (2210, 904, "browser.exe", "C:\\Program Files\\Browser", MARIA, 212, 0.34, 1240,
     tuple(f"www{n}.example:443" for n in range(9)), ()),
    (2388, 904, "mail.exe", "C:\\Program Files\\Mail", MARIA, 208, 0.021, 312, ("mail.office.example:993",), ()),
    (2702, 904, "calls.exe", "C:\\Program Files\\Video calls", MARIA, 74, 1.4, 688,
     ("meet.example:443", "turn.meet.example:3478", "cdn.meet.example:443"), (50112,)),
    (LETTER, 2388, "letters.exe", "C:\\Program Files\\Office", MARIA, 31, 0.006, 204, (), ()),
    (SHELL, LETTER, "powershell.exe", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0", MARIA, 29, 0.05, 96,
     ("203.0.113.77:443",), ()),
    (STRANGER, SHELL, "calendar & <b>sync.exe", "C:\\Users\\maria\\AppData\\Local\\Temp", MARIA, 28, 0.91, 58,
     ("203.0.113.77:443", "198.51.100.9:8080"), ()),
    (3310, 904, "notes.exe", "C:\\Program Files\\Notes", MARIA, 120, 0.0, 41, (), ()),
    (3400, 904, "remote help.exe", "C:\\Program Files\\Help", MARIA, 66, 0.003, 52, (), (5900,)),
)  # fmt: skip
_ENDED = (
    (2900, 904, "pictures.exe", "C:\\Program Files\\Pictures", 96, 44),
    (2950, 612, "backup.exe", "C:\\Tools", 60, 51),
)


@cache
def _began_s() -> int:
    """Give the moment of the invented look: one for the whole visit, because keys of programs hold their start."""
    return int(present.now().timestamp())


def make_program_rows(machine: str = "", ago_s: int = 0) -> list[ProgramRow]:
    """Invent what runs, by start, and two programs that have ended."""
    begin = _began_s() - ago_s
    starts = {pid: begin - ago * 60.0 for pid, _parent, _name, _folder, _user, ago, *_ in _PROGRAMS}
    starts |= {pid: begin - first * 60.0 for pid, _parent, _name, _folder, first, _last in _ENDED}

    def key(pid: int) -> str:
        return f"{machine}|{pid}|{starts[pid]:.3f}" if pid else ""

    rows = [
        ProgramRow(
            key=key(pid), parent=key(parent), name=name, path=f"{folder}\\{name}" if folder else "",
            command=f'"{folder}\\{name}" -q' if folder else "", user=user, pid=pid, started_s=starts[pid],
            ended_s=None, cpu_s=None if share is None else share * ago * 60, cpu_share=share,
            memory_bytes=memory * MB, read_bytes=memory * MB // 3, written_bytes=memory * MB // 9,
            connections=len(far), far=far[:5], listens=doors,
        )
        for pid, parent, name, folder, user, ago, share, memory, far, doors in _PROGRAMS
    ]  # fmt: skip
    rows += [
        ProgramRow(
            key=key(pid), parent=key(parent), name=name, path=f"{folder}\\{name}", command="", user=MARIA, pid=pid,
            started_s=starts[pid], ended_s=begin - last * 60.0,
        )
        for pid, parent, name, folder, _first, last in _ENDED
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.started_s or 0.0)


def make_programs_view(story: str, source: str | None) -> ProgramsView:
    """Invent what the service knows of programs."""
    if story == "empty":
        return ProgramsView(None, (), ())
    here = make_program_rows()
    last = float(_began_s())
    first = last - _SINCE_START_S
    sources = (
        ProgramSource("", "programs", first, last, len(here), Coverage("polling", 0.5, 60, 41, 3)),
        ProgramSource(RECORDING, "recording", first - DAY_S, last - DAY_S, len(here), Coverage("recording")),
    )
    if source == RECORDING:
        return ProgramsView(sources[1], sources, tuple(make_program_rows("reception", DAY_S)))
    return ProgramsView(sources[0], sources, tuple(here))


def make_program_story(view: ProgramsView, key: str, kept: Sequence[KeptFinding]) -> ProgramStory | None:
    """Put a family together."""
    by_key = {row.key: row for row in view.rows}
    row = by_key.get(key)
    if row is None or view.source is None:
        return None
    chain, above = [], row
    while (parent := by_key.get(above.parent)) is not None and parent not in chain:
        chain.append(parent)
        above = parent
    children = tuple(one for one in view.rows if one.parent == key)
    return ProgramStory(row, tuple(chain), children, findings_about((row, *chain), view.source, kept), not row.ended_s)


def make_kept_program(reason: str, severity: Severity, pid: int, *, is_recorded: bool = False) -> KeptFinding:
    """Invent one kept finding about one of the programs."""
    machine, source = ("reception", RECORDING) if is_recorded else ("", "programs")
    rows = {row.pid: row for row in make_program_rows(machine, DAY_S if is_recorded else 0)}
    row, names = rows[pid], [one[2] for one in _PROGRAMS if one[0] in {904, 2388, LETTER, SHELL, pid}]
    details: dict[str, Scalar] = {"name": row.name, "pid": pid, "user": row.user, "started_s": row.started_s or 0.0}
    subject = Subject("process", row.path, details)
    return _keep(reason, severity, subject, names, (source, machine))


def _keep(
    reason: str, severity: Severity, subject: Subject, names: Sequence[str], seen_in: tuple[str, str]
) -> KeptFinding:
    """Keep a finding; ``seen_in`` names source and machine."""
    source, machine = seen_in
    started_s = subject.details.get("started_s")
    at = datetime.fromtimestamp(started_s if isinstance(started_s, float) else _began_s() - 600.0, UTC)
    finding = Finding(
        detector="made_up",
        reason=reason,
        subject=subject,
        severity=severity,
        confidence=0.8,
        evidence=(
            Evidence("sign_document_started_command", observed=True),
            Evidence("sign_hidden_window", observed=True),
            Evidence("parent", names[-2] if len(names) > 1 else "explorer.exe"),
            Evidence("chain", list(names)),
            Evidence("command", "powershell.exe -q <b>-x</b> \u202e -password ***"),
            Evidence("user", MARIA),
            Evidence("rules", ["made_up.Example"]),
            Evidence("place", "run_key"),
        ),
        first_seen_at=at,
        last_seen_at=at,
        judged_by="made_up@1",
        found_by=FoundBy.RULE,
        source=source,
        techniques=("T1204.002",),
        records=(12, 14, 15) if machine else (),
        identity=(*((source, machine) if machine else ()), at.date().isoformat(), "tree", "1"),
    )
    return KeptFinding(finding, "open", None, None, None, at, at, 1, is_new_since_last_visit=True)


def make_kept_programs() -> list[KeptFinding]:
    """Invent what was found among the programs."""
    place = Subject("place", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Calendar & <b>sync")
    return [
        make_kept_program("office_starts_command", Severity.MEDIUM, SHELL),
        make_kept_program("runs_from_temporary_place", Severity.MEDIUM, STRANGER),
        make_kept_program("hidden_command_line", Severity.MEDIUM, SHELL, is_recorded=True),
        _keep("autostart_change", Severity.LOW, place, ("explorer.exe",), ("programs", "")),
    ]
