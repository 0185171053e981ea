import pytest

from detectors.contract.traffic import UDP, KnownNetwork
from detectors.exfiltration import Exfiltration
from tests.traffic_factories import (
    FAR,
    HOME,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_dns,
    make_flows,
    make_http,
    make_tls,
    make_traffic,
)


def alarms(*flows, **changes):
    return alarms_of(Exfiltration(), make_traffic(*flows, **changes))


def upload(megabytes, back=0.001, **changes):
    sizes = {"out_payload_bytes": int(megabytes * 1e6), "in_payload_bytes": int(back * 1e6)}
    return make_flows(1, **(sizes | changes))


BARE = {"service": "", "server_port": 4444}


@pytest.mark.parametrize(
    ("flow", "sign"),
    [
        (upload(0.3, service="smtp", server_port=587), "sent_in_the_open"),
        (upload(0.3, service="ftp-data", server_port=20_001), "sent_in_the_open"),
        (upload(3, **BARE), "unknown_protocol"),
        (upload(3, service="http", server_port=80), "bare_address"),
        (upload(30, service="tls"), "no_server_name"),
    ],
)
def test_an_upload_on_an_odd_way_is_found(flow, sign):
    (finding,) = alarms(flow)
    facts = facts_of(finding)
    assert finding.subject.name == HOME
    assert facts["other_side"] == FAR
    assert facts["sent_bytes"] >= 300_000
    assert facts[f"sign_{sign}"] is True


def test_many_small_uploads_to_one_place_add_up():
    drops = make_flows(100, every_s=30.0, out_payload_bytes=30_000, in_payload_bytes=100, **BARE)
    (finding,) = alarms(drops)
    assert facts_of(finding)["sent_bytes"] == 3_000_000
    assert facts_of(finding)["count"] == 100


def test_a_backup_to_a_place_with_a_name_stays_quiet():
    assert alarms(upload(900), tls=[make_tls("backup.example.com")]) == []
    answer = ((("backup.example.com"), 1, 60, FAR),)
    assert alarms(upload(900, **BARE), dns=[make_dns("backup.example.com", is_response=True, answers=answer)]) == []


def test_a_picture_put_on_a_website_stays_quiet():
    assert alarms(upload(3, service="http", server_port=80), http=[make_http(method="POST")]) == []


def test_a_video_call_stays_quiet():
    assert alarms(upload(300, back=250, protocol=UDP, service="", server_port=3478)) == []


def test_a_backup_inside_the_house_stays_quiet():
    assert alarms(upload(900, server=NEIGHBOUR, **BARE)) == []


def test_a_mail_server_stays_quiet():
    servers = [f"{20 + n}.7.{n}.9" for n in range(10)]
    mails = make_flows(
        10, server=servers, out_payload_bytes=400_000, in_payload_bytes=500, service="smtp", server_port=25
    )
    assert alarms(mails) == []


def test_somebody_who_shares_files_with_many_stays_quiet():
    peers = [f"{20 + n}.7.{n}.9" for n in range(20)]
    shared = make_flows(20, server=peers, out_payload_bytes=9_000_000, in_payload_bytes=50_000, **BARE)
    assert alarms(shared) == []


def test_what_was_met_in_the_middle_stays_quiet():
    assert alarms(upload(300, is_midstream=True, **BARE)) == []


def test_a_new_place_counts_only_on_a_network_we_know():
    learned = KnownNetwork(destinations=frozenset({"backup.example.com"}), is_learned=True)
    new = [make_tls("other.example.net")]
    (finding,) = alarms(upload(50), tls=new, known=learned)
    assert facts_of(finding)["sign_new_place"] is True
    assert alarms(upload(50), tls=[make_tls("backup.example.com")], known=learned) == []
    assert alarms(upload(50), tls=new) == []


def test_open_sockets_without_sizes_say_nothing():
    assert alarms(upload(3, **BARE), has_packets=False) == []
