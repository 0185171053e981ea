"""Valid things in one call; a test changes one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.records import FileRecord

A_MORNING = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


def make_file(
    name: str = "/home/maria/Downloads/letter.txt", data: bytes = b"Dear Sam,\n", **changes: Any
) -> FileRecord:
    """A small harmless text file."""
    facts = {"size_bytes": len(data), "modified_at": A_MORNING, "source": "/home/maria"} | changes
    return FileRecord(name=name, data=data, **facts)


def network_finding(**changes: Any) -> Finding:
    """Somebody who knocked at many doors of another, in a recording."""
    source = changes.get("source", "office.pcap")
    facts: dict[str, Any] = {
        "detector": "port_scan_vertical",
        "reason": "port_scan_vertical",
        "subject": Subject("host", "192.0.2.7"),
        "evidence": (Evidence("ports", 480, 3), Evidence("other_side", "192.0.2.9")),
        "judged_by": "port_scan_vertical@1",
        "found_by": FoundBy.RULE,
        "source": source,
        "techniques": ("T1046",),
        "records": (17, 18, 19),
        "identity": (source, "2026-11-23"),
    }
    return make_finding(**facts | changes)


def make_finding(name: str = "/home/maria/Downloads/invoice_0423.docm", **changes: Any) -> Finding:
    """A macro document in the downloads, of medium severity."""
    facts: dict[str, Any] = {
        "detector": "suspicious_file",
        "reason": "macro_document",
        "subject": Subject.file(name),
        "severity": Severity.MEDIUM,
        "confidence": 0.8,
        "evidence": (
            Evidence("sign_starts_by_itself", True, False),
            Evidence("sign_fetches_more", False, False),
            Evidence("rules", ["documents.MacroStartsByItself"]),
            Evidence("size_bytes", 48_212, None, "bytes"),
            Evidence("sha256", "0" * 64),
            Evidence("file_type", "zip"),
            Evidence("offset", 1024, None, "bytes"),
        ),
        "first_seen_at": A_MORNING,
        "last_seen_at": A_MORNING,
        "judged_by": "suspicious_file@1",
        "found_by": FoundBy.PATTERN,
        "source": "/home/maria",
        "techniques": ("T1566.001",),
    } | changes
    return Finding(**facts)
