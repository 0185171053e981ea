"""Says what the self-test plays to the network sense: one small made-up recording for each reason, and a quiet one.

Before this on the path: ``made_packets.py``, which knows how packets look. After it: ``selftest.py`` and the tests.
Everything is made up at run time and stays harmless: programs are zeros behind two letters, attacks are told by their
order, their number or their flags, and no recording holds a working command.
"""

from __future__ import annotations

import random
import struct
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from desktop.service import made_packets as made
from desktop.service.made_packets import ACK, FIN, ICMP6, RST, SYN, URG, Recording, Talk

HOME, NEIGHBOUR, ROUTER, STRANGER = "192.168.1.10", "192.168.1.20", "192.168.1.1", "192.168.1.66"
FAR, FAR_TWO = "93.184.216.34", "93.184.216.35"
EVERYBODY_V6 = "ff02::1"
NEW_CARD = 0x3C_5A_B4_00_00_42
"""A card of which nobody has heard before, with a number as makers give them."""
KNOWN_CARDS = tuple(f"02:00:00:00:00:{last:02x}" for last in range(256))
"""Every card of the made-up network: with these in hand, only ``NEW_CARD`` is new."""
SERVICES_OF_WINDOWS = "367abb81-9844-35f1-ad32-98f038001003"
REPLICATION_OF_WINDOWS = "e3514235-4b06-11d1-ab04-00c04fc2dcd2"


@dataclass(frozen=True, slots=True)
class NetworkSample:
    """One recording, and the reason that it must give."""

    reason: str
    """Empty: it must give none."""
    pcap: bytes
    """The recording."""


def network_samples() -> list[NetworkSample]:
    """Make all recordings; the last one is ordinary traffic that must stay quiet."""
    return [
        *(NetworkSample(reason, _record(play)) for reason, play in PLAYS.items()),
        NetworkSample("", _record(_office)),
    ]


def _record(play: Callable[[Recording], None]) -> bytes:
    recording = Recording()
    play(recording)
    return recording.pcap()


def _doors(to: Recording) -> None:
    for port in range(1_000, 1_040):
        to.segment(port / 10, (HOME, 40_000), (NEIGHBOUR, port), SYN)
        to.segment(port / 10 + 0.01, (NEIGHBOUR, port), (HOME, 40_000), RST | ACK, known=1)


def _houses(to: Recording) -> None:
    for last in range(100, 140):
        to.segment(last / 10, (HOME, 40_000 + last), (f"192.168.1.{last}", 445), SYN)


def _who_is_there(to: Recording) -> None:
    for last in range(100, 160):
        to.arp(last / 10, made.card_of(HOME), HOME, f"192.168.1.{last}")


def _guessing(to: Recording) -> None:
    for number in range(14):
        _sign_in(to, number * 2.0, 40_000 + number, "530 No.\r\n")


def _readable_password(to: Recording) -> None:
    _sign_in(to, 0.0, 40_000, "230 Welcome.\r\n")


def _sign_in(to: Recording, after_s: float, port: int, answer: str) -> None:
    talk = Talk(to, after_s, (HOME, port), (NEIGHBOUR, 21)).hear(b"220 Files\r\n").say(b"USER maria\r\n")
    talk.hear(b"331 Password?\r\n").say(b"PASS made-up\r\n").hear(answer.encode()).close()


def _clockwork(to: Recording) -> None:
    for beat in range(20):
        Talk(to, 60.0 * beat, (HOME, 40_000 + beat), (FAR, 4_000)).say(b"\x01here\x02" * 8).hear(
            b"\x01fine\x02"
        ).close()


def _data_in_names(to: Recording) -> None:
    dice = random.Random(1)  # noqa: S311 - made-up names, no secret
    for number in range(40):
        name = f"{dice.randbytes(16).hex()}.example.com"
        to.datagram(number / 2, (HOME, 40_000 + number), (ROUTER, 53), made.dns(name, 16))
        answer = made.dns(name, 16, answer=b"\x08" + dice.randbytes(4).hex().encode(), is_answer=True)
        to.datagram(number / 2 + 0.02, (ROUTER, 53), (HOME, 40_000 + number), answer)


def _made_up_names(to: Recording) -> None:
    dice = random.Random(2)  # noqa: S311 - made-up names, no secret
    for number in range(20):
        name = "".join(dice.choices("bcdfghjklmnpqrstvwxz", k=12)) + ".com"
        to.datagram(number, (HOME, 40_000 + number), (ROUTER, 53), made.dns(name))
        to.datagram(number + 0.02, (ROUTER, 53), (HOME, 40_000 + number), made.dns(name, code=3, is_answer=True))


def _false_echoes(to: Recording) -> None:
    for number in range(20):
        to.echo(number, HOME, FAR, number, bytes([65 + number]) * (100 + 10 * number), is_answer=False)
        to.echo(number + 0.02, FAR, HOME, number, bytes([97 + number]) * (80 + 20 * number), is_answer=True)


def _upload(to: Recording) -> None:
    talk = (
        Talk(to, 0.0, (HOME, 40_000), (FAR, 25), 0.001).hear(b"220 Mail\r\n").say(b"EHLO home\r\n").hear(b"250 Yes\r\n")
    )
    talk.say(b"MAIL FROM:<a@example.com>\r\n").hear(b"250 Yes\r\n").say(b"RCPT TO:<b@example.com>\r\n").hear(
        b"250 Yes\r\n"
    )
    talk.say(b"DATA\r\n").hear(b"354 Go on\r\n").say(b"Figures of the year\r\n" * 20_000 + b".\r\n").hear(
        b"250 Yes\r\n"
    ).close()


def _two_owners(to: Recording) -> None:
    thief, victim = made.card_of(STRANGER), made.card_of(HOME)
    for number in range(10):
        to.arp(2.0 * number, thief, ROUTER, HOME, answers=victim)
        to.arp(2.0 * number + 1, made.card_of(ROUTER), ROUTER, HOME, answers=victim)


def _two_address_servers(to: Recording) -> None:
    for number in range(3):
        for place, server in enumerate((ROUTER, STRANGER)):
            offer = made.dhcp(2, made.card_of(HOME), server=server, router=server)
            to.datagram(number + place / 10, (server, 67), (HOME, 68), offer)


def _two_routers(to: Recording) -> None:
    for number in range(4):
        to.packet(10.0 * number, "fe80::1", EVERYBODY_V6, ICMP6, made.router_advert("2001:db8:1::"))
        to.packet(10.0 * number + 1, "fe80::66", EVERYBODY_V6, ICMP6, made.router_advert("2001:db8:66::"))


def _half_open(to: Recording) -> None:
    for number in range(200):
        sender = (f"93.184.{number}.7", 40_000 + number)
        to.segment(number / 100, sender, (HOME, 80), SYN)
        to.segment(number / 100 + 0.001, (HOME, 80), sender, SYN | ACK, known=1)


def _mailing(to: Recording) -> None:
    for number in range(20):
        talk = Talk(to, 5.0 * number, (HOME, 40_000 + number), (f"93.184.216.{100 + number}", 25))
        talk.hear(b"220 Mail\r\n").say(b"EHLO home\r\n").hear(b"250 Yes\r\n").close()


def _new_card(to: Recording) -> None:
    for number in range(3):
        to.arp(number, NEW_CARD, "192.168.1.77", ROUTER)


def _answers_to_all(to: Recording) -> None:
    for number, name in enumerate(("printer", "files", "letters", "scanner")):
        port = 50_000 + number
        to.datagram(number, (HOME, port), ("224.0.0.252", 5_355), made.dns(name))
        answer = made.dns(name, answer=bytes(map(int, STRANGER.split("."))), is_answer=True)
        to.datagram(number + 0.01, (STRANGER, 5_355), (HOME, port), answer)


def _all_names(to: Recording) -> None:
    to.datagram(0.0, (HOME, 40_000), (NEIGHBOUR, 53), made.dns("office.example", 252))


def _reports(to: Recording) -> None:
    for number in range(4):
        request = _request("POST", "/gate.php", f"{FAR}:8999", body=bytes(range(128, 228)))
        Talk(to, 90.0 * number, (HOME, 40_000 + number), (FAR, 8_999)).say(request).hear(_answer(b"ok")).close()


def _calls(interface: str, *opnums: int) -> Callable[[Recording], None]:
    def play(to: Recording) -> None:
        talk = Talk(to, 0.0, (HOME, 40_000), (NEIGHBOUR, 49_155)).say(made.rpc_bind(uuid.UUID(interface).bytes_le))
        for number, opnum in enumerate(opnums, 2):
            talk.say(made.rpc_call(number, opnum))
        talk.close()

    return play


def _mining(to: Recording) -> None:
    order = '{"id": 1, "method": "min' + "ing.sub" + 'scribe", "params": []}\n'
    Talk(to, 0.0, (HOME, 40_000), (FAR, 3_333)).say(order.encode()).hear(b'{"id": 1, "result": []}\n').close()


def _urgent_opening(to: Recording) -> None:
    to.segment(0.0, (HOME, 40_000), (NEIGHBOUR, 139), SYN | FIN | URG)


def _page_part_program(to: Recording) -> None:
    coded = "/" + "0123456789abcdef" * 2
    steps = (
        (coded, "www.elsewhere.example", _answer(b"<html>", "text/html")),
        (coded + "01", "", _answer(b"CWS" + bytes(500), "application/x-shockwave-flash")),
        (coded + "02", "", _answer(bytes(9_000), "application/octet-stream")),
    )
    for number, (target, referrer, answer) in enumerate(steps):
        source = f"Referer: http://{referrer}/\r\n" if referrer else ""
        request = _request("GET", target, "shop.example", source + BROWSER)
        Talk(to, float(number), (HOME, 40_000 + number), (FAR, 80), 0.001).say(request).hear(answer).close()


def _old_help_file(to: Recording) -> None:
    answer = _answer(b"?_\x03\0" + bytes(500), "application/octet-stream")
    Talk(to, 0.0, (HOME, 40_000), (FAR, 80)).say(_request("GET", "/help", "shop.example", BROWSER)).hear(answer).close()


def _program(to: Recording) -> None:
    program = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(4_000)
    request = _request("GET", "/a", f"{FAR}:8999")
    Talk(to, 0.0, (HOME, 40_000), (FAR, 8_999)).say(request).hear(_answer(program, "image/png")).close()


def _command_line(to: Recording) -> None:
    prompt = "Microsoft Win" + "dows [Version 10.0]\r\n\r\nC:\\Users\\maria>"
    Talk(to, 0.0, (HOME, 40_000), (FAR, 4_000)).say(prompt.encode()).hear(b"dir\r\n").say(b"letter.txt\r\n").close()


def _weak_padlock(to: Recording) -> None:
    ask, choose = made.tls_hellos(0x0003)
    Talk(to, 0.0, (HOME, 40_000), (FAR, 443)).say(ask).hear(choose).close()


def _hidden_way(to: Recording) -> None:
    request = _request("GET", "/tor/status-vote/current/consensus", FAR)
    Talk(to, 0.0, (HOME, 40_000), (FAR, 9_030)).say(request).hear(_answer(b"")).close()


def _page_guessing(to: Recording) -> None:
    for number in range(30):
        request = _request("GET", f"/page{number}", "shop.example", BROWSER)
        answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        Talk(to, float(number), (HOME, 40_000 + number), (FAR, 80)).say(request).hear(answer).close()


def _office(to: Recording) -> None:
    """Play an ordinary morning: names, pages, pings, a question for the router."""
    to.arp(0.0, made.card_of(HOME), HOME, ROUTER)
    to.arp(0.01, made.card_of(ROUTER), ROUTER, HOME, answers=made.card_of(HOME))
    for number, (name, address) in enumerate((("www.example.com", FAR), ("mail.example.com", FAR_TWO))):
        port, packed = 41_000 + number, bytes(map(int, address.split(".")))
        to.datagram(number + 1.0, (HOME, port), (ROUTER, 53), made.dns(name))
        to.datagram(number + 1.02, (ROUTER, 53), (HOME, port), made.dns(name, answer=packed, is_answer=True))
        request = _request("GET", "/index.html", name, BROWSER)
        page = _answer(b"<!doctype html><p>Good morning</p>" * 40, "text/html")
        Talk(to, number + 2.0, (HOME, 40_000 + number), (address, 80)).say(request).hear(page).close()
    for number in range(4):
        data = bytes(range(56))
        to.echo(5.0 + number, HOME, ROUTER, number, data, is_answer=False)
        to.echo(5.01 + number, ROUTER, HOME, number, data, is_answer=True)


BROWSER = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html\r\nAccept-Language: de\r\n"
)


def _request(method: str, target: str, host: str, heads: str = "", body: bytes = b"") -> bytes:
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{heads}{length}\r\n".encode() + body


def _answer(body: bytes, kind: str = "text/plain") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


PLAYS: dict[str, Callable[[Recording], None]] = {
    "port_scan_vertical": _doors,
    "port_scan_horizontal": _houses,
    "network_sweep": _who_is_there,
    "brute_force": _guessing,
    "cleartext_credentials": _readable_password,
    "beaconing": _clockwork,
    "dns_tunnel": _data_in_names,
    "dga": _made_up_names,
    "icmp_tunnel": _false_echoes,
    "exfiltration": _upload,
    "arp_spoof": _two_owners,
    "dhcp_attack": _two_address_servers,
    "rogue_ra": _two_routers,
    "dos_flood": _half_open,
    "spam_bot": _mailing,
    "new_device": _new_card,
    "name_poisoning": _answers_to_all,
    "ad_enumeration": _all_names,
    "c2_channel": _reports,
    "credential_theft_ad": _calls(REPLICATION_OF_WINDOWS, 3),
    "lateral_movement_smb_rpc": _calls(SERVICES_OF_WINDOWS, 12),
    "crypto_mining": _mining,
    "exploit_attempt": _urgent_opening,
    "exploit_kit": _page_part_program,
    "exploit_legacy_client": _old_help_file,
    "malware_download": _program,
    "remote_shell": _command_line,
    "suspicious_tls": _weak_padlock,
    "tor": _hidden_way,
    "web_attack": _page_guessing,
}
"""Reason -> the recording in which it must be found."""

LEARNED = "unusual_traffic"
"""What learned models say: any recording may give it, none must."""
