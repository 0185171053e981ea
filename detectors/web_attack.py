"""Looks for attacks on websites: injected questions, commands and scripts, climbing paths, guessing of hidden pages.

Before this on the path: ``Traffic.http`` and the openings of what was no clean HTTP. After it: the worker's wire.
The one who attacks is the subject; only requests are judged, answers merely tell whether it worked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar, Final

from detectors.contract.conversations import HttpExchange
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features.sightings import Sighting, report
from detectors.features.spoken import openings_of, signs_of
from detectors.features.web_patterns import CONFESSIONS, TABLE, TESTERS, may_match
from detectors.features.web_text import comparable, read_body

MIN_GUESSES: Final = 20
"""Pages asked for that do not exist, from one computer at one server; a broken site has a few."""
LONG: Final = 400
"""Letters; a longer target is looked at whatever it holds."""
MAX_VALUE: Final = 200
"""Letters of a form's field that is a word or a number, and no text that somebody wrote."""
MAX_FIELDS: Final = 40
MIN_GUESS_SHARE: Final = 0.5
"""Of all its requests there."""

_FORM: Final = "application/x-www-form-urlencoded"
_NOT_FOUND: Final = 404
_ODD_METHOD: Final = re.compile(rb"\A[^\r\n ]{0,60}[<>'\"][^\r\n]{0,200} HTTP/1\.\d\r?\n")
_BAD_LENGTH: Final = re.compile(
    rb"\A[!-~]{1,40} [^\r\n]{1,400} HTTP/1\.\d\r?\n(?:[^\r\n]{1,200}\r?\n){0,20}?Content-Length: ?-\d", re.IGNORECASE
)
_INNER_REQUEST: Final = re.compile(rb"\r?\n(?:GET|POST|PUT) /[^ \r\n]{0,200} HTTP/1\.[01]\r?\n")
"""A second request inside the body of the first: one server's body is the next one's request."""
_HOLDS_MESSAGES: Final = ("multipart/", "application/http", "application/json", "text/plain")
"""Bodies of these kinds may hold whole requests, as in batches and reports."""


class WebAttack(Detector):
    """Matches what clients asked for with a table of shapes."""

    name: ClassVar[str] = "web_attack"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("web_attack",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Join single requests and the sum of them to one finding for each attacker."""
        sightings = [one for exchange in traffic.http for one in _judge_request(exchange)]
        sightings += _judge_openings(traffic)
        sightings += _judge_odd_requests(traffic)
        sightings += _judge_guessing(traffic)
        yield from report(self, traffic, "web_attack", sightings, techniques=("T1190",))


def _judge_request(exchange: HttpExchange) -> Iterator[Sighting]:
    """Look into target, body and the name of the client's program."""
    if not exchange.method:
        return
    signs = _match(exchange.target, is_body=False)
    if exchange.body_head:
        body = read_body(exchange.body_head)
        signs |= _match(body, is_body=True)
        if exchange.headers.get("content-type", "").lower().startswith(_FORM):
            signs |= _match_values(body)
        if _hides_request(exchange):
            signs["request_in_request"] = None
    if _is_tester(exchange.user_agent):
        signs["tester_program"] = None
    if not signs:
        return
    worked = CONFESSIONS.search(exchange.answer_head) is not None
    severity = Severity.HIGH if worked and "tester_program" not in signs else Severity.MEDIUM
    example = f"{exchange.method} {exchange.host or exchange.server}"  # of web addresses only the host is kept
    technique = "T1505.003" if "hidden_way_in" in signs else ""
    for sign in [*signs, *(["answer_gave_way"] if worked else [])]:
        yield Sighting(
            exchange.client, exchange.server, sign, exchange.at_s, exchange.record, severity, 0.85, example, technique
        )


@lru_cache(maxsize=4_096)
def _is_tester(agent: str) -> bool:
    return TESTERS.search(agent) is not None


def _match(untrusted: str, *, is_body: bool) -> dict[str, None]:
    """Name the shapes in one text, in the table's order."""
    if len(untrusted) < LONG and not may_match(untrusted):
        return {}
    text = comparable(untrusted)
    if len(text) < LONG and not may_match(text):
        return {}
    return {one.sign: None for one in TABLE if (one.in_body or not is_body) and one.pattern.search(text)}


def _match_values(body: str) -> dict[str, None]:
    """Look at the short values of a form as at those of an address; long ones are texts that people wrote."""
    signs: dict[str, None] = {}  # pages are written in forms, too: a picture or a link in one is no attack
    for field in body.split("&", MAX_FIELDS)[:MAX_FIELDS]:
        if len(field) <= MAX_VALUE:
            signs |= _match("?" + field, is_body=False)
    signs.pop("script_in_value", None)
    return signs


def _hides_request(exchange: HttpExchange) -> bool:
    kind = exchange.headers.get("content-type", "").lower()
    return not kind.startswith(_HOLDS_MESSAGES) and _INNER_REQUEST.search(exchange.body_head) is not None


def _judge_openings(traffic: Traffic) -> Iterator[Sighting]:
    """Look at request lines that are broken on purpose, which no reader of HTTP takes for a request."""
    for opening in openings_of(traffic):
        if b" HTTP/1." not in opening.client[:600]:
            continue
        for sign, pattern in (("odd_method", _ODD_METHOD), ("odd_length", _BAD_LENGTH)):
            if pattern.search(opening.client):
                client, server = traffic.ends(opening.flow)
                line = opening.client.partition(b"\n")[0].decode("latin-1").strip()
                at_s = float(traffic.flows.started_s[opening.flow])
                yield Sighting(client, server, sign, at_s, opening.client_record, Severity.MEDIUM, 0.7, line)


def _judge_odd_requests(traffic: Traffic) -> Iterator[Sighting]:
    """Take requests that the reader of HTTP could not take for any."""
    for one in signs_of(traffic, "odd_request"):
        if _ODD_METHOD.search(one.head):
            client, server = traffic.ends(one.flow)
            line = one.head.partition(b"\n")[0].decode("latin-1").strip()
            yield Sighting(client, server, "odd_method", one.at_s, one.record, Severity.MEDIUM, 0.7, line)


def _judge_guessing(traffic: Traffic) -> Iterator[Sighting]:
    """Count the pages that one computer asked one server for in vain."""
    asked: dict[tuple[str, str], list[HttpExchange]] = {}
    for exchange in traffic.http:
        if exchange.method and exchange.status:
            asked.setdefault((exchange.client, exchange.server), []).append(exchange)
    for (client, server), exchanges in asked.items():
        missed = [one for one in exchanges if one.status == _NOT_FOUND]
        targets = {one.target.partition("?")[0] for one in missed}
        if len(targets) >= MIN_GUESSES and len(missed) >= MIN_GUESS_SHARE * len(exchanges):
            yield from (
                Sighting(client, server, "page_guessing", one.at_s, one.record, Severity.MEDIUM, 0.75) for one in missed
            )
