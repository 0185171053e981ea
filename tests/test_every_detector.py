"""What every detector owes. A new one is found by itself and held to all of it; nothing here has to be edited."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import SkipReason
from detectors.contract.finding import Finding, Severity
from detectors.contract.memory import MemoryPiece
from detectors.contract.programs import FileChange, KnownPrograms, Load, PlaceChange, Programs
from detectors.contract.records import ArchiveTrouble, FileRecord
from detectors.contract.traffic import Traffic
from detectors.worker.registry import find_detectors
from tests.factories import A_MORNING, make_file
from tests.program_factories import NOW_S, chain, connection, listener, program, programs
from tests.traffic_factories import (
    FAR,
    HOME,
    NEIGHBOUR,
    alarms_of,
    make_arp,
    make_busy,
    make_datagrams,
    make_dhcp,
    make_dns,
    make_flows,
    make_http,
    make_icmp,
    make_kerberos,
    make_ldap,
    make_login,
    make_opening,
    make_rpc,
    make_sign,
    make_smb,
    make_sockets,
    make_tls,
    make_traffic,
    make_unanswered,
)

ROOT = Path(__file__).parents[1]
KINDS = sorted(find_detectors(), key=lambda kind: kind.name)
ALLOWED = ("detectors.contract", "detectors.features", "detectors.engines")
TROUBLE = ArchiveTrouble(
    "a.zip", "a.zip", 0, SkipReason.ARCHIVE_HEADER_LIES, is_bomb=True, size_bytes=100, sha256="0" * 64
)
PATTERN_OF_TESTS = b"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X"[
    ::-1
]  # backwards, so that no scanner takes this file for it
PIECE = MemoryPiece("memory", 7, "tool", "/opt/tool", "anna", 5.0, "heap", False, 0x7F0000, 0, PATTERN_OF_TESTS)
HOSTILE = "\udcff\x1b[1m<b>" + "a" * 300


def make_odd_traffic() -> Traffic:
    """Everything at once, with texts and numbers that a stranger might choose."""
    return make_traffic(
        make_flows(30, every_s=0.0, duration_s=0.0),
        make_unanswered(30, server_port=list(range(30)), started_s=-1.0),
        make_datagrams(30, client="::", server="ff02::1", started_s=4e9),
        turns=[(0, 1e12, 0)] * 20,
        arps=[make_arp("0.0.0.0", "255.255.255.255", operation=n % 4, at_s=0.0) for n in range(20)],
        icmps=[make_icmp(kind=n, payload_entropy=-1.0) for n in range(20)],
        busy=[make_busy(packets=2**40)],
        dns=[make_dns(name, is_response=n % 2 == 1) for n, name in enumerate(["", ".", "..", HOSTILE, "a" * 255] * 4)],
        http=[make_http(HOSTILE, host=HOSTILE, user_agent=HOSTILE, headers={HOSTILE: HOSTILE}, at_s=-1.0)] * 20,
        tls=[make_tls(HOSTILE, flow=-1), make_tls("", version=0, cipher=0)],
        smb=[make_smb(HOSTILE, name=HOSTILE, status=-1)],
        rpc=[make_rpc(HOSTILE, opnum=-1, pipe=HOSTILE)],
        kerberos=[make_kerberos(HOSTILE, user=HOSTILE, etypes=())],
        ldap=[make_ldap(HOSTILE, filter=HOSTILE, attributes=())],
        logins=[make_login(HOSTILE, user=HOSTILE, outcome="failed")] * 20,
        dhcp=[make_dhcp(HOSTILE, routers=(), server_id="")],
        openings=[make_opening(b"", b"\xff" * 2_048, flow=-1)],
        signs=[make_sign(HOSTILE, flow=-1)],
        source="/d/\udcff\x1b[1m<b>.pcap",
    )


def make_ordinary_day() -> Traffic:
    """A person at work: pages, look-ups, a share, a sign-in; nothing to tell about."""
    return make_traffic(
        make_flows(
            40, every_s=37.0, server=[FAR, NEIGHBOUR] * 20, server_port=[443, 445] * 20, service=["tls", "smb"] * 20
        ),
        make_datagrams(20, is_answered=True, server_port=53, service="dns", every_s=61.0),
        dns=[make_dns(), make_dns(is_response=True, answers=(("www.example.com", 1, 60, FAR),))],
        tls=[make_tls(flow=row) for row in range(0, 40, 2)],
        http=[make_http(headers={"referer": "http://www.example.com/", "accept-language": "de"})],
        smb=[make_smb(flow=1)],
        kerberos=[make_kerberos()],
        ldap=[make_ldap()],
        dhcp=[make_dhcp()],
        arps=[make_arp()],
        icmps=[make_icmp(), make_icmp(FAR, HOME, kind=0)],
    )


def make_open_sockets() -> Traffic:
    """What the system lists as open for a while: no sizes, no flags, no names."""
    many = make_sockets(60, every_s=10.0, server=FAR)
    others = make_sockets(40, server=[f"93.184.{n}.9" for n in range(40)], server_port=list(range(400, 440)))
    doors = make_sockets(40, server=NEIGHBOUR, server_port=list(range(400, 440)))
    return make_traffic(many, others, doors, has_packets=False, is_recording=False)


def make_odd_programs(system: str) -> Programs:
    """Programs, changes and counters with texts and numbers that a stranger might choose."""
    odd = {
        "name": HOSTILE,
        "path": "/" + HOSTILE + "\\..\\..",
        "command": HOSTILE * 50,
        "arguments": (HOSTILE, "", "-c", "(" * 1_000),
        "user": HOSTILE,
        "folder": HOSTILE,
        "streams": ("socket", HOSTILE),
        "connections": (connection(HOSTILE, -1, near=None, near_port=None, is_outgoing=None),),
        "files": (HOSTILE, "", "/" * 500) * 20,
        "is_deleted": True,
        "loads": [
            Load(-1e300, 1e300),
            Load(float("nan"), float("inf"), written_bytes=-5),
            Load(0.0, 0.0, read_bytes=2**70),
        ],
        "started_s": 1e300,
        "ended_s": -1.0,
        "pid": 2**40,
    }
    above = program(None, system=system, path=None, command=None, pid=None, started_s=None, record=-1)
    many = [
        program(system=system, parent=above, **odd | {"started_s": at_s}) for at_s in (1e300, -1e300, None, 0.0) * 5
    ]
    return programs(
        *many,
        system=system,
        source="/d/\udcff\x1b[1m<b>.jsonl",
        listeners=tuple((one, listener(-1, HOSTILE)) for one in (*many, None)),
        file_changes=tuple(FileChange(at_s, HOSTILE, word, HOSTILE, -1.0, 99.0, -1, is_canary=True) for at_s in (1e300, -1e300, 0.0) for word in ("renamed", "deleted", HOSTILE)),
        place_changes=tuple(PlaceChange(at_s, place, HOSTILE, "created", HOSTILE * 50, HOSTILE) for at_s in (None, -1e300) for place in ("cron", "account", HOSTILE)),
        known=KnownPrograms(is_learned=True),
        flagged={many[0]: float("nan")},
        now_s=1e300,
    )  # fmt: skip


def make_ordinary_programs(system: str) -> Programs:
    """A person at work: a browser, an editor, a look at the clock, an upgrade; nothing to tell about."""
    if system == "windows":
        desk = chain("winlogon.exe", "userinit.exe", "explorer.exe", path="C:\\Windows\\explorer.exe")
        browser = program("browser.exe", parent=desk, path="C:\\Program Files\\Browser\\browser.exe")
        starts = [browser, program("notepad.exe", parent=desk), program("svchost.exe", parent=program("services.exe"))]
    else:
        desk = chain("systemd", "gnome-shell")
        browser = program("firefox", parent=desk, path="/usr/lib/firefox/firefox", connections=(connection(),))
        shell = program("bash", parent=desk, command="bash", streams=("terminal",) * 3)
        starts = [browser, shell, *(program(name, parent=shell, command=name) for name in ("ls", "date", "vim"))]
    for step in range(10):
        browser.loads.append(Load(NOW_S + 100 * step, 60.0 * step, read_bytes=10**8 * step, written_bytes=10**7 * step))
    return programs(
        *starts,
        listeners=((browser, listener(5_353, "127.0.0.1")),),
        file_changes=tuple(FileChange(NOW_S + n, f"/home/m/{n}.txt", "modified", entropy_bits=4.5) for n in range(9)),
        place_changes=(PlaceChange(NOW_S, "systemd", "/etc/systemd/system/x.service", "created", is_packaged=True),),
    )


RECORDS = {
    Programs: [make_ordinary_programs("windows"), make_ordinary_programs("linux"), *map(make_odd_programs, ("windows", "linux", "macos"))],
    FileRecord: [
        make_file(),
        make_file("/d/eicar.com", PATTERN_OF_TESTS),
        make_file("/d/letter.pdf.exe", b"MZ" + bytes(200)),
        make_file("/d/photo.jpg", b"MZ\x90\x00" + bytes(60) + b"PE\0\0"),
        make_file("/d/\udcff\x1b[1m<b>.html", b"<html><?php echo 1; ?>\xff\xfe"),
        make_file("/d/half.zip", b"PK\x03\x04" + bytes(26), is_whole=False, modified_at=None),
        make_file("a.zip!b.zip!c.txt", bytes(range(256)) * 40, depth=2),
    ],
    ArchiveTrouble: [TROUBLE, replace(TROUBLE, is_bomb=False, reason=SkipReason.ARCHIVE_TOO_LARGE)],
    MemoryPiece: [PIECE, replace(PIECE, name=HOSTILE, path=HOSTILE, user=HOSTILE, data=b"MZ\xff\xfe" * 999)],
    Traffic: [make_ordinary_day(), make_odd_traffic(), make_open_sockets()],
}  # fmt: skip
EMPTY = {
    Programs: [programs(system=system, now_s=now_s) for system in ("", "linux", "windows") for now_s in (None, NOW_S)],
    MemoryPiece: [replace(PIECE, data=b""), replace(PIECE, data=bytes(4_096), path=None, user=None, started_s=None)],
    FileRecord: [make_file(data=b""), make_file("", b""), make_file("/d/x.exe", b"")],
    Traffic: [Traffic.blank("/d/x.pcap"), make_traffic(has_packets=False, is_recording=False)],
}

pytestmark = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def built():
    """Detectors, each built once."""
    context = DetectorContext(ROOT / "rules", None, ROOT / "models")
    return {kind: kind.build(context) for kind in KINDS}


def judge(detector: Detector) -> list[list[object]]:
    """Let it judge everything it reads; the time of the check is no part of the answer."""
    return [
        [replace(one, first_seen_at=A_MORNING, last_seen_at=A_MORNING) for one in detector.detect(record)]
        for record in RECORDS[detector.reads]
    ]


def test_its_name_is_its_files_name_and_the_file_holds_one(kind):
    assert kind.name == Path(inspect.getfile(kind)).stem
    assert [other.name for other in KINDS].count(kind.name) == 1
    assert kind.__doc__
    assert kind.version


def test_it_names_its_reasons(kind):
    assert kind.reasons
    assert len(set(kind.reasons)) == len(kind.reasons)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", reason) for reason in kind.reasons)


def test_it_reads_a_record_that_telemetry_makes(kind):
    assert kind.reads in RECORDS


def test_it_imports_only_the_shared_words_features_and_engines(kind):
    tree = ast.parse(Path(inspect.getfile(kind)).read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {name for name in modules if name.split(".")[0] in {"detectors", "desktop"}}
    assert {name for name in ours if not name.startswith(ALLOWED)} == set()


def test_empty_input_gives_nothing(kind, built):
    for record in EMPTY.get(kind.reads, []):
        assert list(built[kind].detect(record)) == []


def test_the_same_input_gives_the_same_findings(kind, built):
    once = judge(built[kind])
    assert judge(built[kind]) == once
    assert judge(kind.build(DetectorContext(ROOT / "rules", None, ROOT / "models"))) == once


def _said_once(kind: type[Detector], finding: Finding) -> object:
    if kind.reads is Programs:
        return finding.id
    return (finding.reason, finding.subject.name) if kind.reads is Traffic else finding.reason


def test_a_finding_says_who_what_and_how_sure(kind, built):
    for record, findings in zip(RECORDS[kind.reads], judge(built[kind]), strict=True):
        said = {_said_once(kind, finding) for finding in findings}
        assert len(said) == len(findings), "one finding a reason and file, a reason and computer, or a family and hour"
        for finding in findings:
            assert finding.detector == kind.name
            assert finding.judged_by == built[kind].judged_by
            assert finding.reason in kind.reasons
            assert finding.source == record.source
            assert kind.reads not in (FileRecord, ArchiveTrouble) or finding.subject.name == record.name
            assert kind.reads is not Programs or finding.subject.kind in ("process", "place")
            assert kind.reads is not Traffic or "other_side" in {item.name for item in finding.evidence}
            assert 0 <= finding.confidence <= 1
            assert finding.evidence
            assert all(re.fullmatch(r"T\d{4}(\.\d{3})?", technique) for technique in finding.techniques)


def test_findings_carry_the_time_of_the_check_in_utc(kind, built):
    for record in RECORDS[kind.reads]:
        for finding in built[kind].detect(record):
            assert finding.first_seen_at.utcoffset() is not None
            assert finding.first_seen_at.utcoffset().total_seconds() == 0
            assert finding.last_seen_at >= finding.first_seen_at


def test_an_ordinary_day_on_the_network_alarms_nobody(kind, built):
    if kind.reads is Traffic:
        assert alarms_of(built[kind], make_ordinary_day()) == []
        assert alarms_of(built[kind], make_open_sockets()) == []


def test_an_ordinary_day_of_programs_alarms_nobody(kind, built):
    if kind.reads is Programs:
        for system in ("windows", "linux"):
            found = list(built[kind].detect(make_ordinary_programs(system)))
            assert [one.reason for one in found if one.severity > Severity.LOW] == []
