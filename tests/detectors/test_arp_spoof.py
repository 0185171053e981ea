import pytest

from detectors.arp_spoof import ArpSpoof
from tests.traffic_factories import HOME, MORNING_S, NEIGHBOUR, ROUTER, alarms_of, facts_of, make_arp, make_traffic

ROUTERS_CARD, BAD_CARD, HOME_CARD = 0x02_00_00_00_00_01, 0x02_00_00_00_00_66, 0x02_00_00_00_00_10


def alarms(arps):
    return alarms_of(ArpSpoof(), make_traffic(arps=arps))


def answer(sender, card, target=HOME, at=0.0, **changes):
    facts = {
        "operation": 2,
        "at_s": MORNING_S + at,
        "sender_mac": card,
        "frame_target": HOME_CARD,
        "record": int(at) + 1,
    }
    return make_arp(sender, target, **(facts | changes))


def ask(target=ROUTER, at=0.0):
    return make_arp(HOME, target, at_s=MORNING_S + at, sender_mac=HOME_CARD)


def test_a_false_router_beside_the_true_one_is_found():
    false = [answer(ROUTER, BAD_CARD, at=2.0 * n + 1.5) for n in range(10)]
    true = [one for n in range(0, 20, 5) for one in (ask(at=n), answer(ROUTER, ROUTERS_CARD, at=n + 0.1))]
    (finding,) = alarms(false + true)
    assert finding.subject.name == ROUTER
    assert facts_of(finding)["unasked_answers"] == 8
    assert facts_of(finding)["disputed_addresses"] == 1
    assert facts_of(finding)["hardware_address"] == "02:00:00:00:00:66"


def test_one_card_that_poses_as_two_is_found():
    both = [answer(ROUTER, BAD_CARD, at=n) for n in range(3)]
    both += [answer(HOME, BAD_CARD, target=ROUTER, at=n) for n in range(3)]
    (finding,) = alarms(both)
    assert facts_of(finding)["claimed_addresses"] == 2


def test_a_router_that_takes_over_stays_quiet():
    old = [one for n in range(5) for one in (ask(at=n), answer(ROUTER, ROUTERS_CARD, at=n + 0.1))]
    new = [answer(ROUTER, BAD_CARD, at=20 + n) for n in range(6)]
    later = [one for n in range(5) for one in (ask(at=40 + n), answer(ROUTER, BAD_CARD, at=40.1 + n))]
    assert alarms(old + new + later) == []


@pytest.mark.parametrize("card", [0x00_00_5E_00_01_05, 0x00_00_0C_07_AC_01, 0x00_07_B4_00_01_02])
def test_virtual_routers_stay_quiet(card):
    changing = [answer(ROUTER, card if n % 2 else ROUTERS_CARD, at=n) for n in range(8)]
    more = [answer(NEIGHBOUR, card, at=n) for n in range(10)]
    assert alarms(changing[:4] + more) == []


def test_announcements_to_everybody_stay_quiet():
    everybody = 0xFF_FF_FF_FF_FF_FF
    mine = [answer(ROUTER, ROUTERS_CARD, target=ROUTER, at=n, frame_target=everybody) for n in range(10)]
    also = [answer(NEIGHBOUR, ROUTERS_CARD, target=NEIGHBOUR, at=n, frame_target=everybody) for n in range(10)]
    assert alarms(mine + also) == []


def test_a_router_that_answers_for_many_when_asked_stays_quiet():
    others = [f"192.168.2.{n}" for n in range(1, 20)]
    talk = [
        one for n, other in enumerate(others) for one in (ask(other, at=n), answer(other, ROUTERS_CARD, at=n + 0.1))
    ]
    assert alarms(talk) == []


def test_an_ordinary_morning_stays_quiet():
    assert alarms([one for n in range(50) for one in (ask(at=n), answer(ROUTER, ROUTERS_CARD, at=n + 0.01))]) == []
