"""The messages of the network sense, and of single packets and addresses. ``wire.py`` tells how all go together.

Before this on the path: the service, which asks. After it: ``framing.py``, which checks each of them at the wall.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detectors.contract.baseline import LocalPicture


# --- jobs: what the service asks for ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Known:
    """What this computer has learned to know of its network."""

    devices: tuple[str, ...] = ()
    """Hardware addresses, or hashes of them."""
    destinations: tuple[str, ...] = ()
    """Outside names and addresses, or hashes of them."""
    is_learned: bool = False
    """True when "new" means something."""


@dataclass(frozen=True, slots=True)
class CheckCaptures:
    """Check recorded traffic. Crosses no wall itself: the network worker is handed one open file after the other."""

    paths: tuple[str, ...]
    """Captures, and folders with captures, as given; surrogates for bytes that are not UTF-8."""
    known: Known = field(default_factory=Known)
    """What is nothing new; recordings of other networks have nothing to compare with."""


@dataclass(frozen=True, slots=True)
class CheckConnections:
    """Watch the open connections of this computer for a while, as an ordinary user may."""

    seconds: float
    """How long."""
    known: Known = Known()
    """What is nothing new."""
    source: str = "connections"
    """How the report names it."""
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual here."""


@dataclass(frozen=True, slots=True)
class CheckLive:
    """Watch live traffic for a while; the open packet socket comes beside the message, then the file to keep it in."""

    interface: str
    """Name of the network card; also how the report names it."""
    seconds: float
    """How long."""
    save: str = ""
    """Where everything that passes is kept (pcapng); empty: nowhere."""
    known: Known = Known()
    """What is nothing new."""
    is_portable: bool = False
    """True where there is no ring: the worker opens the card itself, and the file to keep everything in."""
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual here."""

    @property
    def source(self) -> str:
        """How the report names it."""
        return self.interface


@dataclass(frozen=True, slots=True)
class LookUp:
    """Tell where addresses lie and who made network cards, from data on this computer."""

    addresses: tuple[str, ...]
    """Internet addresses."""
    cards: tuple[str, ...] = ()
    """First halves of hardware addresses, ``00:1b:77``."""


@dataclass(frozen=True, slots=True)
class TakePackets:
    """Show one packet of a capture, or write some into a file; the open files come beside the message."""

    path: str
    """The capture."""
    numbers: tuple[int, ...]
    """Packet numbers from 1; only the first counts when it is to be shown."""
    target: str = ""
    """Where to write; empty: show."""


# --- reports: what comes back -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LayerShown:
    """One layer of a packet."""

    name: str
    """``Ethernet``, ``IP`` ..."""
    fields: tuple[tuple[str, str], ...]
    """Name and value; hostile text."""


@dataclass(frozen=True, slots=True)
class PacketShown:
    """One packet, taken apart."""

    number: int
    """From 1."""
    at_s: float
    """Seconds since 1970."""
    captured_bytes: int
    """Bytes that are there."""
    wire_bytes: int
    """Bytes that were sent."""
    layers: tuple[LayerShown, ...]
    """The outermost first."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the data says; what it does not know is missing."""

    places: dict[str, tuple[str, str]]
    """Address -> country, owner."""
    makers: dict[str, str]
    """First half of a hardware address -> maker."""
    places_from: str
    """Day of the data."""
    makers_from: str
    """Day of the register."""


@dataclass(frozen=True, slots=True)
class PacketsWritten:
    """Packets were written into a file."""

    packets: int
    """How many were found."""


# --- tasks: what the service asks of the network worker -----------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ReadCapture:
    """One opened capture; its descriptor comes beside the message, where the system can pass it on."""

    source: str
    """The input as given."""
    name: str
    """Whole path, for what is left out."""
    size_bytes: int
    """Size on disk."""
    known: Known = field(default_factory=Known)
    """What is nothing new."""
    by_name: bool = False
    """True where descriptors cannot be passed (Windows, where nothing locks the worker in): it opens ``name``."""
