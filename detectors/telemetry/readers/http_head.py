"""Reads the head of one HTTP message: first line and headers, without the secrets in them.

Before this on the path: ``http.py`` with all bytes up to the empty line. After it: ``http.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from detectors.telemetry.readers.http_body import MAX_LENGTH_DIGITS
from detectors.telemetry.readers.texts import clean

MAX_HEADERS = 64
MAX_VALUE = 512
MAX_TARGET = 2_048
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization"})
COOKIE_HEADERS = frozenset({"cookie", "set-cookie"})
METHODS = (
    *(b"GET ", b"POST ", b"HEAD ", b"PUT ", b"OPTIONS ", b"CONNECT ", b"DELETE ", b"PATCH ", b"TRACE ", b"PROPFIND "),
    *(b"SUBSCRIBE ", b"NOTIFY ", b"SEARCH ", b"MKCOL ", b"COPY ", b"MOVE ", b"LOCK ", b"REPORT ", b"DEBUG "),
)
_FIRST_LINE = re.compile(rb"[A-Za-z][A-Za-z_-]{1,23} [^\r\n]{1,8192} HTTP/\d")
_ANSWER_LINE = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_COOKIE_NAME = re.compile(r"(?:^|;)\s*([^=;]{1,64})=")
_NUMBER = re.compile(rf"\d{{1,{MAX_LENGTH_DIGITS}}}")


@dataclass(slots=True)
class Head:
    """One head. Of a request ``method`` is set, of an answer ``status``."""

    method: str = ""
    target: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case; secrets are gone."""
    secrets: dict[str, str] = field(default_factory=dict)
    """Authorization headers in full: to take the user's name from, never to be kept."""

    @property
    def length(self) -> int | None:
        """Content-Length, or None."""
        found = _NUMBER.fullmatch(self.headers.get("content-length", "").split(",")[0].strip())
        return int(found[0]) if found else None

    @property
    def is_chunked(self) -> bool:
        """Tell whether the body comes in chunks."""
        return "chunked" in self.headers.get("transfer-encoding", "").lower()


def is_request(data: bytes) -> bool:
    """Tell whether a request begins here (RTSP and SIP look alike, but end their line differently)."""
    line, end, _ = data[:9_000].partition(b"\n")
    if _FIRST_LINE.match(line):
        return True
    if not line.startswith(METHODS):
        return False
    target = line.split(b" ", 1)[1].strip()
    if end:
        return target[:1] == b"/" and b" " not in target  # HTTP/0.9 has no version.
    return target[:1] in {b"/", b"*"} or target[:4].lower() == b"http" or line.startswith(b"CONNECT ")


def is_answer(data: bytes) -> bool:
    """Tell whether an answer begins here."""
    return _ANSWER_LINE.match(data) is not None


def read_head(data: bytes) -> Head:
    """Read a request or an answer.

    Args:
        data: from the first line to the empty line, or as much of it as there is.
    """
    lines = data.decode("utf-8", "backslashreplace").replace("\r\n", "\n").split("\n", MAX_HEADERS + 1)
    head = Head()
    answer = _ANSWER_LINE.match(data)
    if answer:
        head.status = int(answer[1])
    else:
        _read_request_line(head, lines[0])
    name = ""
    for line in lines[1 : MAX_HEADERS + 1]:
        if line[:1] in {" ", "\t"} and name:
            _add(head, name, line.strip())
            continue
        name, colon, value = line.partition(":")
        name = clean(name.strip().lower(), 64)
        if colon:
            _add(head, name, value.strip())
    return head


def _read_request_line(head: Head, line: str) -> None:
    method, _, rest = line.partition(" ")
    target, _, version = rest.rpartition(" ")
    head.method = clean(method, 32)
    head.target = clean(target if version.startswith("HTTP/") else rest, MAX_TARGET)


def _add(head: Head, name: str, value: str) -> None:
    if name in SECRET_HEADERS:
        head.secrets.setdefault(name, value[:8_192])
        value = value.split(" ", 1)[0]
    elif name in COOKIE_HEADERS:
        value = "; ".join(_COOKIE_NAME.findall(value[:8_192] if name == "cookie" else value.split(";", 1)[0]))
    before = head.headers.get(name)
    value = clean(value, MAX_VALUE)
    head.headers[name] = clean(f"{before}, {value}", MAX_VALUE) if before else value
