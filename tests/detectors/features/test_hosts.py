from detectors.contract.finding import Subject
from detectors.features.hosts import (
    MAX_FINDINGS,
    goes_outside,
    is_server_outside,
    looked_up,
    name_rows,
    name_some,
    router_macs,
    span_s,
    strongest_of_each,
    write_mac,
)
from tests.factories import make_finding
from tests.traffic_factories import FAR, FAR_TWO, HOME, MORNING_S, NEIGHBOUR, make_dns, make_flows, make_traffic


def test_many_ends_are_named_by_the_first_three():
    assert name_some(["a"]) == "a"
    assert name_some(["a", "b", "a", "c", "d"]) == "a, b, c, ..."
    assert name_some([]) == ""


def test_rows_are_named_in_the_order_they_come():
    traffic = make_traffic(make_flows(3, server=[FAR_TWO, FAR, FAR_TWO]))
    assert name_rows(traffic, traffic.flows.server) == f"{FAR_TWO}, {FAR}"


def test_one_finding_for_each_host_and_reason_the_first_stays():
    hosts = [Subject("host", name) for name in ("a", "a", "b")]
    findings = [make_finding(subject=host, confidence=0.5 + n / 10) for n, host in enumerate(hosts)]
    assert [(one.subject.name, one.confidence) for one in strongest_of_each(findings)] == [("a", 0.5), ("b", 0.7)]
    many = [make_finding(subject=Subject("host", str(n))) for n in range(3 * MAX_FINDINGS)]
    assert len(strongest_of_each(many)) == MAX_FINDINGS


def test_outside_is_one_computer_on_the_internet():
    flows = make_flows(5, client=[HOME, HOME, HOME, FAR, FAR], server=[FAR, NEIGHBOUR, "239.1.1.1", FAR_TWO, HOME])
    traffic = make_traffic(flows)
    assert goes_outside(traffic).tolist() == [True, False, False, False, False]
    assert is_server_outside(traffic).tolist() == [True, False, False, True, False]
    assert goes_outside(make_traffic()).tolist() == []


def test_a_card_in_front_of_three_far_addresses_is_a_router():
    far = make_flows(3, server=[FAR, FAR_TWO, "8.8.8.8"], server_mac=0x77, client_mac=0x10)
    assert router_macs(make_traffic(far)) == {0x77}
    assert router_macs(make_traffic(make_flows(3, server_mac=0x77))) == frozenset()
    assert router_macs(make_traffic()) == frozenset()


def test_addresses_that_dns_named():
    answer = make_dns(is_response=True, answers=(("www.example.com", 1, 60, FAR),))
    assert looked_up(make_traffic(dns=[make_dns(), answer])) == {FAR}


def test_first_and_last_time_of_flows():
    traffic = make_traffic(make_flows(3, every_s=10.0, duration_s=2.0))
    assert span_s(traffic.flows, traffic.flows.server * 0 + [0, 1, 2]) == (MORNING_S, MORNING_S + 22.0)


def test_a_card_is_written_as_people_do():
    assert write_mac(0x02_00_00_00_00_66) == "02:00:00:00:00:66"
    assert write_mac(2**64 - 1) == "ff:ff:ff:ff:ff:ff"
