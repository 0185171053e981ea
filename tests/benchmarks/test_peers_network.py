from __future__ import annotations

from types import SimpleNamespace

import pytest

from benchmarks import peers_network
from benchmarks.peers_network import MEANINGS, Said, print_peers, read_risks
from detectors.worker.registry import find_detectors

ANSWER = """
Traffic statistics:
\tIP packets:            422           of 426 packets total

Risk stats [found 5 (71.4 %) flows with risks]:
\tBinary Application Transfer                  2 [16.7 %]
\tTLS (probably) Not Carrying HTTPS            1 [ 8.3 %]
\tPossibly Malicious SSL Cert. SHA1 Fingerprint  3 [25.0 %]

\tNOTE: as one flow can have multiple risks set, the sum of the
\t      last column can exceed the number of flows with risks.
\tNo risk any more                             3 [25.0 %]
"""


def outcome(file, category, labels=(), allowed=(), loud=()):
    entry = SimpleNamespace(file=file, category=category, labels=frozenset(labels), allowed=frozenset(allowed))
    entry.wrong = lambda said: set(said) - entry.allowed
    return SimpleNamespace(entry=entry, loud=set(loud))


OUTCOMES = [
    outcome("a.pcap", "malicious", ["malware_download", "beaconing"], loud=["beaconing"]),
    outcome("b.pcap", "benign", allowed=["exploit_kit"]),
    outcome("c.pcap", "benign", loud=["tor"]),
]


def test_the_names_of_risks_are_read_from_the_statistics_alone():
    assert read_risks(ANSWER) == {
        "Binary Application Transfer",
        "TLS (probably) Not Carrying HTTPS",
        "Possibly Malicious SSL Cert. SHA1 Fingerprint",
    }
    assert read_risks("Traffic statistics:\n\tIP packets:   4 [1 %]\n") == set()


def test_a_remark_is_never_wrong_and_a_risk_is_right_when_one_of_its_meanings_is_allowed():
    assert not Said(frozenset({"Obsolete TLS Version (1.1 or older)"}), is_read=True).is_wrong(frozenset())
    program = Said(frozenset({"Binary Application Transfer"}), is_read=True)
    assert program.is_wrong(frozenset({"tor"}))
    assert not program.is_wrong(frozenset({"exploit_kit"}))


def test_both_sides_stand_in_one_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path):
    answers = {name: Said(read_risks(ANSWER), is_read=name != "c.pcap") for name in ("a.pcap", "b.pcap", "c.pcap")}
    monkeypatch.setattr(peers_network.shutil, "which", lambda _: "/usr/bin/ndpiReader")
    monkeypatch.setattr(peers_network, "ask_ndpi", lambda _, capture: answers[capture.name])
    monkeypatch.setattr(peers_network, "_version_of", lambda _: "4.2.0")
    print_peers(OUTCOMES, tmp_path)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["behaviour", "ours", "nDPI", "4.2.0"] in rows
    assert ["malware_download", "0/1", "1/1"] in rows
    assert ["beaconing", "1/1", "0/1"] in rows
    assert ["harmless", "wrong,", "of", "2", "1", "2"] in rows
    assert ["could", "not", "be", "read", "1"] in rows


def test_a_peer_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path):
    monkeypatch.setattr(peers_network.shutil, "which", lambda _: None)
    print_peers(OUTCOMES, tmp_path)
    told = capsys.readouterr().out
    assert "nDPI: not installed" in told
    assert told.count("not run here") == len(peers_network.ELSEWHERE)


def test_risks_mean_reasons_that_we_have():
    reasons = {reason for kind in find_detectors() for reason in kind.reasons}
    assert {reason for meanings in MEANINGS.values() for reason in meanings} <= reasons
