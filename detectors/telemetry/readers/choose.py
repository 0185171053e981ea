"""Chooses who reads a conversation: by what its first bytes look like, and by its port only where they leave it open.

Before this on the path: ``dialogue.py`` with the first bytes of one side. After it: the reader. A new reader is one
file and one line here or in ``roster.py``.
"""

from __future__ import annotations

from functools import cache

from detectors.contract.traffic import TCP, UDP
from detectors.telemetry.readers.base import MAYBE, SURE, Ends, Piece, Reader


@cache
def readers_of(protocol: int) -> tuple[type[Reader], ...]:
    """List who may be asked, the most frequent and the most certain first."""
    from detectors.telemetry.readers.dns import DnsReader  # noqa: PLC0415 - readers name successors through here
    from detectors.telemetry.readers.dtls import DtlsReader  # noqa: PLC0415
    from detectors.telemetry.readers.http import HttpReader  # noqa: PLC0415
    from detectors.telemetry.readers.quic import QuicReader  # noqa: PLC0415
    from detectors.telemetry.readers.roster import TCP_READERS, UDP_READERS  # noqa: PLC0415
    from detectors.telemetry.readers.tls import TlsReader  # noqa: PLC0415

    readers: dict[int, tuple[type[Reader], ...]] = {
        TCP: (TlsReader, HttpReader, *TCP_READERS, DnsReader),
        UDP: (DnsReader, QuicReader, DtlsReader, *UDP_READERS),
    }
    return readers.get(protocol, ())


def choose(ends: Ends, first_piece: Piece) -> type[Reader] | None:
    """Find who understands a conversation, or nobody yet.

    Args:
        ends: who talks to whom.
        first_piece: the first bytes of one side, all that came so far.
    """
    guess = None
    for reader in readers_of(ends.protocol):
        certainty = reader.recognises(first_piece, ends)
        if certainty == SURE:
            return reader
        if certainty == MAYBE and guess is None:
            guess = reader
    return guess
