"""Looks for known patterns in the memory of running programs: what was never on a disk shows itself there.

Before this on the path: ``telemetry/program_memory.py``. After it: the worker's wire.
The rules are a set of their own, ``rules/memory``: file rules ask for sizes, first bytes and endings, which memory has
none of. Each of their texts is written so that the rule does not hold the text it looks for (``[a]`` for ``a``), so
neither our own memory nor an editor that shows a rule is taken for what it looks for.
Quiet on purpose: one word of a tool in a page or a mail; it takes several that stand close together in the tool itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar, Self

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, FoundBy, Scalar, Severity, Subject
from detectors.contract.memory import MemoryPiece
from detectors.engines.yara_engine import Match, YaraEngine

TIME_LIMIT_S = 30
"""For one piece of 16 MB, which takes a fraction of a second."""
MAX_RULES_NAMED = 20
_OTHER_REASON = "hack_tool"
"""For a rule that names a reason we do not know: what it found is at least a tool that people should know of."""


class SuspiciousMemory(Detector):
    """Groups the rules that match in a piece of memory into one finding for its program."""

    name: ClassVar[str] = "suspicious_memory"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = MemoryPiece
    reasons: ClassVar[tuple[str, ...]] = ("test_file", "hack_tool", "miner_file")

    def __init__(self, engine: YaraEngine) -> None:
        self._engine = engine

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Compile the rules for memory, or take them compiled from the private folder."""
        return cls(YaraEngine.from_folder(context.rules_folder / "memory", context.cache_folder))

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Name the packs that do not compile."""
        return tuple(
            SkippedCheck(
                Subject("file", problem.path),
                SkipReason.RULES_BROKEN,
                problem.path,
                {"line": problem.line, "problem": problem.problem},
            )
            for problem in self._engine.problems
        )

    def detect(self, piece: MemoryPiece) -> Iterator[Finding]:
        """Match all rules once."""
        matches = self._engine.match(piece.data, TIME_LIMIT_S) if piece.data else []
        if matches:
            yield self._say(piece, matches)

    def _say(self, piece: MemoryPiece, matches: list[Match]) -> Finding:
        now = datetime.now(UTC)
        signs = dict.fromkeys(str(match.meta["sign"]) for match in matches if match.meta.get("sign"))
        techniques = dict.fromkeys(str(match.meta.get("technique") or "") for match in matches)
        gravest = max(matches, key=_severity_of)
        reason = str(gravest.meta.get("reason"))
        first = min((match.first_offset for match in matches if match.first_offset is not None), default=0)
        return Finding(
            detector=self.name,
            reason=reason if reason in self.reasons else _OTHER_REASON,
            subject=_subject(piece),
            severity=_severity_of(gravest),
            confidence=max(float(str(match.meta["confidence"])) for match in matches),
            evidence=(
                *(Evidence(f"sign_{sign}", observed=True, usual=False) for sign in signs),
                Evidence("rules", [f"{match.pack}.{match.rule}" for match in matches[:MAX_RULES_NAMED]]),
                Evidence("region", f"{piece.kind} {piece.address:#x}"),
                Evidence("runs_there", piece.is_executable, usual=False),
                Evidence("offset", piece.offset + first, None, "bytes"),
                *([Evidence("user", piece.user)] if piece.user else []),
            ),
            first_seen_at=now,
            last_seen_at=now,
            judged_by=self.judged_by,
            found_by=FoundBy.PATTERN,
            source=piece.source,
            techniques=tuple(technique for technique in techniques if technique),
            identity=(str(piece.pid), str(piece.started_s)),
        )


def _severity_of(match: Match) -> Severity:
    return Severity.from_word(str(match.meta["severity"]))


def _subject(piece: MemoryPiece) -> Subject:
    """Name the program, as the other findings about programs do."""
    details: dict[str, Scalar] = {"name": piece.name, "pid": piece.pid}
    if piece.user is not None:
        details["user"] = piece.user
    if piece.started_s is not None:
        details["started_s"] = piece.started_s
    return Subject("process", piece.path or piece.name, details)
