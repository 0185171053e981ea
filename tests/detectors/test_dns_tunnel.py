import hashlib

import pytest

from detectors.contract.finding import Severity
from detectors.dns_tunnel import DnsTunnel
from tests.traffic_factories import HOME, MORNING_S, ROUTER, alarms_of, facts_of, make_dns, make_traffic

BLOCKS = [hashlib.sha256(bytes([n])).hexdigest()[:40] for n in range(60)]


def alarms(dns):
    return alarms_of(DnsTunnel(), make_traffic(dns=dns))


def ask(names, **changes):
    return [make_dns(name, at_s=MORNING_S + n, record=n + 1, **changes) for n, name in enumerate(names)]


def test_sixty_long_names_below_one_domain_carry_data():
    (finding,) = alarms(ask([f"{block}.t.example.net" for block in BLOCKS]))
    assert finding.subject.name == HOME
    assert facts_of(finding) | {} == {
        "names": 60, "mean_name_letters": 42, "domain": "example.net", "data_questions": 0, "count": 60, "other_side": ROUTER,
    }  # fmt: skip
    assert finding.records == tuple(range(1, 61))


def test_a_content_network_stays_quiet():
    hosts = [f"edge-{n:03}-cache.region{n % 7}.cdn.example.net" for n in range(60)]
    assert alarms(ask(hosts)) == []


def test_the_same_long_names_again_and_again_stay_quiet():
    assert alarms(ask([f"{block}.cdn.example.net" for block in BLOCKS[:20]] * 5)) == []


def test_antivirus_look_ups_answered_with_the_own_address_stay_quiet():
    names = [f"{block}.avqs.example.com" for block in BLOCKS]
    answers = [
        make_dns(name, is_response=True, at_s=MORNING_S + n, answers=((name, 1, 60, "127.161.0.128"),))
        for n, name in enumerate(names)
    ]
    assert alarms(ask(names) + answers) == []
    (finding,) = DnsTunnel().detect(make_traffic(dns=ask(names) + answers))
    assert finding.severity == Severity.LOW


def test_the_look_ups_of_a_known_virus_scanner_stay_quiet():
    assert alarms(ask([f"{block}.a.sophosxl.net" for block in BLOCKS], qtype=16)) == []


def test_mail_reputation_lists_and_backward_addresses_stay_quiet():
    lists = [f"{n}.2.0.192.black.list.example.org" for n in range(60)]
    backward = [f"{'.'.join(block)}.ip6.arpa" for block in BLOCKS]
    assert alarms(ask(lists, qtype=16) + ask(backward, qtype=12)) == []


@pytest.mark.parametrize("qtype", [10, 16, 5, 15])
def test_questions_that_carry_data_back_need_no_long_names(qtype):
    assert len(alarms(ask([f"{n:04x}.t.example.net" for n in range(20)], qtype=qtype))) == 1


def test_a_mail_server_that_asks_for_texts_of_many_domains_stays_quiet():
    assert alarms(ask([f"firm{n}.example{n}.com" for n in range(60)], qtype=16)) == []
    assert alarms(ask([f"s{n}._domainkey.example.com" for n in range(60)], qtype=16)) == []


def test_one_sided_captures_are_read_by_their_answers():
    answers = ask([f"{block}.t.example.net" for block in BLOCKS], is_response=True)
    assert len(alarms(answers)) == 1


def test_names_called_out_in_the_neighbourhood_stay_quiet():
    assert alarms(ask([f"{block}.local" for block in BLOCKS], transport="mdns")) == []


def test_a_name_made_of_dots_is_no_trouble():
    assert alarms(ask(["", ".", "...", "a..b", "." * 300] * 10)) == []


def test_data_cut_into_short_labels_is_found_and_rows_of_words_are_not():
    cut = [f"{block[:12]}.{block[12:24]}.{block[24:36]}.t.example.net" for block in BLOCKS]
    assert len(alarms(ask(cut))) == 1
    words = [f"images-{n}.products.eu-west.static.assets.cdn.example.net" for n in range(60)]
    assert alarms(ask(words)) == []
