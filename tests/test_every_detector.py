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
from detectors.contract.records import ArchiveTrouble, FileRecord
from detectors.contract.traffic import Traffic
from detectors.worker.registry import find_detectors
from tests.factories import A_MORNING, make_file
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


RECORDS = {
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
    Traffic: [make_ordinary_day(), make_odd_traffic(), make_open_sockets()],
}  # fmt: skip
EMPTY = {
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


def test_a_finding_says_who_what_and_how_sure(kind, built):
    for record, findings in zip(RECORDS[kind.reads], judge(built[kind]), strict=True):
        said = {
            (finding.reason, finding.subject.name) if kind.reads is Traffic else finding.reason for finding in findings
        }
        assert len(said) == len(findings), "one finding a reason and file, or a reason and computer"
        for finding in findings:
            assert finding.detector == kind.name
            assert finding.judged_by == built[kind].judged_by
            assert finding.reason in kind.reasons
            assert finding.source == record.source
            assert kind.reads is Traffic or finding.subject.name == record.name
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
