import random
from dataclasses import replace

import numpy as np
import pytest

from detectors.beaconing import Beaconing
from detectors.contract.finding import Severity
from detectors.contract.traffic import UDP, KnownNetwork
from tests.traffic_factories import (
    FAR,
    HOME,
    MORNING_S,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_certificate,
    make_dns,
    make_flows,
    make_http,
    make_tls,
    make_traffic,
    make_unanswered,
)

BARE = {"service": "", "server_port": 2404}


def alarms(*flows, **changes):
    return alarms_of(Beaconing(), make_traffic(*flows, **changes))


def ask(count, every_s=60.0, jitter=0.0, **changes):
    dice = random.Random(5)
    gaps = [every_s * (1 - jitter * dice.random()) for _ in range(count)]
    return [make_http(**({"at_s": MORNING_S + sum(gaps[:n]), "record": n + 1} | changes)) for n in range(count)]


REPORT = {
    "method": "POST",
    "target": "/gate.php",
    "body_bytes": 118,
    "answer_bytes": 12,
    "host": "wordsinaname.example",
}


def test_the_same_form_every_two_minutes_is_a_report():
    (finding,) = alarms(http=ask(10, every_s=120.0, **REPORT))
    assert finding.subject.name == HOME
    facts = facts_of(finding)
    assert (facts["period_s"], facts["count"], facts["jitter_percent"]) == (120.0, 10, 0.0)
    assert (facts["other_side"], facts["name"], facts["answer_bytes"]) == (FAR, "wordsinaname.example", 12)
    assert facts["sign_same_form_again"] is True
    assert finding.records == tuple(range(1, 11))


def test_reports_with_pauses_of_half_to_a_whole_minute_are_found():
    assert len(alarms(http=ask(30, jitter=0.5, **REPORT))) == 1


@pytest.mark.parametrize("server", [FAR, NEIGHBOUR])
def test_several_pages_with_one_answer_are_a_disguise_inside_too(server):
    requests = ask(20, every_s=5.0, server=server, answer_bytes=149)
    pages = random.Random(3).choices(["/index.html", "/docs.html", "/test.html"], k=20)
    (finding,) = alarms(http=[replace(one, target=page) for one, page in zip(requests, pages, strict=True)])
    assert facts_of(finding)["sign_several_pages_one_answer"] is True


def test_a_poll_that_poses_as_a_browser_is_found_and_an_honest_one_is_good_to_know():
    poll = {"target": "/status", "answer_bytes": 90, "headers": {"accept": "*/*"}}
    assert len(alarms(http=ask(12, **poll))) == 1
    honest = ask(12, **poll, user_agent="weather/2.1")
    assert alarms(http=honest) == []
    (finding,) = Beaconing().detect(make_traffic(http=honest))
    assert finding.severity == Severity.LOW


def test_a_page_that_refreshes_itself_stays_quiet():
    assert alarms(http=ask(30, target="/news", headers={"referer": "http://www.example.com/"})) == []


def test_pieces_of_a_film_stay_quiet():
    pieces = ask(30, every_s=4.0, answer_bytes=600_000, headers={"accept-language": "en"})
    assert alarms(http=[replace(one, target=f"/film/{n}.ts") for n, one in enumerate(pieces)]) == []


def test_a_device_in_the_house_that_reports_to_another_stays_quiet():
    assert alarms(http=ask(30, **REPORT | {"server": NEIGHBOUR})) == []


def test_a_test_tool_that_tries_all_methods_stays_quiet():
    methods = ["GET", "PUT", "DELETE", "OPTIONS", "TRACE"] * 4
    requests = ask(20, every_s=4.0, answer_bytes=900)
    assert alarms(http=[replace(one, method=method) for one, method in zip(requests, methods, strict=True)]) == []


def test_people_have_no_pace():
    dice = random.Random(9)
    at_s = MORNING_S + np.cumsum([dice.expovariate(1 / 40) for _ in range(40)])
    assert alarms(http=[make_http(**REPORT | {"at_s": float(one)}) for one in at_s]) == []


def test_equal_connections_without_a_name_are_found_and_with_a_name_are_not():
    flows = make_flows(20, every_s=60.0)
    (finding,) = alarms(flows)
    assert facts_of(finding)["sign_no_server_name"] is True
    named = [make_tls(flow=row) for row in range(20)]
    assert alarms(flows, tls=named) == []
    vouching = [make_tls(flow=row, certificates=(make_certificate(is_self_signed=True),)) for row in range(20)]
    assert len(alarms(flows, tls=vouching)) == 1


def test_a_hundred_equal_connections_are_found_whatever_the_name():
    assert len(alarms(make_flows(100, every_s=2.2), tls=[make_tls(flow=row) for row in range(100)])) == 1


def test_connections_of_different_sizes_stay_quiet():
    assert alarms(make_flows(20, every_s=60.0, out_payload_bytes=[500 * n for n in range(1, 21)])) == []


@pytest.mark.parametrize("port", [123, 993, 5222, 8883])
def test_mail_checks_time_and_push_messages_stay_quiet(port):
    assert alarms(make_flows(50, every_s=60.0, server_port=port)) == []


def test_tries_to_reach_a_dead_master_are_found():
    assert len(alarms(make_unanswered(20, every_s=30.0, server_port=4444))) == 1


def test_neighbours_datagrams_and_known_services_stay_quiet():
    assert alarms(make_flows(50, every_s=60.0, server=NEIGHBOUR, **BARE)) == []
    assert alarms(make_flows(50, every_s=60.0, protocol=UDP, **BARE)) == []
    assert alarms(make_flows(50, every_s=60.0, service="ssh", server_port=22)) == []
    assert alarms(make_flows(50, every_s=60.0, server="239.255.255.250", **BARE)) == []


def turns(count, every_s=20.0):
    return [(0, MORNING_S + n * every_s, 34) for n in range(count)]


def test_turns_in_a_connection_that_stays_open_are_found():
    (finding,) = alarms(make_flows(1, duration_s=400.0, **BARE), turns=turns(20))
    assert facts_of(finding)["sign_stays_open"] is True
    assert facts_of(finding)["period_s"] == 20.0
    assert finding.records == tuple(range(1, 21))


def test_keep_alive_of_a_chat_with_a_name_stays_quiet():
    assert alarms(make_flows(1, duration_s=400.0), turns=turns(20), tls=[make_tls(flow=0)]) == []


def test_keep_alive_of_an_unknown_chat_that_was_looked_up_stays_quiet():
    named = [make_dns("chat.example.com", is_response=True, answers=(("chat.example.com", 1, 60, FAR),))]
    assert alarms(make_flows(1, duration_s=400.0, service=""), turns=turns(20), dns=named) == []
    assert len(alarms(make_flows(1, duration_s=400.0, service=""), turns=turns(20))) == 1


def test_a_conversation_whose_start_was_not_seen_stays_quiet():
    assert alarms(make_flows(1, duration_s=400.0, is_midstream=True), turns=turns(20)) == []


def test_a_place_visited_for_days_is_only_good_to_know():
    known = KnownNetwork(destinations=frozenset({FAR}), is_learned=True)
    assert alarms(make_flows(20, every_s=60.0), known=known) == []


def test_an_odd_door_is_not_excused_by_a_name():
    answer = (("mail.example.net", 1, 60, FAR),)
    named = [make_dns("mail.example.net", is_response=True, answers=answer)]
    assert len(alarms(make_unanswered(12, every_s=30.0, server_port=4444), dns=named)) == 1
    assert alarms(make_unanswered(12, every_s=30.0, server_port=443), dns=named) == []


def test_few_beats_prove_nothing():
    assert alarms(make_flows(6, every_s=60.0)) == []
    assert alarms(http=ask(5, **REPORT)) == []
    assert alarms(make_flows(1, duration_s=400.0, **BARE), turns=turns(7)) == []


def sway(count, period_s, share, seed=4):
    """Times with pauses drawn evenly around a period."""
    dice = random.Random(seed)
    gaps = [period_s * dice.uniform(1 - share, 1 + share) for _ in range(count)]
    return [sum(gaps[:n]) for n in range(count)]


@pytest.mark.parametrize("share", [0.3, 0.5])
def test_many_beats_are_found_though_they_sway_on_purpose(share):
    times = [MORNING_S + one for one in sway(24, 60.0, share)]
    assert len(alarms(http=[make_http(**REPORT | {"at_s": one, "record": 1}) for one in times])) == 1
    assert len(alarms(make_flows(24, started_s=times))) == 1
    people = [MORNING_S + one for one in sway(24, 60.0, 0.99)]
    assert alarms(make_flows(24, started_s=people)) == []


def test_turns_that_sway_a_little_are_found_when_there_are_many():
    swaying = [(0, MORNING_S + one, 34) for one in sway(30, 20.0, 0.3)]
    assert len(alarms(make_flows(1, duration_s=700.0, **BARE), turns=swaying)) == 1
    assert alarms(make_flows(1, duration_s=700.0, **BARE), turns=swaying[:9]) == []


def test_a_game_with_a_name_may_keep_itself_alive_at_any_port():
    named = [make_dns("play.example.com", is_response=True, answers=(("play.example.com", 1, 60, FAR),))]
    assert alarms(make_flows(1, duration_s=400.0, **BARE), turns=turns(20), dns=named) == []


def test_a_server_that_vouches_for_itself_is_not_excused_by_a_name_that_was_looked_up():
    named = [make_dns("www.example.com", is_response=True, answers=(("www.example.com", 1, 60, FAR),))]
    vouching = [make_tls(flow=row, certificates=(make_certificate(is_self_signed=True),)) for row in range(20)]
    assert len(alarms(make_flows(20, every_s=60.0), tls=vouching, dns=named)) == 1
    signed = [make_tls(flow=row, certificates=(make_certificate(is_self_signed=False),)) for row in range(20)]
    assert alarms(make_flows(20, every_s=60.0), tls=signed, dns=named) == []


def test_a_system_that_asks_whether_it_is_online_stays_quiet():
    poll = {"answer_bytes": 0, "headers": {"accept": "*/*"}}
    assert alarms(http=ask(20, target="/generate_204", **poll)) == []
    assert len(alarms(http=ask(20, target="/status", **poll))) == 1
