from detectors.spam_bot import SpamBot
from tests.traffic_factories import FAR, HOME, NEIGHBOUR, alarms_of, facts_of, make_flows, make_traffic

SERVERS = [f"{20 + n}.7.{n}.9" for n in range(30)]
MAIL = {"server_port": 25, "service": "smtp"}


def alarms(*flows):
    return alarms_of(SpamBot(), make_traffic(*flows))


def test_a_workstation_that_calls_thirty_mail_servers_is_found():
    (finding,) = alarms(make_flows(30, server=SERVERS, every_s=5.0, **MAIL))
    assert finding.subject.name == HOME
    assert facts_of(finding)["mail_servers"] == 30
    assert facts_of(finding)["answered"] == 30


def test_a_mail_server_stays_quiet():
    called = make_flows(1, client=FAR, server=HOME, **MAIL)
    assert alarms(make_flows(30, server=SERVERS, every_s=5.0, **MAIL), called) == []


def test_a_mail_program_stays_quiet():
    assert alarms(make_flows(30, server=FAR, every_s=5.0, **MAIL)) == []
    assert alarms(make_flows(30, server=SERVERS, every_s=5.0, server_port=587)) == []


def test_mail_inside_the_office_and_over_a_whole_day_stays_quiet():
    inside = [f"192.168.1.{n}" for n in range(30, 60)]
    assert alarms(make_flows(30, server=inside, client=NEIGHBOUR, **MAIL)) == []
    assert alarms(make_flows(30, server=SERVERS, every_s=600.0, **MAIL)) == []
