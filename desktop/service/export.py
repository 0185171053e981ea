"""A finding as one line for other programs: JSON for the command line and the export, CSV for a table.

Before this on the path: findings and their explanations. After it: standard output or a file.
This is the only place that knows the public form of a finding (docs/command-line.md).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

import msgspec

from desktop.service.explain import Explanation
from desktop.service.keeping.kept import KeptFinding
from desktop.service.texts import harmless
from detectors.contract.errors import SkippedCheck
from detectors.contract.finding import TECHNIQUE_VERSION, Finding

MOST_RECORDS = 1000
"""Of the places where a finding rests, at most this many are told."""
CSV_COLUMNS = (
    "id",
    "state",
    "judgement",
    "severity",
    "level",
    "headline",
    "subject",
    "reason",
    "detector",
    "found_by",
    "confidence",
    "technique",
    "first_seen_at",
    "last_seen_at",
    "source",
    "what_we_saw",
    "how_sure",
)
LONGEST_CELL = 32_000
"""Letters; table programs cut a cell at 32,767."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What makes a table program calculate instead of show (OWASP: CSV injection)."""


def finding_line(finding: Finding, explanation: Explanation) -> dict[str, Any]:
    """Give the public form of a finding, ``type`` first; names are exact."""
    return {
        "type": "finding",
        "id": finding.id,
        "detector": finding.detector,
        "reason": finding.reason,
        "subject": msgspec.to_builtins(finding.subject),
        "severity": finding.severity.word,
        "confidence": finding.confidence,
        "technique": finding.techniques[0] if finding.techniques else None,
        "techniques": list(finding.techniques),
        "technique_version": TECHNIQUE_VERSION,
        "first_seen_at": utc_text(finding.first_seen_at),
        "last_seen_at": utc_text(finding.last_seen_at),
        "judged_by": finding.judged_by,
        "found_by": finding.found_by.value,
        "source": finding.source,
        "records": list(finding.records[:MOST_RECORDS]),
        "story": finding.story,
        "evidence": [msgspec.to_builtins(one) for one in finding.evidence],
        "explanation": explanation_line(explanation),
    }


def explanation_line(explanation: Explanation) -> dict[str, Any]:
    """Give the public form of an explanation; a step with a note is one text."""
    return {
        "language": explanation.language,
        "level": explanation.level,
        "headline": explanation.headline,
        "what_we_saw": explanation.what_we_saw,
        "why_it_matters": explanation.why_it_matters,
        "how_sure": explanation.how_sure,
        "what_to_do": [f"{step.do} {step.note}".rstrip() for step in explanation.what_to_do],
        "who_can_help": explanation.who_can_help,
        "learn_more": explanation.learn_more,
    }


def skipped_line(skipped: SkippedCheck, text: str) -> dict[str, Any]:
    """Give the public form of something that was not, or not fully, looked at."""
    return {
        "type": "skipped",
        "subject": {"kind": skipped.subject.kind, "name": skipped.subject.name},
        "reason": skipped.reason.value,
        "text": text,
        "source": skipped.source,
    }


def json_text(line: dict[str, Any]) -> str:
    r"""Write one line; a byte that is not UTF-8 stays visible as ``\udcXX``.

    Everything beyond ASCII is escaped: U+0085 and U+2028 end a line for some readers, others steer a terminal.
    """
    return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


def utc_text(moment: datetime) -> str:
    """Write a time as ``2026-11-23T09:10:00Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def export_jsonl(kept: Iterable[KeptFinding], explain: Callable[[Finding], Explanation], stream: TextIO) -> int:
    """Write every finding as a JSON line; returns how many."""
    n = 0
    for n, one in enumerate(kept, start=1):  # noqa: B007 - counted on purpose
        line = finding_line(one.finding, explain(one.finding))
        stream.write(json_text(line | {"state": one.state, "judgement": one.judgement}) + "\n")
    return n


def export_csv(kept: Iterable[KeptFinding], explain: Callable[[Finding], Explanation], stream: TextIO) -> int:
    """Write every finding as a row of a table; no cell can be read as a formula. Returns how many."""
    writer = csv.DictWriter(stream, CSV_COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    n = 0
    for n, one in enumerate(kept, start=1):  # noqa: B007 - counted on purpose
        line = finding_line(one.finding, explain(one.finding))
        cells = line["explanation"] | line | {"state": one.state, "judgement": one.judgement or ""}
        cells["subject"] = one.finding.subject.name
        writer.writerow({name: inert_cell(cells[name]) for name in CSV_COLUMNS})
    return n


def inert_cell(value: object) -> str:
    """Make one cell safe: nothing invisible, and an apostrophe before what a table program would calculate."""
    text = "" if value is None else str(value).encode("utf-8", "backslashreplace").decode("utf-8")
    text = harmless(text, LONGEST_CELL)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
