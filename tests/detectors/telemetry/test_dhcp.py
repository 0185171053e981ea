from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.dhcp6 import (
    DUID_LL,
    DHCP6_Advertise,
    DHCP6OptClientId,
    DHCP6OptDNSServers,
    DHCP6OptIA_NA,
    DHCP6OptIAAddress,
    DHCP6OptServerId,
)

from detectors.telemetry.adverts import read_advert
from detectors.telemetry.dhcp import MAX_SERVERS, read_dhcp, read_dhcp6

MAC = bytes((2, 0, 0, 0, 0, 9))


def dhcp(*options, **fields):
    return bytes(BOOTP(op=2, chaddr=MAC, **fields) / DHCP(options=[*options, "end"]))


OFFER = dhcp(
    ("message-type", "offer"), ("server_id", "192.0.2.1"), ("router", "192.0.2.1", "192.0.2.2"),
    ("name_server", "192.0.2.53"), ("hostname", b"lab\x1b[1m"), yiaddr="192.0.2.77",
)  # fmt: skip
OFFER6 = bytes(
    DHCP6_Advertise()
    / DHCP6OptClientId(duid=DUID_LL(lladdr="02:00:00:00:00:09"))
    / DHCP6OptServerId(duid=DUID_LL(lladdr="02:00:00:00:00:01"))
    / DHCP6OptIA_NA(ianaopts=[DHCP6OptIAAddress(addr="2001:db8::77")])
    / DHCP6OptDNSServers(dnsservers=["2001:db8::53"])
)


def test_an_offer_is_read_and_its_name_cannot_speak_to_a_terminal():
    one = read_dhcp(OFFER, 3, 5.0, "192.0.2.1")
    assert (one.kind, one.client_mac, one.server_id, one.offered) == (
        "offer",
        "02:00:00:00:00:09",
        "192.0.2.1",
        "192.0.2.77",
    )
    assert (one.routers, one.resolvers) == (("192.0.2.1", "192.0.2.2"), ("192.0.2.53",))
    assert one.host_name == "lab\\x1b[1m"
    assert (one.record, one.at_s, one.sender) == (3, 5.0, "192.0.2.1")


def test_a_request_tells_the_address_asked_for():
    one = read_dhcp(dhcp(("message-type", "request"), ("requested_addr", "192.0.2.5")), 1, 0, "")
    assert (one.kind, one.offered) == ("request", "192.0.2.5")


def test_an_advertisement_of_version_6_is_read():
    one = read_dhcp6(OFFER6, 3, 5.0, "fe80::1")
    assert (one.kind, one.client_mac, one.offered) == ("advertise", "02:00:00:00:00:09", "2001:db8::77")
    assert one.resolvers == ("2001:db8::53",)
    assert one.server_id.endswith("020000000001")


def test_what_is_no_dhcp_is_none():
    assert read_dhcp(OFFER[:239], 1, 0, "") is None
    assert read_dhcp(bytes(300), 1, 0, "") is None
    assert read_dhcp(dhcp(), 1, 0, "") is None
    assert read_dhcp6(b"\x63" + bytes(9), 1, 0, "") is None


def test_long_lists_are_cut():
    many = dhcp(("message-type", "ack"), ("router", *["192.0.2.1"] * 60))
    assert len(read_dhcp(many, 1, 0, "").routers) == MAX_SERVERS


def test_a_second_message_type_does_not_hide_the_first():
    assert read_dhcp(OFFER[:240] + bytes((53, 1, 5, 53, 0)), 1, 0, "").kind == "ack"


@given(st.binary(max_size=200))
def test_random_options_never_raise(data):
    one = read_dhcp(OFFER[:240] + bytes((53, 1, 5)) + data, 1, 0, "")
    assert one is not None
    assert one.host_name.isprintable()
    assert len(one.routers) <= MAX_SERVERS
    read_dhcp6(b"\1\0\0\0" + data, 1, 0, "")
    advert = read_advert(bytes(16) + data, 1, 0, "", "")
    assert len(advert.prefixes) <= MAX_SERVERS
    assert len(advert.resolvers) <= MAX_SERVERS
