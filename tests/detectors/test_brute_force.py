import pytest

from detectors.brute_force import BruteForce
from tests.traffic_factories import (
    HOME,
    MORNING_S,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_flows,
    make_http,
    make_kerberos,
    make_login,
    make_smb,
    make_traffic,
)


def alarms(*flows, **changes):
    return alarms_of(BruteForce(), make_traffic(*flows, **changes))


def each(make, count, every_s=1.0, **changes):
    return [make(at_s=MORNING_S + n * every_s, record=n + 1, **changes) for n in range(count)]


def fail(count, every_s=1.0, **changes):
    return each(make_login, count, every_s, outcome="failed", **changes)


@pytest.mark.parametrize("protocol", ["ftp", "pop3", "imap", "smtp", "telnet", "ssh"])
def test_a_burst_of_failed_sign_ins_is_guessing(protocol):
    (finding,) = alarms(logins=fail(30, protocol=protocol))
    assert finding.subject.name == HOME
    assert facts_of(finding) == {
        "failed": 30, "names": 1, "service": protocol, "other_side": NEIGHBOUR, "duration_s": 29.0,
    }  # fmt: skip
    assert finding.records == tuple(range(1, 31))


def test_a_phone_with_an_old_saved_password_stays_quiet():
    assert alarms(logins=fail(60, every_s=60.0)) == []
    assert alarms(logins=fail(200, every_s=9.0)) == []


def test_a_person_who_mistypes_stays_quiet():
    assert alarms(logins=[*fail(4, every_s=8.0), make_login(at_s=MORNING_S + 40)]) == []


def test_a_few_failures_with_several_names_are_guessing():
    tries = [make_login(outcome="failed", user=f"user{n}", at_s=MORNING_S + n, record=n + 1) for n in range(5)]
    assert len(alarms(logins=tries)) == 1


def test_one_password_on_many_names_over_minutes_is_a_spray():
    tries = [
        make_kerberos("error", error=24, user=f"user{n}", at_s=MORNING_S + 40.0 * n, record=n + 1) for n in range(7)
    ]
    (finding,) = alarms(kerberos=tries)
    assert facts_of(finding)["names"] == 7


def test_refused_sign_ins_at_a_file_server_count_and_successes_do_not():
    assert len(alarms(smb=each(make_smb, 12, command="session_setup", status=0xC000006D))) == 1
    assert len(alarms(smb=each(make_smb, 12, command="session_setup", status=0xC000006D - 2**32))) == 1
    assert alarms(smb=each(make_smb, 12, command="session_setup", status=0)) == []
    assert alarms(smb=each(make_smb, 4, command="session_setup", status=0xC000006D)) == []


def test_the_same_packet_told_by_two_readers_counts_once():
    logins = fail(5, protocol="smb")
    calls = each(make_smb, 5, command="session_setup", status=0xC000006D)
    assert alarms(logins=logins, smb=calls) == []


def test_refused_pages_count_with_a_password_that_was_sent():
    sent = {"status": 401, "headers": {"authorization": "Basic"}}
    assert len(alarms(http=each(make_http, 12, **sent))) == 1
    assert alarms(http=each(make_http, 12, status=401, headers={})) == []
    assert alarms(http=each(make_http, 40, status=401, headers={"authorization": "NTLM"})) == []


def test_one_form_sent_again_and_again_is_guessing():
    form = {"method": "POST", "target": "/login.php", "body_head": b"user=maria&password=*"}
    assert len(alarms(http=each(make_http, 20, every_s=0.5, **form))) == 1
    assert alarms(http=each(make_http, 3, **form)) == []


GUESS = {"service": "ssh", "server": NEIGHBOUR, "server_port": 902, "duration_s": 2.0, "out_payload_bytes": 1_900}


def test_short_equal_sessions_are_guesses_on_any_port():
    (finding,) = alarms(make_flows(40, every_s=0.3, in_payload_bytes=2_400, **GUESS))
    assert facts_of(finding)["sessions"] == 40
    assert facts_of(finding)["port"] == 902


def test_sessions_in_which_somebody_works_stay_quiet():
    sizes = [2_000 * n for n in range(1, 41)]
    assert alarms(make_flows(40, every_s=0.3, in_payload_bytes=sizes, **GUESS)) == []
    assert alarms(make_flows(40, every_s=30.0, in_payload_bytes=2_400, **GUESS)) == []
    assert alarms(make_flows(40, every_s=0.3, in_payload_bytes=9_000, **GUESS)) == []
    assert alarms(make_flows(40, every_s=0.3, in_payload_bytes=2_400, **GUESS | {"service": "tls"})) == []


def test_sessions_with_one_to_six_passwords_each_are_guesses():
    sizes = [1_147, 1_551, 1_551, 1_551, 1_551, 1_171, 1_247, 1_475, 1_247]
    guesses = {"service": "ssh", "server": NEIGHBOUR, "server_port": 22, "duration_s": 0.3, "every_s": 1.0}
    assert len(alarms(make_flows(9, out_payload_bytes=sizes, in_payload_bytes=2_000, **guesses))) == 1
    assert alarms(make_flows(7, out_payload_bytes=sizes[:7], in_payload_bytes=2_000, **guesses)) == []
