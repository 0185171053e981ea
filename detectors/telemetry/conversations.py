"""Chooses the few packets whose content is worth reading, and has them read.

Before this on the path: ``packets.py`` and ``flows.py`` with the columns of one window. After it: ``dialogue.py`` and
the readers, whose notes ``traffic_reader.py`` collects. Of every packet two bytes are looked at, all at once; bulk data
of a download or of an encrypted session never becomes a Python object.
"""

from __future__ import annotations

import ipaddress
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detectors.contract.conversations import (
    DnsMessage,
    HttpExchange,
    KerberosMessage,
    LdapMessage,
    Login,
    Opening,
    RpcCall,
    SmbCall,
    StreamSign,
    TlsSession,
)
from detectors.contract.traffic import FIN, RST, SYN, TCP, UDP
from detectors.telemetry.dialogue import Dialogue, Packet, Want
from detectors.telemetry.packet_chunk import Chunk, ranks_of
from detectors.telemetry.raw_packets import PacketColumns, RawPackets
from detectors.telemetry.readers.base import Ends, Notes
from detectors.telemetry.readers.choose import readers_of
from detectors.telemetry.readers.starts import TELLING_PAIRS, is_telling
from detectors.telemetry.stream_signs import LOOK_BYTES, OPEN_PAIRS, SIGN_HEAD_BYTES, TLS_PAIRS, sign_of

CHUNK = 32_768
"""Packets looked at together."""
ROUNDS = (4, 12, 64, 512)
"""Within a chunk the first four packets of each conversation are read, then it is asked what is wanted of the next
ones: so the bulk behind a greeting stays out, even where all of it lies in one chunk."""
MAX_DIALOGUES = 20_000
"""Conversations read at once; the one begun first makes room."""
MAX_HELD_BYTES = 48 << 20
"""Bytes that may wait in all of them together."""
MAX_LATE_STARTS = 8
"""How often a conversation that was given up is tried again."""
MAX_SIGNS = 8
"""Of one conversation."""
MAX_TEXTS = 65_536
SEALED = frozenset({"tls", "dtls", "quic", "ssh"})
"""Nothing but the beginning can be read."""
COVERED = SEALED | {"http"}
"""The records of these tell more than a sign would."""
_WATCH_OPEN, _WATCH_NOTHING, _WATCH_TLS = 0, 1, 2
"""Which signs are looked for in a conversation."""
KINDS = {
    "dns": DnsMessage, "tls": TlsSession, "http": HttpExchange, "smb": SmbCall, "rpc": RpcCall,
    "kerberos": KerberosMessage, "ldap": LdapMessage, "logins": Login, "openings": Opening, "signs": StreamSign,
}  # fmt: skip
"""Field of ``Traffic`` -> its records."""


class Conversations:
    """Everything that is said in the flows of one source."""

    def __init__(self) -> None:
        """Begin before the first packet; all readers are loaded now, since a locked-in worker cannot do so later."""
        readers_of(TCP)
        self.notes = Notes()
        self.readers_failed = 0
        """Conversations given up because a reader met what it cannot stand."""
        self._services = {"": 0}
        """Name -> its place."""
        self._dialogues: dict[int, Dialogue] = {}
        self._held_bytes = 0
        self._texts: dict[bytes, str] = {}
        # One row a flow; lanes lie side by side: 2 * row is the server's, 2 * row + 1 the client's.
        self._wants = np.zeros(0, np.uint8)
        self._wakes = np.zeros(0, np.uint32)
        self._starts = np.zeros(0, np.uint32)
        self._has_start = np.zeros(0, np.bool_)
        self._service = np.zeros(0, np.int32)
        self._is_live = np.zeros(0, np.bool_)
        self._is_opened = np.zeros(0, np.bool_)
        self._tries = np.zeros(0, np.uint8)
        self._signs = np.zeros(0, np.uint8)
        self._watch = np.zeros(0, np.uint8)

    @property
    def dropped(self) -> int:
        """Count what there was no room for, and conversations that a reader gave up."""
        return self.notes.dropped + self.readers_failed

    @property
    def malformed(self) -> int:
        """Count contents that contradict themselves; what could be read of them was."""
        return self.notes.malformed

    def take(self, raw: RawPackets, columns: PacketColumns, rows: NDArray[np.int32], is_out: NDArray[np.bool_]) -> None:
        """Read one window of packets.

        Args:
            raw: the window.
            columns: its headers.
            rows: flow of each packet, -1 for none.
            is_out: True for packets from the client.
        """
        if len(rows) == 0:
            return
        self._grow(max(int(rows.max()) + 1, 1))
        for first in range(0, len(rows), CHUNK):
            self._take_chunk(Chunk(raw, columns, rows, is_out, slice(first, first + CHUNK)))

    def services(self, flows: int) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """Tell what the content of each flow is.

        Args:
            flows: how many there are.

        Returns:
            The names, and for each flow the place of its own among them (0 unknown).
        """
        self._grow(flows)
        return tuple(self._services), self._service[:flows].copy()

    def collect(self, *, is_over: bool = True) -> dict[str, tuple[object, ...]]:
        """Give everything that was noted so far, by field of ``Traffic``.

        Args:
            is_over: nothing more will come: half-known things are written down, too.
        """
        if is_over:
            for row in list(self._dialogues):
                self._end(row)
        return {field: self.notes.of(kind) for field, kind in KINDS.items()}

    def end_all_but(self, kept: NDArray[np.intp]) -> None:
        """Close the dialogues of flows that have ended, so that what is half known is written down."""
        living = set(kept.tolist())
        for row in [row for row in self._dialogues if row not in living]:
            self._end(row)

    def cut(self, kept: NDArray[np.int32]) -> None:
        """Begin a new epoch: forget the notes, and all flows but some.

        Args:
            kept: rows that live on, in their new order.
        """
        self.notes.clear()
        self._grow(int(kept.max()) + 1 if len(kept) else 0)
        lanes = np.stack((2 * kept, 2 * kept + 1), axis=1).ravel()
        for name in ("_wants", "_wakes", "_starts", "_has_start"):
            setattr(self, name, getattr(self, name)[lanes])
        for name in ("_service", "_is_live", "_is_opened", "_tries", "_signs", "_watch"):
            setattr(self, name, getattr(self, name)[kept])
        old, self._dialogues = self._dialogues, {}
        for row, before in enumerate(kept.tolist()):
            dialogue = old.get(before)
            if dialogue is not None:
                dialogue.move(replace(dialogue.ends, flow=row))
                self._dialogues[row] = dialogue
        self._held_bytes = sum(one.counted_bytes for one in self._dialogues.values())

    def _grow(self, flows: int) -> None:
        have = len(self._service)
        if flows <= have:
            return
        size = max(flows, have + have // 2, 1_024)
        for name in ("_wants", "_wakes", "_starts", "_has_start"):
            setattr(self, name, _longer(getattr(self, name), 2 * size))
        for name in ("_service", "_is_live", "_is_opened", "_tries", "_signs", "_watch"):
            setattr(self, name, _longer(getattr(self, name), size))

    def _take_chunk(self, chunk: Chunk) -> None:
        self._learn_starts(chunk)
        pairs = chunk.pairs()
        places = self._candidates(chunk, pairs)
        ranks = ranks_of(chunk.rows[places])
        done = 0
        for until in (*ROUNDS, len(places)):
            part = places[(ranks >= done) & (ranks < until)]
            if len(part) == 0:
                break
            for packet in chunk.packets(part[self._is_wanted(chunk, pairs, part)]):
                self._read(chunk, packet)
            done = until
        self._look_for_signs(chunk, pairs)

    def _learn_starts(self, chunk: Chunk) -> None:
        """Keep the first sequence number of each lane whose SYN is seen."""
        opening = np.flatnonzero(((chunk.flags & SYN) != 0) & chunk.is_tcp)
        lanes = chunk.lanes[opening]
        is_new = ~self._has_start[lanes]
        self._starts[lanes[is_new]] = chunk.sequence[opening[is_new]] + np.uint32(1)
        self._has_start[lanes[is_new]] = True

    def _candidates(self, chunk: Chunk, pairs: NDArray[np.uint16]) -> NDArray[np.int64]:
        """List the packets of all conversations of which anything may be read."""
        is_ending = ((chunk.flags & (FIN | RST)) != 0) & chunk.is_tcp
        wanted = np.flatnonzero(chunk.has_content)
        wanted = wanted[self._is_wanted(chunk, pairs, wanted)]
        is_read = self._is_live.copy()
        is_read[chunk.rows[wanted]] = True
        return np.flatnonzero((chunk.has_content | is_ending) & (chunk.rows >= 0) & is_read[chunk.rows])

    def _is_wanted(self, chunk: Chunk, pairs: NDArray[np.uint16], places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which packets are read as things stand; those without content only end a conversation."""
        lanes = chunk.lanes[places]
        wants = self._wants[lanes]
        sequence_end = chunk.sequence[places] + chunk.sent_bytes[places].astype(np.uint32)
        reaches = (sequence_end - self._wakes[lanes]).view(np.int32) > 0
        is_wanted: NDArray[np.bool_] = (wants == Want.ALL) | (wants == Want.FROM_WAKE) & reaches
        is_wanted |= (wants == Want.STARTS) & TELLING_PAIRS[pairs[places]]
        is_wanted |= ((chunk.flags[places] & (FIN | RST)) != 0) & chunk.is_tcp[places]
        return is_wanted

    def _read(self, chunk: Chunk, packet: Packet) -> None:
        """Give one packet to its dialogue."""
        dialogue = self._dialogues.get(packet.row)
        if packet.has_content:
            want = dialogue.wants[packet.side] if dialogue else self._wants[2 * packet.row + packet.side]
            if want == Want.NONE:
                return
            if dialogue is None or want != Want.FROM_WAKE or not dialogue.sleeps(packet):
                data = chunk.content(packet)
                if want == Want.STARTS and not is_telling(data):
                    return
                dialogue = dialogue or self._begin(chunk, packet)
                if dialogue is None or not self._give(dialogue, packet, data):
                    return
        if dialogue is not None and packet.is_tcp and packet.flags & (FIN | RST):
            dialogue.end_side(packet.side)
            if packet.flags & RST or all(dialogue.ended):
                self._end(packet.row)

    def _give(self, dialogue: Dialogue, packet: Packet, data: bytes) -> bool:
        """Have one packet read, and say whether its dialogue goes on."""
        row = packet.row
        try:
            if packet.is_tcp:
                dialogue.take_segment(packet, data)
            else:
                dialogue.take_datagram(packet, data)
        except Exception:  # noqa: BLE001 - one hostile conversation must not end the others; it is counted
            self._fail(row)
            return False
        self._count(dialogue)
        self._write_wants(row, dialogue)
        if dialogue.is_over:
            self._let_go(row)
        while self._held_bytes > MAX_HELD_BYTES:
            self._end(next(iter(self._dialogues)))
        return row in self._dialogues

    def _count(self, dialogue: Dialogue) -> None:
        held_bytes = dialogue.held_bytes
        self._held_bytes += held_bytes - dialogue.counted_bytes
        dialogue.counted_bytes = held_bytes

    def _begin(self, chunk: Chunk, packet: Packet) -> Dialogue | None:
        """Begin a dialogue with the first packet that is read of it."""
        row = packet.row
        is_late = bool(self._is_opened[row])
        if is_late:
            if self._tries[row] >= MAX_LATE_STARTS:
                self._wants[2 * row : 2 * row + 2] = Want.NONE
                return None
            self._tries[row] += 1
        if len(self._dialogues) >= MAX_DIALOGUES:
            self._end(next(iter(self._dialogues)))
        starts = (None, None) if is_late else (self._start(2 * row), self._start(2 * row + 1))
        dialogue = Dialogue(self._ends(chunk, packet), self.notes, starts, is_late=is_late)
        self._dialogues[row] = dialogue
        self._is_live[row] = self._is_opened[row] = True
        return dialogue

    def _start(self, lane: int) -> int | None:
        return int(self._starts[lane]) if self._has_start[lane] else None

    def _ends(self, chunk: Chunk, packet: Packet) -> Ends:
        source, target = chunk.ends(packet)
        (client, client_port), (server, server_port) = (source, target) if packet.side else (target, source)
        protocol = TCP if packet.is_tcp else UDP
        return Ends(packet.row, self._text(client), self._text(server), client_port, server_port, protocol)

    def _text(self, packed: bytes) -> str:
        text = self._texts.get(packed)
        if text is None:
            if len(self._texts) >= MAX_TEXTS:
                self._texts.clear()
            is_short = len(packed) == 4  # noqa: PLR2004 - bytes of an IPv4 address
            text = ".".join(map(str, packed)) if is_short else str(ipaddress.ip_address(packed))
            self._texts[packed] = text
        return text

    def _write_wants(self, row: int, dialogue: Dialogue) -> None:
        wants = dialogue.wants
        if Want.FROM_WAKE in wants:
            for side in (0, 1):
                if wants[side] == Want.FROM_WAKE:
                    self._wakes[2 * row + side] = dialogue.lanes[side].wake
        name = dialogue.reader.name if dialogue.reader is not None else ""
        told = wants[0], wants[1], name
        if told != dialogue.told:
            self._wants[2 * row], self._wants[2 * row + 1] = wants
            if name and name != dialogue.told[2]:
                self._name(row, name)
            dialogue.told = told

    def _name(self, row: int, service: str) -> None:
        self._service[row] = self._services.setdefault(service, len(self._services))
        self._watch[row] = _WATCH_TLS if service == "tls" else _WATCH_NOTHING if service in COVERED else _WATCH_OPEN

    def _end(self, row: int) -> None:
        """Close one dialogue and let it go."""
        dialogue = self._dialogues[row]
        try:
            dialogue.close()
        except Exception:  # noqa: BLE001 - as in _give
            self._fail(row)
            return
        self._write_wants(row, dialogue)
        self._let_go(row)

    def _let_go(self, row: int) -> None:
        """Forget a dialogue; a datagram may begin another one of the same kind."""
        dialogue = self._dialogues.pop(row)
        self._held_bytes -= dialogue.counted_bytes
        self._is_live[row] = False
        if dialogue.ends.protocol == UDP and dialogue.reader is not None and not dialogue.reader.is_done:
            self._wants[2 * row : 2 * row + 2] = Want.ALL
            self._is_opened[row] = False

    def _fail(self, row: int) -> None:
        self.readers_failed += 1
        self._let_go(row)
        self._wants[2 * row : 2 * row + 2] = Want.NONE

    def _look_for_signs(self, chunk: Chunk, pairs: NDArray[np.uint16]) -> None:
        """Look at every packet that begins like something telling."""
        candidates = chunk.has_content & (OPEN_PAIRS | TLS_PAIRS)[pairs]
        for packet in chunk.packets(np.flatnonzero(candidates)):
            watch = self._watch[packet.row]
            if watch == _WATCH_NOTHING or self._signs[packet.row] >= MAX_SIGNS:
                continue
            head = chunk.content(packet, LOOK_BYTES)
            kind = sign_of(head, is_in_tls=watch == _WATCH_TLS)
            if kind:
                self._signs[packet.row] += 1
                head = head[:SIGN_HEAD_BYTES]
                self.notes.add(StreamSign(packet.row, packet.record, packet.at_s, kind, packet.side, head))


def _longer(column: NDArray[np.generic], size: int) -> NDArray[np.generic]:
    longer = np.zeros(size, column.dtype)
    longer[: len(column)] = column
    return longer
