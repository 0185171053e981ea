"""Reads one DNS message: header, first question, answers. Also mDNS, LLMNR and NetBIOS names, which share the form.

Before this on the path: ``dns.py`` with the bytes of one message. After it: ``DnsMessage``. Names are hostile: bounded,
pointers only backwards, bytes that are no printable ASCII written out. RFC 1035, RFC 1002 section 4.2.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from socket import AF_INET6, inet_ntop

HEADER_BYTES = 12
MAX_NAME_BYTES = 255
"""RFC 1035 section 2.3.4."""
MAX_NAME_LETTERS = 1_100
"""The same, each byte written out as four letters, and some."""
MAX_HOPS = 16
MAX_ANSWERS = 32
MAX_TXT = 300
MAX_QUESTIONS = 64
"""More than that is no message that anyone sends."""
A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, NB, SRV, HTTPS = 1, 2, 5, 6, 12, 15, 16, 28, 32, 33, 65
NBNS_LABEL_BYTES = 32
_PREFIX_BYTES = {MX: 2, SRV: 6, HTTPS: 2}
"""Types whose data is some numbers of two bytes and a name."""
_LABEL_MAX, _POINTER = 64, 192
_HEADER = struct.Struct("!HHHHHH")
_QUESTION = struct.Struct("!HH")
_RECORD = struct.Struct("!HHIH")


class DnsDamage(ValueError):
    """Not a DNS message, or one that ends too early."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a message says, without who said it."""

    is_response: bool
    opcode: int
    rcode: int
    questions: int
    records: int
    """Announced in all sections behind the questions."""
    name: str
    qtype: int
    qclass: int
    answers: tuple[tuple[str, int, int, str], ...]
    question_end: int
    """Where the questions end."""


@lru_cache(maxsize=2)  # what is recognised as DNS is read again at once
def read_message(data: bytes, *, is_netbios: bool = False) -> Parsed:
    """Read one message; answers that are damaged or cut off are left out.

    Raises:
        DnsDamage: the header or the questions cannot be read.
    """
    if len(data) < HEADER_BYTES:
        raise DnsDamage("too short for a header")
    _, flags, questions, answers, authorities, extras = _HEADER.unpack_from(data)
    if questions > MAX_QUESTIONS:
        raise DnsDamage("too many questions")
    known: dict[int, str] = {}
    name, qtype, qclass, at = "", 0, 0, HEADER_BYTES
    try:
        for number in range(questions):
            one, at = read_name(data, at, known)
            if number == 0:
                name = one
                qtype, qclass = _QUESTION.unpack_from(data, at)
            at += _QUESTION.size
    except (IndexError, struct.error) as error:
        raise DnsDamage("ends within the questions") from error
    if at > len(data):
        raise DnsDamage("ends within the questions")
    found = read_answers(data, at, min(answers, MAX_ANSWERS), known, is_netbios=is_netbios) if answers else ()
    if not questions and found:
        name, qtype = found[0][0], found[0][1]
    elif is_netbios:
        name = netbios_name(name)
    records = answers + authorities + extras
    return Parsed(
        flags >= 0x8000, flags >> 11 & 15, flags & 15, questions, records, name, qtype, qclass, found, at  # noqa: PLR2004
    )  # fmt: skip


def read_name(data: bytes, at: int, known: dict[int, str]) -> tuple[str, int]:
    """Read a name that may point back into the message.

    Args:
        data: the message.
        at: where the name begins.
        known: names read before, by place; this one is added.

    Returns:
        The name in lower case without the last dot, and where it ends.

    Raises:
        DnsDamage: the name is no name.
        IndexError: it ends too early.
    """
    start, end, size, hops = at, 0, 0, 0
    labels: list[bytes] = []
    tail = ""
    while length := data[at]:
        if length < _LABEL_MAX:
            label = data[at + 1 : at + 1 + length]
            size += length + 1
            if size > MAX_NAME_BYTES or len(label) < length:
                raise DnsDamage("a name is too long")
            labels.append(label)
            at += length + 1
            continue
        if length < _POINTER:
            raise DnsDamage("no label")
        target = (length & 63) << 8 | data[at + 1]
        end = end or at + 2
        hops += 1
        if target in known:
            tail = known[target]
            break
        if hops > MAX_HOPS or target >= at:
            raise DnsDamage("a name points nowhere")
        at = target
    name = _write(labels)
    if tail:
        name = f"{name}.{tail}" if name else tail
    if len(name) > MAX_NAME_LETTERS:
        raise DnsDamage("a name is too long")
    known[start] = name
    return name, end or at + 1


def _write(labels: list[bytes]) -> str:
    name = b".".join(labels)
    text = name.decode("latin-1")
    if text.isascii() and text.isprintable() and name.count(b".") < max(len(labels), 1):
        return text.lower()
    return ".".join(escape(label).replace(".", "\\.") for label in labels).lower()


def escape(data: bytes) -> str:
    """Write bytes as text, those that are no printable ASCII in hex."""
    text = data.decode("latin-1")
    if text.isascii() and text.isprintable():
        return text
    return "".join(one if " " <= one <= "~" else f"\\x{ord(one):02x}" for one in text)


def netbios_name(name: str) -> str:
    """Undo the first-level encoding of RFC 1001: two letters a byte; the 16th byte (the kind of name) is left out."""
    first, _, scope = name.partition(".")
    if len(first) != NBNS_LABEL_BYTES or not first.isascii():
        return name
    values = [ord(letter) - ord("a") for letter in first]
    if not all(0 <= value <= 15 for value in values):  # noqa: PLR2004 - a half byte
        return name
    letters = bytes(high << 4 | low for high, low in zip(values[::2], values[1::2], strict=True))[:15]
    plain = escape(letters.rstrip(b" \0")).lower()
    return f"{plain}.{scope}" if scope else plain


def read_answers(
    data: bytes, at: int, count: int, known: dict[int, str], *, is_netbios: bool
) -> tuple[tuple[str, int, int, str], ...]:
    """Read records as long as they can be read."""
    found: list[tuple[str, int, int, str]] = []
    try:
        for _ in range(count):
            name, at = read_name(data, at, known)
            kind, _, lifetime, size = _RECORD.unpack_from(data, at)
            at += _RECORD.size
            if at + size > len(data):
                break
            name = netbios_name(name) if is_netbios else name
            found.append((name, kind, lifetime, _read_data(data, at, size, kind, known)))
            at += size
    except (DnsDamage, IndexError, struct.error):
        pass  # The rest is cut off or damaged; what was read stays.
    return tuple(found)


def _read_data(data: bytes, at: int, size: int, kind: int, known: dict[int, str]) -> str:
    """Write the data of one record as text."""
    if kind == A and size == 4:  # noqa: PLR2004
        return f"{data[at]}.{data[at + 1]}.{data[at + 2]}.{data[at + 3]}"
    if kind == AAAA and size == 16:  # noqa: PLR2004
        return inet_ntop(AF_INET6, data[at : at + 16])
    if kind in {NS, CNAME, PTR, SOA}:
        return read_name(data, at, known)[0]
    if kind in _PREFIX_BYTES and size > _PREFIX_BYTES[kind]:
        numbers = data[at : at + _PREFIX_BYTES[kind]]
        written = " ".join(str(number) for number in struct.unpack(f"!{len(numbers) // 2}H", numbers))
        return f"{written} {read_name(data, at + len(numbers), known)[0] or '.'}"
    return _read_plain(data[at : at + size], kind)


def _read_plain(data: bytes, kind: int) -> str:
    """Write data that holds no names."""
    if kind == TXT:
        return _read_txt(data)
    if kind == NB and len(data) % 6 == 0:
        places = range(0, min(len(data), 60), 6)
        return " ".join(".".join(str(one) for one in data[place + 2 : place + 6]) for place in places)
    return data[: MAX_TXT // 2].hex()


def _read_txt(data: bytes) -> str:
    parts, at = [], 0
    while at < len(data) and at < MAX_TXT:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return escape(b"".join(parts)[:MAX_TXT])[:MAX_TXT]
