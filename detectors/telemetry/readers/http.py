"""Requests and answers of HTTP/1.x: heads, the first bytes of bodies, who signs in.

Before this on the path: ``dialogue.py`` feeds both sides in order. After it: ``HttpExchange`` and ``Login`` records.
Bodies beyond their first bytes are passed over unseen; after lost packets reading goes on with the next head.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import ClassVar

from detectors.contract.conversations import HttpExchange, Login, StreamSign
from detectors.telemetry.readers import choose
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.http_body import Body, unpack_head
from detectors.telemetry.readers.http_head import Head, is_answer, is_request, read_head
from detectors.telemetry.readers.http_secrets import hide_secrets, user_of_form, user_of_header
from detectors.telemetry.readers.texts import clean
from detectors.telemetry.reassembly import FOREVER

MAX_HEAD_BYTES = 16 << 10
"""Longer heads are read as far as this; what follows is passed over up to the next head."""
MAX_WAITING = 128
"""Requests of one connection that wait for an answer (pipelining)."""
REQUEST_HEAD_BYTES, ANSWER_HEAD_BYTES = 2_048, 1_024
"""Kept of bodies (contract)."""
LONG_HEAD_BYTES = 4_096
"""Kept of a page that decodes hidden texts or calls components: what it does with them stands further down."""
_TELLING = (b"unescape", b"classid", b"fromcharcode", b"activexobject", b"createobject")
"""In lower case: to look for five words one after the other takes a twentieth of the time of one pattern for all."""
_PAGES = ("text/", "application/javascript", "application/x-javascript", "application/xml", "application/xhtml")
PACKED_BYTES = 4_096
"""Kept of a packed answer until it is unpacked."""
SIGN_BYTES = 128
HTTP_2 = b"PRI * HTTP/2"
PLAIN_DIGEST = frozenset({"basic", "form"})
"""Ways to sign in whose secret can be read on the way."""
_OK = range(200, 400)
_CONNECTED = range(200, 300)
_REFUSED = frozenset({401, 403, 407})
_NO_BODY = frozenset({204, 304})
_CONTINUE = range(100, 200)
_SWITCHING = 101
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "application/json", "text/plain", "")


@dataclass(slots=True)
class _Exchange:
    """One request with its answer, as far as they came."""

    request: Head | None = None
    asked: Piece | None = None
    request_body: Body | None = None
    answer: Head | None = None
    answered: Piece | None = None
    answer_body: Body | None = None
    size_bytes: int = 0
    """Of the request's head, and what is kept of its body."""


@dataclass(slots=True)
class _Side:
    """Where one direction stands."""

    begun: bytes = b""
    body: Body | None = None
    is_lost: bool = False
    """The place is not known: only the start of a message counts."""
    first: Piece | None = None
    """The piece in which ``begun`` begins."""


class HttpReader(Reader):
    """Reads one connection."""

    service: ClassVar[str] = "http"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - on any port
        """See a request line or a status line."""
        is_one = is_request(piece.data) or is_answer(piece.data) or piece.data.startswith(HTTP_2)
        return SURE if is_one else NO

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin with nothing read."""
        super().__init__(ends, notes)
        self._sides = (_Side(), _Side())
        self._waiting: deque[_Exchange] = deque()
        self._answering: _Exchange | None = None
        self._is_tunnel = False
        self._is_newer = False

    @property
    def name(self) -> str:
        """Tell HTTP/2 apart, which is only named."""
        return "http2" if self._is_newer else self.service

    @property
    def held_bytes(self) -> int:
        """Count heads that have not come whole, and the first bytes of bodies."""
        waiting = sum(one.size_bytes for one in self._waiting)
        return len(self._sides[0].begun) + len(self._sides[1].begun) + waiting

    def feed(self, piece: Piece) -> None:
        """Read what has come of one side."""
        if self._is_tunnel:
            self._enter_tunnel(piece)
            return
        side = self._sides[piece.is_from_client]
        if piece.is_after_gap:
            self._bridge(side, piece)
        data = side.begun + piece.data
        if not side.begun:
            side.first = piece
        origin, side.begun = side.first or piece, b""
        while data and not self.is_done and not self._is_tunnel:
            if side.body is not None:
                data = self._take_body(side, data, piece)
            else:
                rest = self._take_head(side, data, origin, piece)
                if rest is None:
                    break
                data = rest
            origin = piece
        if self._is_tunnel and data and not side.begun:
            self._enter_tunnel(replace(piece, data=data))

    def close(self) -> None:
        """Write what is half known."""
        if self._answering is not None:
            self._write(self._answering)
        while self._waiting:
            self._write(self._waiting.popleft())
        self._answering = None

    def _bridge(self, side: _Side, piece: Piece) -> None:
        """Find out what lost bytes mean."""
        side.begun = b""
        if side.body is not None and side.body.can_lose(piece.lost_bytes):
            side.body.pass_over(piece.lost_bytes)
            if side.body.is_over:
                self._end_body(side, piece)
            return
        if side.body is not None:
            self._end_body(side, piece)
        side.is_lost = True

    def _take_head(self, side: _Side, data: bytes, origin: Piece, piece: Piece) -> bytes | None:
        """Read a head; None means that nothing more can be read now."""
        data = data.lstrip(b"\r\n")
        if data.startswith(HTTP_2):
            self._is_newer = self.is_done = True
            return None
        is_start = is_request(data) if piece.is_from_client else is_answer(data)
        if side.is_lost and not is_start:
            return None
        end, size = _head_end(data)
        if end < 0 and len(data) < MAX_HEAD_BYTES:
            side.begun, side.first = data, origin
            return None
        if not is_start:
            side.is_lost = True
            self._look_at_odd(data[:SIGN_BYTES], origin)
            return None
        side.is_lost = end < 0
        head = read_head(data[:end] if end >= 0 else data[:MAX_HEAD_BYTES])
        if piece.is_from_client:
            self._begin_request(side, head, origin, end)
        else:
            self._begin_answer(side, head, origin)
        return data[end + size :] if end >= 0 else None

    def _look_at_odd(self, data: bytes, origin: Piece) -> None:
        """Write down a request that is none: the version is right, what stands before it is not."""
        if origin.is_from_client and b" HTTP/1." in data.partition(b"\n")[0]:
            sign = StreamSign(self.ends.flow, origin.record, origin.at_s, "odd_request", is_from_client=True, head=data)
            self.notes.add(sign)

    def _begin_request(self, side: _Side, head: Head, origin: Piece, size: int) -> None:
        exchange = _Exchange(request=head, asked=origin, size_bytes=size + REQUEST_HEAD_BYTES)
        length = None if head.is_chunked else head.length or 0
        body = Body(length, REQUEST_HEAD_BYTES, is_chunked=head.is_chunked)
        exchange.request_body = body
        side.body = None if body.is_over else body
        self._waiting.append(exchange)
        if len(self._waiting) > MAX_WAITING:
            self._write(self._waiting.popleft())

    def _begin_answer(self, side: _Side, head: Head, origin: Piece) -> None:
        if head.status in _CONTINUE and head.status != _SWITCHING:
            return
        exchange = self._waiting.popleft() if self._waiting else _Exchange()
        exchange.answer, exchange.answered = head, origin
        exchange.answer_body = side.body = self._answer_body(exchange, head)
        self._answering = exchange
        method = exchange.request.method if exchange.request else ""
        self._is_tunnel = head.status == _SWITCHING or (method == "CONNECT" and head.status in _CONNECTED)
        if side.body.is_over or self._is_tunnel:
            self._end_answer(side)

    def _answer_body(self, exchange: _Exchange, head: Head) -> Body:
        coding = head.headers.get("content-encoding", "").lower()
        is_page = head.headers.get("content-type", "").lower().startswith(_PAGES)
        keep = PACKED_BYTES if coding else LONG_HEAD_BYTES if is_page else ANSWER_HEAD_BYTES
        is_empty = head.status in _NO_BODY or (exchange.request is not None and exchange.request.method == "HEAD")
        if is_empty:
            return Body(0, keep)
        return Body(None if head.is_chunked else head.length, keep, is_chunked=head.is_chunked)

    def _take_body(self, side: _Side, data: bytes, piece: Piece) -> bytes:
        body = side.body
        if body is None:
            return data
        rest = body.take(data)
        if body.is_head_full and not piece.is_from_client:
            self._write_answering()
        if body.is_over:
            self._end_body(side, piece)
        elif body.is_endless and body.is_head_full:
            self.skip(FOREVER, is_from_client=piece.is_from_client)
        elif body.idle_bytes:
            self.skip(body.idle_bytes, is_from_client=piece.is_from_client)
            body.pass_over(body.idle_bytes)
            if body.is_over:
                self._end_body(side, piece)
        return rest

    def _end_body(self, side: _Side, piece: Piece) -> None:
        if piece.is_from_client:
            side.body = None
        else:
            self._end_answer(side)

    def _end_answer(self, side: _Side) -> None:
        side.body = None
        self._write_answering()

    def _write_answering(self) -> None:
        if self._answering is not None:
            self._write(self._answering)
            self._answering = None

    def _enter_tunnel(self, piece: Piece) -> None:
        """Let whoever understands it read what goes through a proxy, or behind an upgrade."""
        kind = choose.choose(self.ends, piece)
        if kind is None or kind is HttpReader:
            self.is_done = True
        else:
            self.hand_over(kind, (piece,))

    def _write(self, exchange: _Exchange) -> None:
        request, answer = exchange.request or Head(), exchange.answer or Head()
        seen = exchange.asked or exchange.answered
        if seen is None:
            return
        body_head, has_secret = b"", False
        if exchange.request_body is not None:
            body_head, has_secret = hide_secrets(bytes(exchange.request_body.head))
        self._write_logins(exchange, seen, has_secret=has_secret)
        answer_type = answer.headers.get("content-type", "").lower()
        self.notes.add(
            HttpExchange(
                flow=self.ends.flow,
                record=seen.record,
                at_s=seen.at_s,
                client=self.ends.client,
                server=self.ends.server,
                server_port=self.ends.server_port,
                method=request.method,
                target=_hide(request.target),
                host=request.headers.pop("host", ""),
                user_agent=request.headers.pop("user-agent", ""),
                headers=request.headers,
                body_head=body_head,
                body_bytes=exchange.request_body.size_bytes if exchange.request_body else 0,
                status=answer.status,
                answer_headers=answer.headers,
                answer_type=answer_type,
                answer_head=_answer_head(exchange),
                answer_bytes=exchange.answer_body.size_bytes if exchange.answer_body else 0,
                answer_record=exchange.answered.record if exchange.answered else 0,
                answer_at_s=exchange.answered.at_s if exchange.answered else 0.0,
            )
        )

    def _write_logins(self, exchange: _Exchange, seen: Piece, *, has_secret: bool) -> None:
        request = exchange.request
        if request is None:
            return
        status = exchange.answer.status if exchange.answer else 0
        for value in request.secrets.values():
            mechanism, user = user_of_header(value)
            if mechanism:
                self._write_login(seen, user, mechanism, _outcome(status))
        request.secrets.clear()
        kind = request.headers.get("content-type", "").lower().split(";", 1)[0].strip()
        if has_secret and kind in _FORM_TYPES and exchange.request_body is not None:
            user = user_of_form(bytes(exchange.request_body.head))
            self._write_login(seen, user, "form", "failed" if status in _REFUSED else "unknown")
        elif hide_secrets(request.target.encode("utf-8", "replace"))[1] and request.method == "GET":
            user = user_of_form(request.target.encode("utf-8", "replace"))
            self._write_login(seen, user, "form", "failed" if status in _REFUSED else "unknown")

    def _write_login(self, seen: Piece, user: str, mechanism: str, outcome: str) -> None:
        ends = self.ends
        self.notes.add(
            Login(
                flow=ends.flow,
                record=seen.record,
                at_s=seen.at_s,
                client=ends.client,
                server=ends.server,
                server_port=ends.server_port,
                protocol="http",
                user=user,
                outcome=outcome,
                is_cleartext=mechanism in PLAIN_DIGEST,
                mechanism=mechanism,
            )
        )


def _head_end(data: bytes) -> tuple[int, int]:
    """Find the empty line: where it begins, and how long it is; -1 where there is none yet."""
    end, bare = data.find(b"\r\n\r\n"), data.find(b"\n\n")
    if bare >= 0 and (end < 0 or bare < end):
        return bare, 2
    if end < 0 and data.count(b"\n") == 1 and data.endswith(b"\n") and b" HTTP/" not in data and is_request(data):
        return len(data), 0  # HTTP/0.9: one line is all.
    return end, 4


def _answer_head(exchange: _Exchange) -> bytes:
    if exchange.answer is None or exchange.answer_body is None:
        return b""
    coding = exchange.answer.headers.get("content-encoding", "").lower().strip()
    head = unpack_head(bytes(exchange.answer_body.head), coding, LONG_HEAD_BYTES)
    if len(head) <= ANSWER_HEAD_BYTES:
        return head
    lower = head.lower()
    return head if any(word in lower for word in _TELLING) else head[:ANSWER_HEAD_BYTES]


def _hide(target: str) -> str:
    """Make secrets in a target unreadable."""
    if "=" not in target:
        return target
    return clean(hide_secrets(target.encode("utf-8", "replace"))[0].decode("utf-8", "replace"), len(target))


def _outcome(status: int) -> str:
    if status in _REFUSED:
        return "failed"
    return "ok" if status in _OK else "unknown"
