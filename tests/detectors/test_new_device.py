from dataclasses import replace

from detectors.contract.baseline import hidden
from detectors.contract.finding import Severity
from detectors.contract.traffic import KnownNetwork
from detectors.new_device import NewDevice
from tests.traffic_factories import HOME, facts_of, make_arp, make_flows, make_traffic

KNOWN = KnownNetwork(devices=frozenset({"00:00:00:00:00:10"}), is_learned=True)
OLD_CARD, NEW_CARD, RANDOM_CARD = 0x10, 0x00_11_22_33_44_55, 0x02_11_22_33_44_55


def say(*flows, known=KNOWN, **changes):
    return list(NewDevice().detect(make_traffic(*flows, known=known, **changes)))


def test_a_card_not_seen_before_is_told_and_no_alarm():
    (finding,) = say(arps=[make_arp(sender_mac=NEW_CARD), make_arp(sender_mac=OLD_CARD)])
    assert finding.subject.name == "00:11:22:33:44:55"
    assert finding.severity == Severity.LOW
    assert facts_of(finding)["other_side"] == HOME


def test_a_phone_with_a_made_up_card_is_told_more_softly():
    (finding,) = say(arps=[make_arp(sender_mac=RANDOM_CARD)])
    assert finding.severity == Severity.INFORMATIONAL


def test_nothing_is_new_before_the_network_is_learned():
    assert say(arps=[make_arp(sender_mac=NEW_CARD)], known=replace(KNOWN, is_learned=False)) == []


def test_known_devices_and_routers_are_not_told():
    far = make_flows(5, server=[f"93.184.216.{n}" for n in range(1, 6)], server_mac=0x77, client_mac=OLD_CARD)
    assert say(far, arps=[make_arp(sender_mac=0x77)]) == []


def test_devices_are_met_in_conversations_too():
    (finding,) = say(make_flows(3, client_mac=NEW_CARD))
    assert facts_of(finding)["count"] == 3


def test_a_learned_picture_names_devices_by_hashes():
    learned = KnownNetwork(devices=frozenset({hidden("00:11:22:33:44:55")}), is_learned=True)
    assert say(arps=[make_arp(sender_mac=NEW_CARD)], known=learned) == []
    assert len(say(arps=[make_arp(sender_mac=RANDOM_CARD)], known=learned)) == 1
