"""Names what is odd about web requests of programs that a stranger commands: place, client, body, habit.

Before this on the path: ``HttpExchange`` records. After it: ``c2_channel``, which weighs the names.
Each function gives stable keys, never a verdict.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from detectors.contract.conversations import HttpExchange
from detectors.features.inside import host_of, is_numeric_host
from detectors.features.names import looks_machine_made, registered_name
from detectors.features.web_text import decode_web, read_body

OLD_NAME: Final = "old_library_name"
WEB_PORTS: Final = frozenset({80, 81, 3128, 5000, 8000, 8001, 8008, 8080, 8081, 8088, 8888})
TLS_ONLY_PORTS: Final = frozenset({443, 465, 563, 636, 853, 989, 990, 993, 995, 8443})
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
CHEAP_ENDINGS: Final = (
    ".top", ".xyz", ".pw", ".tk", ".ml", ".ga", ".cf", ".gq", ".icu", ".bid", ".loan", ".win", ".click", ".stream",
)  # fmt: skip
"""Endings of names that cost next to nothing, as lists of abuse name them (Spamhaus, Surbl)."""
MIN_TURNS: Final = 6
MAX_PAGES: Final = 6


@lru_cache(maxsize=65_536)
def odd_place(host: str, port: int) -> tuple[str, ...]:
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


def odd_target(target: str) -> tuple[str, ...]:
    """Name what an address tells about the computer that asks."""
    is_told = "=" in target and _describes_computer(decode_web(target))
    return ("computer_described",) if is_told else ()


def _describes_computer(target: str) -> bool:
    """Tell whether an address holds the mark of one computer, or several of its names."""
    if COMPUTER.search(target):
        return True
    is_long = target.count("=") >= MIN_NAMES
    return is_long and len({found.lower() for found in NAMES.findall(target)}) >= MIN_NAMES


def odd_client(exchange: HttpExchange) -> tuple[str, ...]:
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


def odd_post(exchange: HttpExchange) -> Iterator[str]:
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


def odd_together(exchanges: Sequence[HttpExchange]) -> Iterator[str]:
    """Name what only several requests show."""
    pages = Counter(one.target.partition("?")[0] for one in exchanges if one.method == "POST")
    if pages and max(pages.values()) >= MIN_REPEATS:
        yield "repeated"
    refused = sum(one.status in {403, 404, 500, 502} for one in exchanges if one.method == "POST")
    if refused >= 2:  # noqa: PLR2004 - a person gives up after the first
        yield "refused_and_repeated"


def pages_in_turn(exchanges: Sequence[HttpExchange]) -> list[str]:
    """Name the habit of asking for a few pages again and again, in no order, as no reader of a site does."""
    pages = Counter(one.target for one in exchanges if one.method == "GET" and "referer" not in one.headers)
    is_turn = 1 <= len(pages) <= MAX_PAGES and pages.total() >= MIN_TURNS and min(pages.values()) > 1
    return ["pages_in_turn"] if is_turn else []
