"""What ``fresh_network.py`` does that looks like harm and is none: nothing about it may be loud.

Before this on the path: ``fresh_network.py``, which runs one of them in a namespace. After it: ``fresh_talk.py``.
"""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections.abc import Callable

from fresh_servers import address_of
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
    question,
    run,
    send_datagram,
    send_frames,
    sign_in_by_ssh,
)

Act = Callable[[], object]
FAR = "45.77.9.9"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0"
SPOKEN = {"Accept-Language": "en", "Accept": "text/html"}


def _install() -> None:
    for _ in paced(30, 0.1):
        fetch(
            "deb.mirror.example", f"/page/pool/{letters(8)}.deb", agent="Debian APT-HTTP/1.3 (2.6.1)", asks_first=False
        )


def _poll(host: str, target: str, period_s: float, *, agent: str, times: int = 14, is_numeric: bool = False) -> Act:
    def act() -> None:
        for _ in paced(times, period_s):
            fetch(host, target, agent=agent, is_numeric=is_numeric)

    return act


def _poll_near() -> None:
    for _ in paced(14, 3.0):
        fetch(near(20), "/metrics", agent="Monitor/2.1", is_numeric=True)


def _poll_tls(host: str, period_s: float, times: int = 14) -> Act:
    def act() -> None:
        for _ in paced(times, period_s, 0.02):
            fetch_tls(host, "/page/updates")

    return act


def _watch_doors() -> None:
    for _ in paced(4, 6.0):
        for one in neighbours(10):
            for port in (80, 25, 5_432, 1_883):
                knock(one, port)


def _ping_round() -> None:
    for _ in paced(3, 5.0):
        for one in neighbours(6):
            run("ping", "-c1", "-W1", one)


def _time() -> None:
    for _ in paced(14, 3.0):
        send_datagram(FAR, 123, b"\x23" + bytes(47))


def _film() -> None:
    for place in paced(10, 4.0):
        fetch("film.example", f"/big/{place}.ts", agent=BROWSER, headers=SPOKEN | {"Referer": "http://film.example/"})


def _back_up_near() -> None:
    with contextlib.suppress(OSError), connect(near(25), 9_999) as way:
        for _ in range(80):
            way.sendall(os.urandom(50_000))


def _back_up_named() -> None:
    fetch_tls("backup.site.example", "/page/up", body=os.urandom(8_000_000))


def _chat_tls() -> None:
    look_up("chat.site.example")
    way = open_tls(address_of("chat.site.example"), 443, "chat.site.example")
    for _ in paced(16, 3.0):
        way.sendall(b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n")
        way.recv(4_096)


def _keep(host: str, port: int, words: bytes, period_s: float = 3.0) -> Act:
    def act() -> None:
        look_up(host)
        with contextlib.suppress(OSError), connect(address_of(host), port) as way:
            for _ in paced(16, period_s):
                way.sendall(words)
                way.recv(4_096)

    return act


def _browse() -> None:
    names = [f"{word}.{letters(5)}.example" for word in ("www", "cdn", "img", "ads", "api") for _ in range(6)]
    threads = [threading.Thread(target=fetch_tls, args=(name, "/page")) for name in names]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for name in names[:15]:
        fetch(name, "/page/" + letters(5), agent=BROWSER, headers=SPOKEN | {"Referer": f"http://{names[0]}/"})
        time.sleep(random.uniform(0.1, 1.5))


def _blocked_trackers() -> None:
    known = [f"{letters(6)}.example" for _ in range(16)]
    blocked = [f"{word}-{place}.missing" for word in ("ads", "track", "metrics") for place in range(3)]
    for name in random.sample(known + blocked, 25):
        look_up(name)
        time.sleep(0.3)


def _ring() -> None:
    words = b"OPTIONS sip:pbx.example SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2\r\nCSeq: 1 OPTIONS\r\nCall-ID: 7\r\n\r\n"
    for _ in paced(14, 3.0):
        send_datagram(FAR, 5_060, words)
        send_datagram(FAR, 3_478, b"\x00\x01\x00\x00\x21\x12\xa4\x42" + os.urandom(12))


def _look_around() -> None:
    search = (
        b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n'
    )
    frames = [frame_of(datagram_of(near(2), "239.255.255.250", (50_001, 1_900), search), target="01005e7ffffa")]
    asks = (question(f"_{word}._tcp.local", 12) for word in ("ipp", "http", "airplay", "ssh", "smb"))
    frames += [
        frame_of(datagram_of(near(2), "224.0.0.251", (5_353, 5_353), one), target="01005e0000fb") for one in asks
    ]
    send_frames(frames * 5, 0.3)


def _wire() -> None:
    for _ in paced(20, 2.5):
        send_datagram("45.77.2.2", 51_820, b"\x04\x00\x00\x00" + os.urandom(92))


def _share() -> None:
    """Meet many strangers at many doors, as programs that share files do; half are gone."""
    for place in range(60):
        there = f"45.{77 + place % 2}.{random.randrange(99)}.{random.randrange(1, 250)}"
        send_datagram(
            there,
            random.choice((6_881, random.randrange(10_000, 60_000))),
            b"d1:ad2:id20:" + os.urandom(40),
            wait_s=0.1,
        )
        if place % 3 == 0:
            knock(there, random.randrange(10_000, 60_000), 0.2)


def _database() -> None:
    for _ in paced(16, 2.0):
        converse(near(22), 5_432, [b"\x00\x00\x00\x08\x04\xd2\x16\x2f", b"Q\x00\x00\x00\x0dselect 1\x00"])


def _hooks() -> None:
    for place in paced(14, 2.0, 0.8):
        body = f'{{"event":"push","id":{place},"text":"{"x" * random.randrange(400)}"}}'.encode()
        fetch("hooks.example", "/page/hook", method="POST", body=body, agent="python-requests/2.31")


def _news() -> None:
    for _ in paced(3, 12.0):
        for host in ("news.example", "blog.example", "paper.example", "club.example"):
            fetch(host, "/page/feed.xml", agent="FeedReader/3.2", headers={"If-None-Match": '"a1"'})


def _printers() -> None:
    """Ask printers for their ink, with the word that everybody knows."""
    ask = bytes.fromhex("302602010104067075626c6963a019020101020100020100300e300c06082b060102010101000500")
    for one in neighbours(5) * 4:
        send_datagram(one, 161, ask, wait_s=0.1)


def _lists() -> None:
    for _ in range(25):
        look_up(".".join(str(random.randrange(256)) for _ in range(4)) + ".zen.list.example")


def _content_network() -> None:
    for _ in range(25):
        look_up(f"d{letters(13)}.cloudy.example")
        look_up(f"r{random.randrange(9)}---sn-{letters(8)}.video.example")


def _fetch_code() -> None:
    """Ask a server for news over ssh often; the other side refuses us, which a script does not notice."""
    for _ in paced(3, 4.0):
        run("ssh", "-F", "/dev/null", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o",
            "UserKnownHostsFile=/dev/null", f"git@{FAR}", "true")  # fmt: skip


def _pings() -> None:
    for size in (56, 100, 400, 800, 1_200, 1_400):
        run("ping", "-c4", "-i0.3", "-s", str(size), FAR)


def _wrong_twice() -> None:
    for _ in paced(3, 4.0):
        sign_in_by_ssh("anna", "old", FAR)


def _crawl() -> None:
    for place in range(60):
        fetch("shop.example", f"/page/{place}?id={place}&sort=price", agent="Mozilla/5.0 (compatible; Crawler/1.0)")
    for place in range(6):
        fetch("shop.example", f"/none/{place}", agent="Mozilla/5.0 (compatible; Crawler/1.0)")


def _gone() -> None:
    """Call a server that is down again and again."""
    look_up("gone.example")
    for _ in paced(25, 0.8):
        knock("45.78.3.3", 443, 0.2)


def _own_address() -> None:
    for address in (near(2), near(2)):
        body = bytes.fromhex("0001080006040001020000000077") + bytes(map(int, address.split("."))) + bytes(6)
        send_frames([frame_of(body + bytes(map(int, address.split("."))), kind=0x0806)] * 3, 0.5)


def _honest_echo() -> None:
    send_frames([frame_of(echo_of(near(2), "45.78.3.3", b"abcdefgh" * 4, place)) for place in range(30)], 0.5)


def _ask_about_certificates() -> None:
    for _ in paced(8, 1.0):
        kind = {"Content-Type": "application/ocsp-request"}
        fetch("ocsp.example", "/page", method="POST", body=bytes(80), agent="Certs/1", headers=kind)


def _keep_fresh() -> None:
    for place in paced(14, 3.0):
        clicked = SPOKEN | {"Referer": "http://score.example/"}
        fetch("score.example", f"/page/live?{place}", agent=BROWSER, headers=clicked)


HARMLESS: dict[str, Act] = {
    "package downloads": _install,
    "monitor, near": _poll_near,
    "monitor, doors": _watch_doors,
    "monitor, pings": _ping_round,
    "time": _time,
    "film": _film,
    "back-up, near": _back_up_near,
    "back-up, named": _back_up_named,
    "chat, encrypted": _chat_tls,
    "chat, push": _keep("push.example", 5_222, b" "),
    "broker": _keep("broker.example", 1_883, b"\xc0\x00"),
    "game, named": _keep("game.example", 27_017, b"\x01ping" + bytes(8)),
    "browsing": _browse,
    "blocked trackers": _blocked_trackers,
    "calls": _ring,
    "looking around": _look_around,
    "tunnel of one's own": _wire,
    "file sharing": _share,
    "database": _database,
    "hooks": _hooks,
    "news reader": _news,
    "printers": _printers,
    "mail lists": _lists,
    "content network": _content_network,
    "code fetched": _fetch_code,
    "ping sizes": _pings,
    "forgotten password": _wrong_twice,
    "crawler": _crawl,
    "server gone": _gone,
    "own address told": _own_address,
    "pings, unanswered": _honest_echo,
    "update check": _poll_tls("update.site.example", 3.0),
    "update check, open": _poll("update.example", "/page/version.txt", 3.0, agent="Updater/4.2 (Linux)"),
    "weather": _poll("weather.example", "/page/now?city=7", 3.0, agent="WeatherWidget/1.0"),
    "am I online?": _poll("connect.example", "/generate_204", 3.0, agent="Mozilla/5.0 (X11; Linux x86_64)"),
    "am I online, named": _poll("connect.example", "/connecttest.txt", 3.0, agent="Connect Test Service"),
    "certificate asked about": _ask_about_certificates,
    "page kept fresh": _keep_fresh,
}  # fmt: skip
"""Name -> what is done."""
