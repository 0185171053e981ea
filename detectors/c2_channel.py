"""Looks for a channel over which a stranger commands a computer: odd web requests, odd encryption, odd ports.

Before this on the path: ``Traffic.http`` and ``tls``. After it: the worker's wire.
No single oddity says enough; each has a weight, and what stands together on one server decides.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

from detectors.contract.conversations import HttpExchange, TlsSession
from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features.inside import host_of, is_numeric_host, is_outside
from detectors.features.makers import is_of_maker
from detectors.features.names import looks_machine_made, registered_name
from detectors.features.program_bytes import program_kind
from detectors.features.sightings import Sighting, report
from detectors.features.web_text import decode_web, read_body

WEIGHTS: Final[dict[str, int]] = {
    "numeric_host": 2,
    "made_up_host": 2,
    "cheap_ending": 1,
    "odd_web_port": 2,
    "open_on_tls_port": 2,
    "form_is_noise": 2,
    "raw_body": 1,
    "no_referrer": 1,
    "not_as_browsers": 1,
    "old_library_name": 1,
    "no_client_name": 1,
    "impossible_browser": 3,
    "gate_page": 1,
    "repeated": 1,
    "refused_and_repeated": 1,
    "computer_described": 2,
    "open_form": -1,
    "after_program": 1,
    "asked_own_address": 1,
    "pages_in_turn": 2,
    "tells_of_computer": 3,
    "machine_chat_name": 4,
    "chat_on_odd_port": 2,
    "chat_with_number": 1,
    "no_server_name": 1,
    "odd_tls_port": 1,
    "own_certificate": 1,
    "senseless_certificate": 2,
    "blank_certificate": 2,
    "same_port_elsewhere": 1,
}
"""Points of each oddity; five together are a channel. Measured in benchmarks/quality_network.py."""
OLD_NAME: Final = "old_library_name"
ENOUGH: Final = 5
MAKERS_BONUS: Final = 3
"""More points are needed against a server with the name of a large maker, whose programs call home by habit."""

WEB_PORTS: Final = frozenset({80, 81, 3128, 5000, 8000, 8001, 8008, 8080, 8081, 8088, 8888})
TLS_ONLY_PORTS: Final = frozenset({443, 465, 563, 636, 853, 989, 990, 993, 995, 8443})
TLS_PORTS: Final = TLS_ONLY_PORTS | {25, 110, 143, 587, 389, 5061, 5222, 5223, 5228, 5269, 8883, 9443, 4433, 10443}
MIN_REPEATS: Final = 3
MIN_FIELDS: Final = 2
"""Separators of a form in which anybody can read what is told."""
NOISE_BITS: Final = 5.2
"""Entropy of a form that is none; words lie near 4.5, base64 near 6."""
MIN_NOISE_BYTES: Final = 48

OLD_LIBRARY: Final = re.compile(r"\AMozilla/4\.0 \(compatible; MSIE [678]\.0; ?(?:Win32|Windows NT)")
"""What Windows' own web library calls itself for any program."""
IMPOSSIBLE: Final = re.compile(
    r"\AMozilla/(?!(?:[2345]\.0|4\.[57]\d?|4\.61|3\.01|5\.00)\b)[\d.]+|"
    r"Windows NT (?:[79]|1[1-9])\b|MSIE (?:1[2-9]|[2-9]\d)\."
)
"""Browsers and systems that never were."""
GATE: Final = re.compile(r"/[\w-]{1,40}\.(?:php|asp|aspx|jsp|cgi)(?:\?[\w=&%.-]{0,64})?\Z", re.IGNORECASE)
FORM: Final = re.compile(
    rb"\A[\w.\-\[\]%+ ]{1,64}=[^&\x00-\x1f\x7f-\xff]*(?:&[\w.\-\[\]%+ ]{1,64}=[^&\x00-\x1f\x7f-\xff]*)*\Z"
)
COMPUTER: Final = re.compile(
    r"[?&](?:guid|hwid|uuid|mid?|machine(?:id|guid)?|bot(?:id)?|uid|id)=\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}",
    re.IGNORECASE,
)
NAMES: Final = re.compile(
    r"[?&](?:guid|hwid|pc(?:name)?|comp(?:uter)?(?:name)?|host(?:name)?|user(?:name)?|build|os(?:ver)?|win|ver|av|lan|arch|"
    r"bits|info|ip|uptime|ram|cpu|gpu|admin)=",
    re.IGNORECASE,
)
MIN_NAMES: Final = 4
"""Different ones: what a stranger asks a computer about itself first."""
COMMAND_OUTPUT: Final = re.compile(
    rb"Microsoft Windows|Windows IP Configuration|Host Name:\s|OS Name:\s|Image Name\s+PID|[A-Z]:\\Users\\|"
    rb"The command completed successfully|System Idle Process",
)
"""What commands of Windows print, in a form that is sent away."""
ADDRESS_SERVICES: Final = re.compile(
    r"(?:^|\.)(?:ipify\.org|icanhazip\.com|ifconfig\.(?:me|co|io)|checkip\.(?:amazonaws\.com|dyndns\.(?:org|com))|"
    r"ipinfo\.io|ip-api\.com|wtfismyip\.com|myexternalip\.com|whatismyip(?:address)?\.\w+|ipecho\.net|ident\.me|"
    r"api\.ip\.sb|freegeoip\.\w+|myip\.\w{2,8}|ipwho\.is|curlmyip\.\w+|trackip\.net|bot\.whatismyipaddress\.com)$"
)
"""Services that tell a program the address of the office it sits in."""
BLANK: Final = re.compile(
    r"Internet Widgits|Default Company|Some-State|L=Default City|Some-City|"
    r"CN=example\.com|CN=localhost\b|O=Global Security|"
    r"\A(?:\w+=(?:,|\Z))*\Z",
    re.IGNORECASE,
)
"""What programs and guides put in where nobody filled in anything, and nothing at all."""
CHEAP_ENDINGS: Final = tuple(
    f".{one}"
    for one in (
        "top",
        "xyz",
        "pw",
        "tk",
        "ml",
        "ga",
        "cf",
        "gq",
        "icu",
        "bid",
        "loan",
        "win",
        "click",
        "stream",
        "accountant",
    )
)
"""Endings of names that cost next to nothing, as lists of abuse name them (Spamhaus, Surbl)."""
CHAT_PORTS: Final = frozenset({194, *range(6_660, 6_670), 6_697, 7_000})
CHAT_NAME: Final = re.compile(r"\A(?=.*\d{3})(?=.*[\[\]{}|])|\A[A-Z]{2,4}[-_|][A-Z0-9]{2,8}[-_|]\d{3,}")
"""Country, system and a number between bars or brackets, as machines name themselves in rows."""
MADE_NAMES: Final = frozenset({"senseless_certificate", "blank_certificate"})
"""Certificates of harmless devices and programs are home-made, too, but they name something."""
MIN_TURNS: Final = 6
MAX_PAGES: Final = 6
VOWELS: Final = frozenset("aeiouy")


class C2Channel(Detector):
    """Adds up oddities for each pair of computers."""

    name: ClassVar[str] = "c2_channel"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("c2_channel",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer with a channel."""
        sightings = [*_judge_web(traffic.http), *_judge_tls(traffic.tls), *_judge_chat(traffic)]
        yield from report(self, traffic, self.name, sightings, techniques=("T1071",), facts=_describe)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A request that hands something over, and what is odd about it."""

    exchange: HttpExchange
    signs: tuple[str, ...]


def _judge_web(exchanges: tuple[HttpExchange, ...]) -> Iterator[Sighting]:
    """Add up what each computer told each server outside."""
    pairs: dict[tuple[str, str], list[HttpExchange]] = {}
    loaded = {one.client: one.at_s for one in exchanges if program_kind(one.answer_head).endswith("_program")}
    curious = {one.client for one in exchanges if ADDRESS_SERVICES.search(host_of(one.host))}
    for one in exchanges:
        if one.method and is_outside(one.server) and not _is_check(one):
            pairs.setdefault((one.client, one.host or one.server), []).append(one)
    for group in pairs.values():
        turns = _pages_in_turn(group)
        judged = [_Judged(one, odd) for one in group if (odd := _odd_about(one, is_turn=bool(turns)))]
        if not judged:
            continue
        best = max(judged, key=lambda one: sum(WEIGHTS[sign] for sign in one.signs))
        signs = [*best.signs, *_odd_together([one.exchange for one in judged]), *turns]
        if loaded.get(best.exchange.client, math.inf) < best.exchange.at_s:
            signs.append("after_program")
        if best.exchange.client in curious:
            signs.append("asked_own_address")
        yield from _sight_web(best.exchange, signs, "T1071.001")


def _is_check(exchange: HttpExchange) -> bool:
    """Tell whether a certificate is asked about (OCSP), which goes unencrypted to anywhere by design."""
    return exchange.headers.get("content-type", "").startswith(("application/ocsp", "application/timestamp"))


def _sight_web(exchange: HttpExchange, signs: Sequence[str], technique: str) -> Iterator[Sighting]:
    points = sum(WEIGHTS[sign] for sign in dict.fromkeys(signs))
    if points < ENOUGH + MAKERS_BONUS * is_of_maker(host_of(exchange.host)):
        return
    confidence = min(0.95, 0.5 + 0.07 * points)
    example = f"{exchange.method} {exchange.host}{exchange.target}"
    for sign in dict.fromkeys(signs):
        yield Sighting(
            exchange.client, exchange.server, sign, exchange.at_s, exchange.record, Severity.MEDIUM, confidence,
            example, technique,
        )  # fmt: skip


def _odd_about(exchange: HttpExchange, *, is_turn: bool) -> tuple[str, ...]:
    """Name the oddities of one request, if it can carry news: a body, a question, or an asker that is odd by itself."""
    plain = (*_odd_place(exchange.host or exchange.server, exchange.server_port), *_odd_client(exchange))
    if exchange.method == "POST":
        return (*plain, *_odd_post(exchange), *_odd_target(exchange.target))
    if not plain or not (is_turn or "?" in exchange.target or OLD_NAME in plain):
        return ()
    return (*plain, *_odd_target(exchange.target))


@lru_cache(maxsize=65_536)
def _odd_place(host: str, port: int) -> tuple[str, ...]:
    """Name what is odd about a server's name and port."""
    signs = []
    if is_numeric_host(host):
        signs.append("numeric_host")
    elif looks_machine_made(registered_name(host_of(host)).partition(".")[0]):
        signs.append("made_up_host")
    if host_of(host).endswith(CHEAP_ENDINGS):
        signs.append("cheap_ending")
    if port in TLS_ONLY_PORTS:
        signs.append("open_on_tls_port")
    elif port not in WEB_PORTS:
        signs.append("odd_web_port")
    return tuple(signs)


def _odd_target(target: str) -> tuple[str, ...]:
    is_told = "=" in target and _describes_computer(decode_web(target))
    return ("computer_described",) if is_told else ()


def _describes_computer(target: str) -> bool:
    """Tell whether an address holds the mark of one computer, or several of its names."""
    if COMPUTER.search(target):
        return True
    is_long = target.count("=") >= MIN_NAMES
    return is_long and len({found.lower() for found in NAMES.findall(target)}) >= MIN_NAMES


def _odd_client(exchange: HttpExchange) -> tuple[str, ...]:
    """Name what no browser does that calls itself one."""
    agent = exchange.user_agent
    is_hasty = agent.startswith("Mozilla/") and "accept-language" not in exchange.headers
    return (*_odd_agent(agent), *(("not_as_browsers",) if is_hasty else ()))


@lru_cache(maxsize=4_096)
def _odd_agent(agent: str) -> tuple[str, ...]:
    if not agent:
        return ("no_client_name",)
    if IMPOSSIBLE.search(agent):
        return ("impossible_browser",)
    return (OLD_NAME,) if OLD_LIBRARY.match(agent) else ()


def _odd_post(exchange: HttpExchange) -> Iterator[str]:
    """Name what is odd about something handed over."""
    kind = exchange.headers.get("content-type", "").lower()
    if "referer" not in exchange.headers and "origin" not in exchange.headers:
        yield "no_referrer"
    if GATE.search(exchange.target):
        yield "gate_page"
    body = exchange.body_head
    is_form = kind.startswith("application/x-www-form-urlencoded")
    if is_form and body and _is_noise(body):
        yield "form_is_noise"
    elif not kind or kind.startswith("application/octet-stream"):
        yield "raw_body"
    if COMMAND_OUTPUT.search(body):
        yield "tells_of_computer"
    elif is_form and _describes_computer("&" + read_body(body)):
        yield "computer_described"
    elif is_form and body.count(b"&") >= MIN_FIELDS and FORM.match(body):
        yield "open_form"


def _is_noise(body: bytes) -> bool:
    """Tell whether a form is none, or holds one value that looks like nothing."""
    if not FORM.match(body):
        return True
    value = max((part.partition(b"=")[2] for part in body.split(b"&")), key=len)
    return len(value) >= MIN_NOISE_BYTES and body.count(b"=") <= 2 and _bits(value) >= NOISE_BITS  # noqa: PLR2004


def _bits(data: bytes) -> float:
    counts = Counter(data).values()
    return -sum(count / len(data) * math.log2(count / len(data)) for count in counts)


def _odd_together(exchanges: Sequence[HttpExchange]) -> Iterator[str]:
    """Name what only several requests show."""
    pages = Counter(one.target.partition("?")[0] for one in exchanges if one.method == "POST")
    if pages and max(pages.values()) >= MIN_REPEATS:
        yield "repeated"
    refused = sum(one.status in {403, 404, 500, 502} for one in exchanges if one.method == "POST")
    if refused >= 2:  # noqa: PLR2004 - a person gives up after the first
        yield "refused_and_repeated"


def _pages_in_turn(exchanges: Sequence[HttpExchange]) -> list[str]:
    """Name the habit of asking for a few pages again and again, in no order, as no reader of a site does."""
    pages = Counter(one.target for one in exchanges if one.method == "GET" and "referer" not in one.headers)
    is_turn = 1 <= len(pages) <= MAX_PAGES and pages.total() >= MIN_TURNS and min(pages.values()) > 1
    return ["pages_in_turn"] if is_turn else []


def _judge_tls(sessions: tuple[TlsSession, ...]) -> Iterator[Sighting]:
    """Add up what is odd about encrypted sessions with servers outside."""
    bare: dict[tuple[str, int], set[str]] = {}
    for one in sessions:
        if not one.sni and is_outside(one.server):
            bare.setdefault((one.client, one.server_port), set()).add(one.server)
    seen: set[tuple[str, str]] = set()
    for one in sessions:
        if (one.client, one.server) in seen or not is_outside(one.server):
            continue
        signs = list(_odd_session(one))
        if signs and len(bare.get((one.client, one.server_port), ())) > 1 and "odd_tls_port" in signs:
            signs.append("same_port_elsewhere")
        points = sum(WEIGHTS[sign] for sign in signs)
        if points < ENOUGH - 1:
            continue
        severity = Severity.MEDIUM if MADE_NAMES & set(signs) else Severity.LOW
        seen.add((one.client, one.server))
        example = one.certificates[0].subject if one.certificates else one.sni
        confidence = min(0.95, 0.5 + 0.07 * points)
        for sign in signs:
            yield Sighting(
                one.client, one.server, sign, one.at_s, one.record, severity, confidence, example, "T1573.002"
            )


def _odd_session(session: TlsSession) -> Iterator[str]:
    if not session.certificates:
        return
    leaf = session.certificates[0]
    if not session.sni:
        yield "no_server_name"
    if session.server_port not in TLS_PORTS:
        yield "odd_tls_port"
    if leaf.is_self_signed or len(session.certificates) == 1:
        yield "own_certificate"
    if leaf.is_self_signed and BLANK.search(leaf.subject):
        yield "blank_certificate"
    elif _is_senseless(leaf.subject):
        yield "senseless_certificate"


def _values(name: str) -> list[str]:
    """Take the values out of ``CN=a,O=b``."""
    return [part.partition("=")[2].strip() for part in re.split(r"(?<!\\),", name) if "=" in part]


@lru_cache(maxsize=4_096)
def _is_senseless(subject: str) -> bool:
    """Tell whether a name is made of letters that no language puts together."""
    words = [word for value in _values(subject) for word in re.findall(r"[A-Za-z0-9]{4,}", value)]
    odd = [word for word in words if _is_odd_word(word)]
    return len(words) >= 3 and len(odd) * 3 >= len(words)  # noqa: PLR2004 - a third of three words or more


def _is_odd_word(word: str) -> bool:
    """Digits glued to letters, or hardly a vowel."""
    letters = [letter for letter in word.lower() if letter.isalpha()]
    is_mixed = any(letter.isdigit() for letter in word) and len(letters) >= 4  # noqa: PLR2004 - a word
    vowels = sum(letter in VOWELS for letter in letters)
    return is_mixed or (len(letters) >= 5 and vowels * 5 < len(letters))  # noqa: PLR2004 - one letter in five


def _judge_chat(traffic: Traffic) -> Iterator[Sighting]:
    """Look at chats in which a machine waits for orders."""
    for one in traffic.signs:
        if one.kind != "chat_name" or one.flow < 0:
            continue
        client, server = traffic.ends(one.flow)
        name = one.head.decode("latin-1")
        signs = ["machine_chat_name"] if CHAT_NAME.search(name) else []
        if int(traffic.flows.server_port[one.flow]) not in CHAT_PORTS:
            signs.append("chat_on_odd_port")
        if looks_machine_made(name.lower()):
            signs.append("chat_with_number")
        if not is_outside(server) or sum(WEIGHTS[sign] for sign in signs) < ENOUGH - 1:
            continue
        for sign in signs:
            yield Sighting(client, server, sign, one.at_s, one.record, Severity.MEDIUM, 0.75, name, "T1071")


def _describe(group: Sequence[Sighting]) -> tuple[Evidence, ...]:
    return (Evidence("points", sum(WEIGHTS[sign] for sign in {one.sign for one in group}), ENOUGH - 1),)
