"""Weak encryption with servers outside is found; home devices with certificates of their own stay quiet."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.suspicious_tls import SuspiciousTls
from tests.traffic_factories import (
    FAR,
    HOME,
    MORNING_S,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_certificate,
    make_flows,
    make_tls,
    make_traffic,
)

OLD = make_certificate(not_after_s=MORNING_S - 10 * 86_400)
BLANK = "CN=x,O=Internet Widg" + "its Pty Ltd,ST=Some-State,C=AU"


def judge(*sessions):
    return alarms_of(SuspiciousTls(), make_traffic(make_flows(1), tls=list(sessions)))


@pytest.mark.parametrize(
    ("sign", "session"),
    [
        ("run_out", {"certificates": (OLD,)}),
        ("broken_cipher", {"cipher": 0x0004, "sni": ""}),
        ("self_made_website", {"certificates": (make_certificate(is_self_signed=True),)}),
        ("old_version", {"version": 0x0300}),
        (
            "filled_in_by_nobody",
            {"certificates": (make_certificate(subject=BLANK, issuer=BLANK, is_self_signed=True),)},
        ),
    ],
)
def test_weak_encryption_with_a_server_outside_is_found_and_inside_is_not(sign, session):
    (finding,) = judge(make_tls(**session))
    assert f"sign_{sign}" in facts_of(finding)
    assert (finding.subject.name, facts_of(finding)["other_side"]) == (FAR, HOME)
    assert judge(make_tls(server=NEIGHBOUR, **session)) == []


def test_one_finding_for_each_server():
    (finding,) = judge(*(make_tls(certificates=(OLD,), record=number) for number in range(1, 8)))
    assert facts_of(finding)["times"] == 7


def test_ordinary_and_home_made_certificates_stay_quiet():
    own = make_certificate(subject="CN=printer", issuer="CN=printer", is_self_signed=True)
    messenger = make_tls(certificates=(own,), alpn=("messenger/2",))
    assert judge(make_tls(), make_tls(certificates=(make_certificate(),)), messenger) == []
    traffic = make_traffic(make_flows(1), tls=[make_tls(server=NEIGHBOUR, certificates=(own,))])
    assert [one.severity for one in SuspiciousTls().detect(traffic)] == [Severity.INFORMATIONAL]


def test_a_star_covers_one_label_only():
    star = make_certificate(names=("*.example.com",))
    signs = [
        "sign_other_name" in facts_of(finding)
        for name in ("www.example.com", "a.b.example.com")
        for finding in SuspiciousTls().detect(make_traffic(make_flows(1), tls=[make_tls(name, certificates=(star,))]))
    ]
    assert signs == [True]


def test_a_certificate_for_many_names_may_hold_the_right_one():
    many = make_certificate(names=tuple(f"site{number}.example.net" for number in range(32)))
    traffic = make_traffic(make_flows(1), tls=[make_tls(certificates=(many,))])
    assert list(SuspiciousTls().detect(traffic)) == []
