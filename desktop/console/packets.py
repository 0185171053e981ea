"""The packets that a finding rests on: their numbers, one of them taken apart, or all of them as a file.

Before this on the path: the command line. After it: the service, which has a worker read the recording again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from desktop.console.face import Face, ToldOption, with_face
from desktop.console.tree import ToldCommand
from desktop.console.writing import write_line
from desktop.service.activity import PacketView
from desktop.service.export import utc_text
from desktop.service.texts import harmless

LONGEST_VALUE = 300
"""Letters of one field."""


@click.command(
    "packets",
    cls=ToldCommand,
    key="findings_packets",
    examples=(
        "main.py findings packets 3fa9c2d1",
        "main.py findings packets 3fa9c2d1 --show 17",
        "main.py findings packets 3fa9c2d1 --export scan.pcapng",
    ),
)
@click.argument("finding_id", metavar="ID")
@click.option("--show", cls=ToldOption, type=click.IntRange(min=1), metavar="NUMBER")
@click.option("--export", cls=ToldOption, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_face
def packets(face: Face, finding_id: str, show: int | None, export: Path | None) -> None:
    """Tell which packets a finding rests on, show one, or write them into a file."""
    finding = face.service.finding(finding_id).finding
    if show is not None:
        tell_packet(face, face.service.packet(finding.id, show))
    if export is not None:
        written = face.service.export_packets(finding.id, export)
        if face.is_jsonl:
            write_line({"type": "packets_written", "path": str(export), "packets": written})
        else:
            print(face.count("packets_written", written, path=str(export)))
    if show is None and export is None:
        if face.is_jsonl:
            write_line(
                {"type": "packets", "id": finding.id, "source": finding.source, "records": list(finding.records)}
            )
        else:
            print(face.count("rests_on", len(finding.records), source=finding.source))
            print(*finding.records)


def tell_packet(face: Face, packet: PacketView) -> None:
    """Print one packet, layer by layer."""
    at = datetime.fromtimestamp(packet.at_s, UTC)
    if face.is_jsonl:
        layers = [{"name": layer.name, "fields": dict(layer.fields)} for layer in packet.layers]
        line = {"type": "packet", "number": packet.number, "at": utc_text(at), "bytes": packet.wire_bytes}
        write_line(line | {"captured_bytes": packet.captured_bytes, "layers": layers})
        return
    print(face.say("packet", number=packet.number, at=at.isoformat(sep=" "), size_bytes=packet.wire_bytes))
    for layer in packet.layers:
        print(harmless(layer.name))
        for name, value in layer.fields:
            print(f"    {harmless(name)}: {harmless(value, LONGEST_VALUE)}")
