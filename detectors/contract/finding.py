"""What a detector says: one subject, one reason, its evidence.

Before this on the path: a detector. After it: the worker's wire, then the service, which explains, keeps and shows it.
A Finding holds keys and values, never sentences, so that the reader's language can change afterwards.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self, TypeAlias

Scalar: TypeAlias = str | int | float | bool | list[str] | None
"""What evidence may hold: one plain value, or a short list of names."""

TECHNIQUE_VERSION = "ATT&CK 19"
"""The edition that technique ids are taken from (https://attack.mitre.org)."""


class Severity(enum.IntEnum):
    """How serious a finding is, numbered as OCSF class 2004 numbers it."""

    INFORMATIONAL = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    CRITICAL = 5

    @property
    def word(self) -> str:
        """The lower-case name used in JSON and on the command line."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Self:
        """Turn ``"medium"`` into the member; raises KeyError for an unknown word."""
        return cls[word.upper()]


class Level(enum.StrEnum):
    """What a person reads instead of a severity."""

    ACT_NOW = "act_now"
    CHECK_TODAY = "check_today"
    GOOD_TO_KNOW = "good_to_know"


def level_of(severity: Severity) -> Level:
    """Map severity to the word pair people see. This is the only place that does."""
    if severity >= Severity.HIGH:
        return Level.ACT_NOW
    return Level.CHECK_TODAY if severity == Severity.MEDIUM else Level.GOOD_TO_KNOW


class FoundBy(enum.StrEnum):
    """What kind of judge spoke: shown with every finding."""

    RULE = "rule"
    """A fixed check written by a person."""
    MODEL = "model"
    """A learned model."""
    PATTERN = "pattern"
    """A pattern matched inside a file (YARA)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what the finding is about."""

    kind: str
    """``file``, ``process``, ``host`` or ``sense``."""
    name: str
    """Path, program or address, exactly as it came: hostile text (surrogates for bytes that are not UTF-8)."""
    details: dict[str, Scalar] = field(default_factory=dict)
    """More facts about the subject, by name."""

    @classmethod
    def file(cls, name: str, **details: Scalar) -> Self:
        """A file, or an archive member written ``ARCHIVE!MEMBER``."""
        return cls("file", name, details)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observed value beside what is usual."""

    name: str
    """Stable key; ``sign_...`` with a bool means one sign that was looked for."""
    observed: Scalar
    """What was seen."""
    usual: Scalar = None
    """What is seen otherwise; None when there is no usual value."""
    unit: str = ""
    """``bytes``, ``s``, ... or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One subject, one reason, and the evidence for it."""

    detector: str
    """Name of the detector."""
    reason: str
    """Stable id of what was found; the key to its explanation."""
    subject: Subject
    """Who or what did it."""
    severity: Severity
    """How serious it is."""
    confidence: float
    """0 to 1: how sure the detector is; apart from severity."""
    evidence: tuple[Evidence, ...]
    """Strongest first."""
    first_seen_at: datetime
    """Aware UTC."""
    last_seen_at: datetime
    """Aware UTC."""
    judged_by: str
    """``detector@version``."""
    found_by: FoundBy
    """Rule, model or pattern."""
    source: str
    """The input as it was given."""
    techniques: tuple[str, ...] = ()
    """ATT&CK technique ids, the main one first."""
    records: tuple[int, ...] = ()
    """Where in the source it rests; at most the first 1,000."""
    story: str | None = None
    """Id of the story it belongs to, if any."""
    identity: tuple[str, ...] = ()
    """What recorded input adds to identity: source, unit, day, tree, hour. Empty for files."""

    @property
    def id(self) -> str:
        """Name this finding so that a second look updates it and does not double it.

        Returns:
            32 hex digits over detector, reason, subject and ``identity``.
        """
        parts = (self.detector, self.reason, self.subject.kind, self.subject.name, *self.identity)
        joined = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.sha256(joined).hexdigest()[:32]

    @property
    def level(self) -> Level:
        """The word pair people see."""
        return level_of(self.severity)
