"""Talk with mining pools is found; other talk in JSON and pages about mining stay quiet."""

from __future__ import annotations

import json

import pytest

from detectors.crypto_mining import CryptoMining
from tests.traffic_factories import (
    FAR,
    HOME,
    alarms_of,
    facts_of,
    make_flows,
    make_http,
    make_opening,
    make_tls,
    make_traffic,
)

FLOW = make_flows(1, service="", server_port=3_333)


def judge(**records):
    return alarms_of(CryptoMining(), make_traffic(FLOW, **records))


def order(method, **params):
    return json.dumps({"id": 1, "method": method, "params": params}).encode() + b"\n"


@pytest.mark.parametrize(
    ("client", "sign"),
    [
        (order("mining" + ".subscribe"), "pool_order"),
        (order("eth_submit" + "Login"), "pool_order"),
        (order("mining" + ".suggest_difficulty"), "pool_order"),
        (order("submit", id="a", job_id="7", nonce="0b"), "pool_order"),
        (order("login", login="a" * 90, **{"pass": "x", "agent": "program/1"}), "pool_login"),
    ],
)
def test_orders_to_a_pool_are_found(client, sign):
    (finding,) = judge(openings=[make_opening(client, b"{}")])
    assert (finding.subject.name, facts_of(finding)["other_side"]) == (HOME, FAR)
    assert f"sign_{sign}" in facts_of(finding)
    assert finding.techniques == ("T1496",)


def test_a_job_from_a_pool_is_found():
    (finding,) = judge(openings=[make_opening(b"", b'{"result":{"job":{"blob":"06', client_record=0)])
    assert finding.records == (5,)


def test_a_pool_behind_the_web_is_found():
    body = order("get" + "blocktemplate")
    assert len(judge(http=[make_http("/", method="POST", body_head=body)])) == 1


def test_the_name_of_a_pool_counts_without_a_browser_only():
    assert len(judge(tls=[make_tls("xmr.pool.example", alpn=())])) == 1
    assert judge(tls=[make_tls("xmr.pool.example")]) == []


@pytest.mark.parametrize(
    "client",
    [
        order("login", user="maria", password="*"),
        order("getUser"),
        order("eth_blockNumber"),
        b'{"jsonrpc":"2.0","method":"initialize","params":{}}',
        b"mining is dirty work",
        b"",
    ],
)
def test_other_talk_stays_quiet(client):
    assert judge(openings=[make_opening(client, b"{}")]) == []


def test_names_with_such_letters_stay_quiet():
    names = ("carpool.example.com", "www.mineral-water.example", "minerva.example.org", "whirlpool.com")
    assert judge(tls=[make_tls(name, alpn=()) for name in names]) == []


def test_a_form_that_is_handed_in_is_no_work_for_a_pool():
    assert judge(openings=[make_opening(order("submit", id="a", text="done"), b"{}")]) == []
