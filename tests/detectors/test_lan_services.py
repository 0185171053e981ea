from detectors.lan_services import LanServices
from tests.traffic_factories import MORNING_S, ROUTER, alarms_of, facts_of, make_advert, make_dhcp, make_traffic

FALSE = "192.168.1.66"


def alarms(**records):
    return [(one.reason, one.subject.name, facts_of(one)) for one in alarms_of(LanServices(), make_traffic(**records))]


def served(server, *, at=0.0, **changes):
    facts = {"sender": server, "server_id": server, "routers": (server,), "resolvers": (server,)} | changes
    return make_dhcp("offer", at_s=MORNING_S + at, record=int(at) + 1, **facts)


def hungry(count, every_s=0.1, cards=1_000):
    return [
        make_dhcp(
            "discover", at_s=MORNING_S + n * every_s, sender="0.0.0.0", server_id="", client_mac=f"02:{n % cards:x}"
        )
        for n in range(count)
    ]


def announced(router, prefix, *, at=0.0, **changes):
    return make_advert(sender=router, prefixes=(prefix,), at_s=MORNING_S + at, record=int(at) + 1, **changes)


def test_a_second_server_that_leads_elsewhere_is_found():
    ((reason, host, facts),) = alarms(dhcp=[served(ROUTER), served(FALSE, at=1), served(FALSE, at=2)])
    assert (reason, host) == ("dhcp_attack", FALSE)
    assert facts["other_side"] == ROUTER
    assert facts["routers"] == FALSE
    assert facts["count"] == 2


def test_a_second_server_that_says_the_same_stays_quiet():
    same = served(FALSE, at=1, routers=(ROUTER,), resolvers=(ROUTER,))
    assert alarms(dhcp=[served(ROUTER), same]) == []


def test_only_another_resolver_is_enough():
    assert len(alarms(dhcp=[served(ROUTER), served(FALSE, at=1, routers=(ROUTER,))])) == 1


def test_asking_for_a_hundred_addresses_in_ten_seconds_is_an_attack():
    ((reason, host, facts),) = alarms(dhcp=hungry(100))
    assert (reason, host) == ("dhcp_attack", "02:0")
    assert facts["cards"] == 100


def test_one_computer_that_asks_again_and_an_office_in_the_morning_stay_quiet():
    assert alarms(dhcp=hungry(100, cards=1)) == []
    assert alarms(dhcp=hungry(100, every_s=10.0)) == []


def test_a_router_with_another_network_is_found():
    said = [announced("fe80::1", "2001:db8:1::/64"), announced("fe80::66", "2001:db8:666::/64", at=5, preference=1)]
    ((reason, host, facts),) = alarms(adverts=said)
    assert (reason, host) == ("rogue_ra", "fe80::66")
    assert facts["high_preference"] is True


def test_two_routers_of_one_network_stay_quiet():
    assert alarms(adverts=[announced("fe80::1", "2001:db8:1::/64"), announced("fe80::2", "2001:db8:1::/64")]) == []


def test_a_router_that_says_goodbye_stays_quiet():
    bye = announced("fe80::2", "2001:db8:2::/64", lifetime_s=0)
    assert alarms(adverts=[announced("fe80::1", "2001:db8:1::/64"), bye]) == []


def test_a_flood_of_routers_is_found():
    flood = [announced(f"fe80::{n:x}", f"2001:db8:{n:x}::/64", at=n / 10) for n in range(1, 60)]
    ((reason, _, facts),) = alarms(adverts=flood)
    assert reason == "rogue_ra"
    assert facts["networks"] == 59


def test_a_laptop_that_moved_to_another_network_stays_quiet():
    assert alarms(dhcp=[served(ROUTER), served(FALSE, at=3_600)]) == []
    elsewhere = announced("fe80::2", "2001:db8:2::/64", at=3_600)
    assert alarms(adverts=[announced("fe80::1", "2001:db8:1::/64"), elsewhere]) == []
