from detectors.icmp_tunnel import IcmpTunnel
from tests.traffic_factories import FAR, HOME, MORNING_S, alarms_of, facts_of, make_icmp, make_traffic


def alarms(icmps):
    return alarms_of(IcmpTunnel(), make_traffic(icmps=icmps))


def exchange(number, size, answer_size=None, *, is_echo=True, **changes):
    """A question and its answer; an honest answer has the size and content of the question."""
    common = {"sequence": number, "at_s": MORNING_S + number} | changes
    back = {"source": FAR, "target": HOME, "kind": 0, "payload_bytes": size if is_echo else answer_size}
    content = 1_000 + number
    return [
        make_icmp(record=2 * number + 1, payload_bytes=size, payload_hash=content, **common),
        make_icmp(**(common | back), record=2 * number + 2, payload_hash=content if is_echo else 5_000 + number),
    ]


def test_answers_that_do_not_echo_are_a_tunnel():
    packets = [one for n in range(20) for one in exchange(n, 200 + 37 * n, 90 + n, is_echo=False)]
    (finding,) = alarms(packets)
    assert finding.subject.name == HOME
    assert facts_of(finding)["false_echoes"] == 20
    assert facts_of(finding)["other_side"] == FAR
    assert len(finding.records) == 40


def test_ping_stays_quiet():
    assert alarms([one for n in range(500) for one in exchange(n, 56)]) == []


def test_ping_with_growing_sizes_that_come_back_as_they_went_stays_quiet():
    assert alarms([one for n in range(100) for one in exchange(n, 100 + 10 * n)]) == []


def test_pings_without_answers_stay_quiet():
    assert alarms([one for n in range(50) for one in exchange(n, 100 + 10 * n)[:1]]) == []


def test_one_number_for_ever_new_contents_is_a_tunnel():
    changing = [one | {"payload_hash": 7 * n, "sequence": 0} for n in range(50) for one in exchange(n, 56 + 8 * n)]
    (finding,) = alarms(changing)
    assert facts_of(finding)["reused_numbers"] == 49


def test_a_device_that_always_sends_the_same_ping_stays_quiet():
    assert alarms([one for n in range(50) for one in exchange(0, 120, at_s=MORNING_S + n)]) == []


def test_version_six_counts_too():
    six = {"family": 6}
    packets = [one | six for n in range(20) for one in exchange(n, 200 + 37 * n, 90 + n, is_echo=False)]
    packets = [one | {"kind": 128 if one["kind"] == 8 else 129} for one in packets]
    assert len(alarms(packets)) == 1


def test_other_kinds_of_icmp_stay_quiet():
    assert alarms([make_icmp(kind=3, payload_bytes=28 + n, payload_hash=n) for n in range(100)]) == []
