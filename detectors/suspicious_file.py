"""Looks for known patterns of harmful files with YARA rules, and says one thing per reason.

Before this on the path: the bytes of a file or an archive member. After it: the worker's wire.
What a rule means stands in its metadata: ``reason``, ``severity``, ``technique``, ``sign``, ``confidence``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import ClassVar, Self

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, FoundBy, Scalar, Severity, Subject
from detectors.contract.records import FileRecord
from detectors.engines.yara_engine import Match, YaraEngine, describe_file
from detectors.features.file_kind import kind_of

TIME_LIMIT_S = 30
"""For one file; robustness promises a stop one second later."""

MAX_SIGNS_NOT_FOUND = 4
MAX_RULES_NAMED = 20

_DOCUMENTS_WITH_PARTS = frozenset({"office_xml", "opendocument", "ole"})
"""Kinds that are archives to us and one file to everybody else."""

_OTHER_REASON = "known_malware_family"
"""For rules of strangers, which carry no reason of ours."""


class SuspiciousFile(Detector):
    """Groups matching rules by reason; one finding each."""

    name: ClassVar[str] = "suspicious_file"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = FileRecord
    reasons: ClassVar[tuple[str, ...]] = (
        "test_file",
        "known_malware_family",
        "macro_document",
        "document_with_link_in",
        "active_pdf",
        "lure_file",
        "scrambled_script",
        "web_shell",
        "hack_tool",
        "ransom_note",
        "packed_program",
        "miner_file",
        "stealer_file",
        "exposed_secret",
        "autorun_media",
    )

    def __init__(self, engine: YaraEngine) -> None:
        self._engine = engine
        self._signs = {reason: _signs_of(reason, engine) for reason in self.reasons}

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Compile our rules, or take them compiled from the private folder."""
        return cls(YaraEngine.from_folder(context.rules_folder / "files", context.cache_folder))

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Name the packs that do not compile: what they look for is not looked for."""
        return tuple(
            SkippedCheck(
                Subject("file", problem.path),
                SkipReason.RULES_BROKEN,
                problem.path,
                {"line": problem.line, "problem": problem.problem},
            )
            for problem in self._engine.problems
        )

    def detect(self, record: FileRecord) -> Iterator[Finding]:
        """Match all rules once; nothing is left out beforehand, whatever the file calls itself."""
        facts = describe_file(record.base_name, record.depth)
        matches = self._engine.match(record.data, TIME_LIMIT_S, facts)
        if not matches or _is_rule_source(record.data, str(facts["extension"])):
            return
        by_reason: dict[str, list[Match]] = {}
        for match in matches:
            by_reason.setdefault(_reason_of(match.meta), []).append(match)
        about_file = _describe_record(record)
        for reason, group in by_reason.items():
            yield self._make_finding(record, reason, group, about_file)

    def _make_finding(
        self, record: FileRecord, reason: str, matches: Sequence[Match], about_file: tuple[Evidence, ...]
    ) -> Finding:
        """Say one reason with all rules that speak for it."""
        now = datetime.now(UTC)
        severities = [_severity_of(match.meta) for match in matches]
        techniques = dict.fromkeys(str(match.meta.get("technique") or "") for match in matches)
        offsets = [match.first_offset for match in matches if match.first_offset is not None]
        return Finding(
            detector=self.name,
            reason=reason,
            subject=Subject.file(_document_of(record).name),
            severity=Severity.INFORMATIONAL if reason == "test_file" else max(severities),
            confidence=max(_confidence_of(match.meta) for match in matches),
            evidence=(
                *self._weigh_signs(reason, matches),
                Evidence("rules", [f"{match.pack}.{match.rule}" for match in matches[:MAX_RULES_NAMED]]),
                *about_file,
                *([Evidence("offset", min(offsets), None, "bytes")] if offsets else []),
            ),
            first_seen_at=now,
            last_seen_at=now,
            judged_by=self.judged_by,
            found_by=FoundBy.PATTERN,
            source=record.source,
            techniques=tuple(technique for technique in techniques if technique),
        )

    def _weigh_signs(self, reason: str, matches: Sequence[Match]) -> list[Evidence]:
        """List the signs that were found, then some of those looked for and not found."""
        found = dict.fromkeys(str(match.meta["sign"]) for match in matches if match.meta.get("sign"))
        missing = [sign for sign in self._signs[reason] if sign not in found][:MAX_SIGNS_NOT_FOUND]
        return [
            *(Evidence(f"sign_{sign}", observed=True, usual=False) for sign in found),
            *(Evidence(f"sign_{sign}", observed=False, usual=False) for sign in missing),
        ]


def _signs_of(reason: str, engine: YaraEngine) -> tuple[str, ...]:
    """List every sign that rules of this reason look for, in their order."""
    metas = (meta for meta in engine.metas if _reason_of(meta) == reason)
    return tuple(dict.fromkeys(str(meta["sign"]) for meta in metas if meta.get("sign")))


def _reason_of(meta: dict[str, Scalar]) -> str:
    reason = str(meta.get("reason") or _OTHER_REASON)
    return reason if reason in SuspiciousFile.reasons else _OTHER_REASON


def _severity_of(meta: dict[str, Scalar]) -> Severity:
    """Read the word; an unknown one counts as medium, so that a slip in a rule neither hides nor shouts."""
    try:
        return Severity.from_word(str(meta.get("severity") or "medium"))
    except KeyError:
        return Severity.MEDIUM


def _confidence_of(meta: dict[str, Scalar]) -> float:
    """Read ``0.8``, ``"0.8"`` or ``80`` (percent) as 0.8; one half when it is missing or no number."""
    try:
        value = float(str(meta["confidence"]))
    except (KeyError, ValueError):
        return 0.5
    share = value / 100 if value > 1 else value
    return min(1.0, share) if share >= 0 else 0.5


def _document_of(record: FileRecord) -> FileRecord:
    """Choose what a person knows by name: a part of an office document stands for the document, the outermost one."""
    chosen, place = record, record.container
    while place is not None:
        if kind_of(place.data) in _DOCUMENTS_WITH_PARTS:
            chosen = place
        place = place.container
    return chosen


def _describe_record(record: FileRecord) -> tuple[Evidence, ...]:
    """Give size, hash and kind; the hash is of what was read, and left out when that is not the whole file."""
    named = _document_of(record)
    whole = [Evidence("sha256", hashlib.sha256(named.data).hexdigest())] if named.is_whole else []
    part = [Evidence("member", record.name.removeprefix(named.name).removeprefix("!"))] if named is not record else []
    return (
        Evidence("size_bytes", named.size_bytes, None, "bytes"),
        *whole,
        Evidence("file_type", kind_of(named.data)),
        *part,
    )


_RULE_ENDINGS = frozenset({"", "yar", "yara", "rule", "rules", "txt"})
_COMMENTS_AND_BLANKS = re.compile(rb"(?:\s+|//[^\n]*(?:\n|\Z)|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_RULE_START = re.compile(rb'(?:import\s+"\w+"|include\s+"[^"\n]*"|(?:(?:private|global)\s+)*rule\s+\w+[^{"]{0,500}\{)')


def _is_rule_source(data: bytes, extension: str) -> bool:
    """Tell whether this is itself a file of YARA rules, which holds the very texts that rules look for.

    Only by shape and under an ending that no system starts: a web shell with a rule in its comment is no rule file.
    """
    if extension not in _RULE_ENDINGS:
        return False
    body = data.removeprefix(b"\xef\xbb\xbf")
    start = _COMMENTS_AND_BLANKS.match(body)
    return bool(start and _RULE_START.match(body, start.end()) and re.search(rb"\bcondition\s*:", body))
