"""Made-up server names that nobody looked up are found; names that people chose stay quiet."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.tor import Tor
from tests.traffic_factories import (
    HOME,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_certificate,
    make_dns,
    make_flows,
    make_http,
    make_tls,
    make_traffic,
)

MADE_UP = "www." + "q7xkzv4jwq2n" + ".com"


def judge(*sessions, **records):
    return alarms_of(Tor(), make_traffic(make_flows(1), tls=list(sessions), **records))


def test_a_made_up_name_is_found_unless_it_was_looked_up():
    session = make_tls(MADE_UP, alpn=(), server_port=9_001)
    (finding,) = judge(session)
    assert (finding.subject.name, finding.severity) == (HOME, Severity.MEDIUM)
    assert "sign_made_up_name" in facts_of(finding)
    assert judge(session, dns=[make_dns(MADE_UP)]) == []


def test_a_certificate_with_two_made_up_names_is_found():
    pair = make_certificate(subject="CN=www." + "kq3zvxw5jq.net", issuer="CN=www." + "xz4kqv7wjp.com", names=())
    (finding,) = judge(make_tls("", certificates=(pair,)))
    assert "sign_made_up_certificate" in facts_of(finding)


def test_a_request_to_the_directory_is_found():
    assert len(judge(http=[make_http("/tor/status-vote/current/consensus")])) == 1


@pytest.mark.parametrize("name", ["www.wikipedia.org", "www.facebook.com", "www.luxembourg.com", "www.swissre.com", ""])
def test_names_that_people_chose_stay_quiet(name):
    assert judge(make_tls(name, alpn=())) == []


def test_browsers_and_devices_in_the_house_stay_quiet():
    assert judge(make_tls(MADE_UP)) == []
    assert judge(make_tls(MADE_UP, alpn=(), server=NEIGHBOUR)) == []
