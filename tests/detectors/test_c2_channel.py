"""Oddities that stand together are a channel; each of them alone is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detectors.c2_channel import ENOUGH, WEIGHTS, C2Channel
from detectors.contract.finding import Severity
from tests.traffic_factories import (
    FAR,
    FAR_TWO,
    HOME,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_certificate,
    make_flows,
    make_http,
    make_sign,
    make_tls,
    make_traffic,
)

OLD_NAME = "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/7.0)"
NOISE = bytes(range(256)) * 2
FORM = {"content-type": "application/x-www-form-urlencoded"}
BROWSER = {"referer": "http://www.example.com/", "accept-language": "de", "content-type": FORM["content-type"]}


def judge(*exchanges, **records):
    return alarms_of(C2Channel(), make_traffic(make_flows(1), http=list(exchanges), **records))


def call_home(**changes):
    facts = {"method": "POST", "host": f"{FAR}:7080", "server_port": 7_080, "user_agent": OLD_NAME}
    return make_http(**({"target": "/x", "headers": {}, "body_head": NOISE, "body_bytes": 512} | facts | changes))


def test_a_program_that_calls_a_bare_number_on_an_odd_port_is_found():
    (finding,) = judge(call_home())
    assert (finding.subject.name, finding.severity) == (HOME, Severity.MEDIUM)
    facts = facts_of(finding)
    assert facts["other_side"] == FAR
    assert {"sign_numeric_host", "sign_odd_web_port", "sign_no_referrer"} <= facts.keys()
    assert facts["points"] >= ENOUGH


def test_a_browser_that_never_was_at_a_gate_page_is_found():
    exchange = call_home(
        target="/panel/gate.php",
        host="shop.example.net",
        server_port=80,
        user_agent="Mozilla/4.08 (Some; Thing)",
        headers={"content-type": "application/octet-stream"},
    )
    assert len(judge(exchange)) == 1


def test_repeating_adds_up():
    once = call_home(host="shop.example.net", server_port=80, target="/a.php", headers={"content-type": "text/plain"})
    quiet = WEIGHTS["no_referrer"] + WEIGHTS["gate_page"] + WEIGHTS["not_as_browsers"] + WEIGHTS["old_library_name"]
    assert quiet < ENOUGH
    assert judge(once) == []
    again = [replace(once, record=number) for number in (4, 9, 14)]
    (finding,) = judge(*again)
    assert (facts_of(finding)["times"], finding.records) == (3, (4, 9, 14))


def test_output_of_commands_sent_away_is_found():
    body = b"data=Windows IP Config" + b"uration"
    exchange = call_home(host="shop.example.net", server_port=80, target="/a.php", headers=FORM, body_head=body)
    (finding,) = judge(exchange)
    assert "sign_tells_of_computer" in facts_of(finding)


def test_a_form_in_a_browser_stays_quiet():
    exchange = make_http(
        "/login.php", method="POST", headers=BROWSER, body_head=b"name=maria&text=hello", body_bytes=21
    )
    assert judge(exchange, exchange, exchange) == []


def test_devices_inside_and_programs_that_say_who_they_are_stay_quiet():
    assert judge(call_home(server=NEIGHBOUR, host=f"{NEIGHBOUR}:7080")) == []
    update = make_http(
        "/check", method="POST", user_agent="Updater/1.2", headers={"content-type": "application/json"}, body_head=b"{}"
    )
    assert judge(update, update, update) == []


def odd_session(server=FAR, **changes):
    subject = "CN=4wecifo8ctj 4Minxr,O=Thxtwrs Kvrptnl S.A.S,L=Khartoum"
    leaf = make_certificate(subject=subject, issuer=subject, is_self_signed=True, names=())
    return make_tls("", **({"server": server, "server_port": 4_743, "certificates": (leaf,), "alpn": ()} | changes))


def test_a_senseless_certificate_on_an_odd_port_is_found():
    (finding,) = judge(tls=[odd_session(), odd_session(FAR_TWO)])
    assert finding.subject.name == HOME
    assert {"sign_senseless_certificate", "sign_same_port_elsewhere"} <= facts_of(finding).keys()
    assert finding.techniques[0] == "T1573.002"


def test_home_made_certificates_and_ordinary_servers_stay_quiet():
    own = make_certificate(subject="CN=home server,O=Garden", issuer="CN=home server,O=Garden", is_self_signed=True)
    sessions = [
        odd_session(NEIGHBOUR),
        make_tls("cloud.example.com", server_port=8_443, certificates=(own,)),
        make_tls("", certificates=(make_certificate(),)),
        make_tls(server_port=4_743),
    ]
    assert judge(tls=sessions) == []


def test_home_made_certificates_on_odd_ports_are_only_good_to_know():
    own = make_certificate(subject="CN=cloud relay", issuer="CN=cloud relay", is_self_signed=True, names=())
    sessions = [odd_session(server, certificates=(own,)) for server in (FAR, FAR_TWO)]
    assert judge(tls=sessions) == []
    quiet = list(C2Channel().detect(make_traffic(make_flows(1), tls=sessions)))
    assert [one.severity for one in quiet] == [Severity.LOW]


def test_a_form_that_anybody_can_read_weighs_less():
    form = b"licence=4711&product=office&language=de"
    exchange = call_home(host="shop.example.net", server_port=80, target="/a.php", headers=FORM, body_head=form)
    assert judge(exchange, exchange, exchange) == []
    described = b"guid=1&build=7&os=10&user=maria&ip=192.0.2.1"
    told = call_home(host="shop.example.net", server_port=80, target="/a.php", headers=FORM, body_head=described)
    assert len(judge(told)) == 1


def test_programs_of_known_makers_need_more():
    exchange = call_home(host="office.microsoft.com", server_port=80, target="/a.php", headers={})
    assert judge(exchange, exchange, exchange) == []


def test_a_few_pages_asked_for_in_turn_by_a_program_are_found():
    pages = [
        make_http(f"/{name}.php", host=FAR, headers={}, user_agent="Mozilla/5.0 (Windows NT 6.1)", at_s=1_000.0 + 5 * n)
        for n, name in enumerate(["news", "login", "admin"] * 5)
    ]
    (finding,) = judge(*pages)
    assert "sign_pages_in_turn" in facts_of(finding)


@pytest.mark.parametrize(
    ("name", "port"), [(b"[USA|XP|482911]", 6_667), (b"DEU-W10-99231", 8_080), (b"{US|7}4821x", 4_244)]
)
def test_machines_that_wait_in_a_chat_are_found_by_their_names(name, port):
    flows = make_flows(1, server_port=port, service="irc")
    sign = make_sign("chat_name", is_from_client=True, head=name)
    found = alarms_of(C2Channel(), make_traffic(flows, signs=[sign]))
    assert [one.subject.name for one in found] == [HOME]


def test_people_in_a_chat_stay_quiet():
    for name, port in ((b"maria", 6_667), (b"maria_92", 8_000), (b"guest1234", 6_667)):
        flows = make_flows(1, server_port=port, service="irc")
        sign = make_sign("chat_name", is_from_client=True, head=name)
        assert alarms_of(C2Channel(), make_traffic(flows, signs=[sign])) == [], name


@pytest.mark.parametrize(
    "subject",
    ["CN=localhost,O=Internet Widg" + "its Pty Ltd,ST=Some-State", "CN=,OU=,O=", "CN=example.com,O=Global Security"],
)
def test_a_blank_certificate_without_a_name_asked_for_is_found(subject):
    leaf = make_certificate(subject=subject, issuer=subject, is_self_signed=True, names=())
    (finding,) = judge(tls=[make_tls("", certificates=(leaf,), alpn=())])
    assert "sign_blank_certificate" in facts_of(finding)
