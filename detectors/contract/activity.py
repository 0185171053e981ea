"""Who talked to whom, minute by minute: what the Activity page shows. Sums, never contents.

Before this on the path: the worker, which sums up flows. After it: the store and the window.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One minute of one end here talking to one end elsewhere."""

    minute: int
    """Start of the minute, seconds since 1970."""
    program: str
    """Name of the program on this computer, or empty: hostile text."""
    host: str
    """Address of the near end."""
    address: str
    """Address of the far end."""
    port: int
    """Of the far end, as the service is known."""
    transport: str
    """``tcp``, ``udp``, ``icmp`` ..."""
    service: str
    """``tls``, ``http``, ``dns`` ... or empty."""
    name: str
    """What the far end was called (server name of TLS, HTTP or DNS), or empty: hostile text."""
    country: str
    """Two letters (ISO 3166), or empty; private addresses have none."""
    owner: str
    """Whose network the far end lies in, or empty."""
    maker: str
    """Maker of the near end's network card, or empty. Until it is looked up: the first half of the card's address."""
    out_bytes: int
    in_bytes: int
    contacts: int
    """Conversations that began in this minute."""
    is_listener: bool = False
    """The far end called, and something here answered."""


@dataclass(frozen=True, slots=True)
class LoadPoint:
    """What a program used at one moment of its life."""

    at_s: float
    """Seconds since 1970."""
    cpu_share: float | None
    """Of one core, since the point before."""
    memory_bytes: int | None
    """Resident then."""
    moved_bytes: int | None
    """Read and written since the point before."""


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """One program, as the Activity page shows it: who started it, what it uses, whom it talks to."""

    key: str
    """Names it within its source: ``machine|pid|start``."""
    parent: str
    """Key of the program that started it, or empty."""
    name: str
    """Hostile text, as every text here."""
    path: str
    """Of the executable, or empty."""
    command: str
    """Command line with secrets masked, cut at 1,000 characters; or empty."""
    user: str
    pid: int | None
    started_s: float | None
    """Seconds since 1970."""
    ended_s: float | None
    cpu_s: float | None = None
    """Processor time so far."""
    cpu_share: float | None = None
    """Of one core, over the time it was watched (or has lived): 0 to number of cores."""
    memory_bytes: int | None = None
    read_bytes: int | None = None
    written_bytes: int | None = None
    connections: int = 0
    far: tuple[str, ...] = ()
    """First other ends, with port."""
    listens: tuple[int, ...] = ()
    """Ports it answers on."""
    loads: tuple[LoadPoint, ...] = ()
    """What it used in the course of one look, oldest first, on its way to the store; empty in rows that are shown."""
