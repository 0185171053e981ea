"""Whatever stands in the records of a conversation, the detectors of names and contents neither raise nor flood."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.traffic import Traffic
from detectors.features.sightings import MAX_FINDINGS
from detectors.worker.registry import find_detectors
from tests.test_every_detector import ROOT
from tests.traffic_factories import (
    make_certificate,
    make_dns,
    make_flows,
    make_http,
    make_kerberos,
    make_ldap,
    make_login,
    make_opening,
    make_rpc,
    make_sign,
    make_smb,
    make_tls,
    make_traffic,
)

TEXTS = (
    "", "%ud800", "\ud800", "\udcff", "http://[", "[[[", "a" * 3_000, "%%%", "${${${", "(((", "&=&=", "?", "\x00", "::::",
    "[::1", "192.0.2.1:99999", "POST", "text/html", "application/octet-stream", "CN=a\\,b,O=", "=,=,", "svcctl",
    "\\\\x\\ADMIN$", "a.exe", "/wsman?", "HTTP/web", "-f", ":)", "www.q7xkzv4jwq2n.com", "é" * 10,
)  # fmt: skip
BYTES = (
    b"", b"MZ", b"MZ" + b"\xff" * 62, b"\x7fELF", b"\x18\x03\x03\xff\xff\x01\xff\xff", b"\xfcSMB", b"\x90" * 100, b"=&=",
    b'{"method":', b"a" * 3_000, b"<script>unescape('" + b"%u41" * 300, b"<object classid=clsid:", b"$ ", b"\n" * 500,
    b"\xff" * 50, b"?_\x03\x00", b" HTTP/1.1\r\n",
)  # fmt: skip
NUMBERS = (0, -1, 1, 5, 12, 26, 31, 404, 65_535, 2**31, 10**12)
TIMES = (0.0, -1.0, 4e9, 1e12)
SIGNS = ("heartbeat", "long_line", "odd_request", "chat_name", "shell_prompt", "windows_program")


def twisted(record, rng):
    """Put odd values into half of the fields; addresses stay addresses, as telemetry wrote them."""
    changes = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in {"client", "server"} or rng.random() < 0.5:
            continue
        if isinstance(value, bool):
            changes[field.name] = rng.random() < 0.5
        elif isinstance(value, int):
            changes[field.name] = rng.choice(NUMBERS)
        elif isinstance(value, float):
            changes[field.name] = rng.choice(TIMES)
        elif isinstance(value, str):
            changes[field.name] = rng.choice(TEXTS)
        elif isinstance(value, bytes):
            changes[field.name] = rng.choice(BYTES)
        elif isinstance(value, dict):
            changes[field.name] = {name: rng.choice(TEXTS) for name in ("referer", "content-type", "accept-language")}
        elif field.name == "certificates":
            changes[field.name] = (twisted(make_certificate(), rng),)
    return replace(record, **changes)


def some(maker, rng, kinds=(None,)):
    return [twisted(maker() if (kind := rng.choice(kinds)) is None else maker(kind), rng) for _ in range(20)]


@pytest.mark.parametrize("seed", range(12))
def test_odd_values_raise_nothing(seed):
    rng = random.Random(seed)
    traffic = make_traffic(
        make_flows(3, service=rng.choice(["", "smb", "irc", "http"]), server_port=rng.choice([25, 443, 4_444])),
        http=some(make_http, rng),
        tls=some(make_tls, rng),
        rpc=some(make_rpc, rng),
        smb=some(make_smb, rng, ("create", "write", "tree_connect", "negotiate", "compressed", "trans2")),
        kerberos=some(make_kerberos, rng, ("as_req", "as_rep", "tgs_req", "tgs_rep")),
        ldap=some(make_ldap, rng),
        dns=some(make_dns, rng),
        logins=some(make_login, rng),
        openings=some(make_opening, rng),
        signs=some(make_sign, rng, SIGNS),
    )
    kinds = [kind for kind in find_detectors() if kind.reads is Traffic and kind.name != "unusual_traffic"]
    assert len(kinds) >= 14
    for kind in kinds:
        findings = list(kind.build(DetectorContext(ROOT / "rules", None)).detect(traffic))
        assert len(findings) <= MAX_FINDINGS
        assert len({one.id for one in findings}) == len(findings)
