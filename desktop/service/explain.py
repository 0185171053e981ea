"""A Finding becomes plain words in the reader's language.

Before this on the path: a Finding (keys and values). After it: a card in the window or a line on the console.
The sentences are data (``resources/explanations/<reason>.toml``); nothing here invents a number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.service.contacts import Contact, Helper
from desktop.service.learning.rates import MeasuredRate
from desktop.service.naming import (
    FileName,
    folder_words,
    host_words,
    place_words,
    program_words,
    system_of,
    take_apart,
)
from desktop.service.texts import Harmless, Texts, fill, harmless, shown
from desktop.service.usual_words import WOULD_BE, feature_key, say_reason, say_would_be_normal
from detectors.contract.finding import Evidence, Finding, Scalar, Severity
from detectors.contract.places import Place

FEWEST_JUDGEMENTS = 20
"""From this many judgements of one reason on, this office's own experience is told."""
LONGEST_TECHNICAL = 400
"""Letters of one value in the technical part."""
MOST_NUMBERS = 20
"""Numbers of packets or lines that are listed."""
PROGRAM_KINDS = frozenset({"process", "place"})
"""Subjects of the program sense."""
GENERAL_WORDS = {"host": "host.toml", "process": "program.toml", "place": "program.toml"}
"""Where the words for an unknown reason stand, by kind of subject."""
KNOWN_FILE = "known_file"
"""How sure we are of a file that is known letter by letter: no rate can add to that."""
RATED = {"fixed_rule": "sure.measured_match"}
"""How a rate is told of what matched a fixed rule: that it matched stays certain."""
CALM = "calm"
"""Shape of a reason's words for what is merely good to know, where its usual ones would shout."""
MEMORY_WORDS = "memory.toml"
"""Beside them: what a running program holds, where the reason's own words are about a file."""
NAME_LABELS = {"host": "address", "place": "item"}
"""What the name of a subject is called for an expert, where it is no path,"""
RECORD_LABELS = {"host": "packets", "process": "lines", "place": "lines"}
"""and what its records are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    do: str
    """The act, first word a verb."""
    note: str = ""
    """One more sentence, or empty."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked for."""

    text: str
    """In a few words."""
    found: bool
    """True: it was there."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One observed value beside the usual one, in words."""

    label: str
    """What was measured."""
    observed: str
    """What was seen."""
    usual: str
    """What is seen otherwise."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The nine parts of an explanation, in one language.

    Values from outside are inside the sentences: show them as plain text.
    """

    language: str
    """``en``, ``fr``, ``de`` or ``lb``."""
    level: str
    """``Act now``, ``Check today`` or ``Good to know`` in that language."""
    headline: str
    """One sentence, at most 12 words."""
    what_we_saw: str
    """Facts only."""
    why_it_matters: str
    """The harm to work or people."""
    how_sure: str
    """A measured rate, or the plain sentence that there is none."""
    what_to_do: tuple[Step, ...]
    """2 to 5 steps, safest first."""
    who_can_help: str
    """The office's own helper first, then the national contact."""
    learn_more: str
    """Title of one knowledge card."""
    signs: tuple[Sign, ...]
    """What was looked for, found ones first."""
    technical: tuple[tuple[str, str], ...]
    """Label and value; jargon is allowed here."""
    headline_values: tuple[str, ...] = ()
    """Values from outside that stand in the sentences, for bold type."""
    compared: tuple[Compared, ...] = ()
    """What was observed, beside what is usual, where the finding knows both; signs are told apart."""
    would_be_normal: str = ""
    """The smallest change that would have made a learned model silent, or that none was found; else empty."""
    rate: MeasuredRate | None = None
    """The rate that ``how_sure`` tells, where one was measured."""


@dataclass(frozen=True, slots=True)
class Office:
    """What an explanation needs to know about the place it is read in."""

    system: str
    """``linux``, ``win32`` or ``darwin``."""
    places: Sequence[Place]
    """Known places of this computer."""
    helper: Helper | None
    """Whom this office calls."""
    contacts: Sequence[Contact]
    """National contacts, of this country, in order."""
    computer: str = ""
    """Name of this computer as people here say it, or empty."""
    own_addresses: frozenset[str] = frozenset()
    """Internet addresses of this computer."""
    judged: Callable[[str], tuple[int, int]] = lambda _reason: (0, 0)
    """Reason -> (marked harmless here, judged here)."""


class Explainer:
    """Turns findings into words; reads each explanation file once."""

    def __init__(
        self, texts: Texts, folder: Path, rate_of: Callable[[Finding], MeasuredRate | None] = lambda _finding: None
    ) -> None:
        """Take sentences from ``texts``, explanations from ``folder`` and the measured rate of alarms like one."""
        self._texts = texts
        self._folder = folder
        self._rate_of = rate_of
        self._files: dict[Path, dict[str, Any]] = {}

    def explain(self, finding: Finding, language: str, office: Office) -> Explanation:
        """Say all parts of one finding in one language."""
        facts = self._facts_of(finding.reason, finding.subject.kind)
        words = _fitting(facts.get(language) or facts["en"], finding)
        subject = self._subject_words(finding, language, office)
        values = self._values(finding, language, office) | subject
        rate = None if facts["how_sure"] == KNOWN_FILE else self._rate_of(finding)

        def say(part: str) -> str:
            return fill(words[part], language, values)

        sure = (
            self._how_sure(facts["how_sure"], rate, language),
            say("harmless"),
            self._here(finding.reason, language, office),
        )
        return Explanation(
            language=language,
            level=self._texts.get(f"level.{finding.level.value}", language),
            headline=say("headline"),
            what_we_saw=say("what_we_saw"),
            why_it_matters=say("why_it_matters"),
            how_sure=" ".join(filter(None, sure)),
            what_to_do=tuple(
                Step(fill(step["do"], language, values), fill(step.get("note", ""), language, values))
                for step in words["what_to_do"]
            ),
            who_can_help=self.who_can_help(facts["who_can_help"], language, office),
            learn_more=words["learn_more"],
            signs=self._signs(finding, language),
            technical=self._technical(finding, facts.get("technical", ()), language),
            headline_values=(harmless(str(next(iter(subject.values())))),),
            compared=self._compared(finding, language),
            would_be_normal=say_would_be_normal(self._texts, finding.evidence, language),
            rate=rate,
        )

    def helper_words(self, language: str, office: Office) -> Harmless:
        """Name the person to call, as words that fit into a sentence."""
        helper = office.helper
        if helper is not None and helper.name:
            return harmless(helper.name)
        if helper is not None and helper.kind == "nobody" and office.contacts:
            return Harmless(office.contacts[0].name)
        return self._somebody(language)

    def who_can_help(self, rule: str, language: str, office: Office) -> str:
        """Say whom to call: this office's helper first, then the national contacts."""
        helper = office.helper
        if helper is not None and helper.name:
            parts = [Harmless(" · ".join(harmless(one) for one in (helper.name, helper.phone, helper.hours) if one))]
        elif helper is not None and helper.kind == "nobody":
            parts = []
        else:
            parts = [self._somebody(language)]
        if rule == "trainer":
            parts.append(Harmless(self._texts.get("help.trainer", language)))
        if "national" in rule or not parts:
            parts += [Harmless(one.words) for one in office.contacts if not one.is_police][:1]
        if "police" in rule:
            parts += [Harmless(one.words) for one in office.contacts if one.is_police][:1]
        if not parts:
            parts = [self._somebody(language)]
        template = ("help.one", "help.two", "help.three")[min(len(parts), 3) - 1]
        line = self._texts.get(template, language, **dict(zip(("first", "second", "third"), parts, strict=False)))
        return line[:1].upper() + line[1:]

    def _somebody(self, language: str) -> Harmless:
        return Harmless(self._texts.get("help.somebody", language))

    def _facts_of(self, reason: str, kind: str) -> dict[str, Any]:
        """Read a reason's explanation; one we do not know gets honest general words for its kind of subject."""
        path = self._folder / f"{reason}.toml"
        general = self._folder.parent / "texts" / "unexplained"
        if not reason.isidentifier() or not path.is_file():
            return self._read(general / GENERAL_WORDS.get(kind, "finding.toml"))
        facts = self._read(path)
        is_in_memory = kind == "process" and "{file}" in facts["en"]["what_we_saw"]
        return self._read(general / MEMORY_WORDS) if is_in_memory else facts

    def _read(self, path: Path) -> dict[str, Any]:
        if path not in self._files:
            self._files[path] = tomllib.loads(path.read_text(encoding="utf-8"))
        return self._files[path]

    def _values(self, finding: Finding, language: str, office: Office) -> dict[str, Scalar]:
        usual: dict[str, Scalar] = {f"usual_{one.name}": one.usual for one in finding.evidence}
        return (
            usual
            | {one.name: one.observed for one in finding.evidence}
            | {
                "helper": self.helper_words(language, office),
                "computer": office.computer or Harmless(self._texts.get("help.this_computer", language)),
                "reason": finding.reason,
            }
        )

    def _subject_words(self, finding: Finding, language: str, office: Office) -> dict[str, Scalar]:
        """Name what the finding is about, the most telling name first."""
        is_here = finding.identity[:1] != (finding.source,)  # an address or path in a recording may be anybody's
        if finding.subject.kind == "host":
            own_addresses = office.own_addresses if is_here else frozenset()
            return {"host": host_words(finding.subject.name, own_addresses, self._texts, language)}
        if finding.subject.kind in PROGRAM_KINDS:
            return self._program_words(finding, language, office.places if is_here else ())
        name = take_apart(finding.subject.name, office.system)
        folder = folder_words(name, office.places, self._texts, language, office.system)
        return {"file": name.base, "folder": folder}

    def _program_words(self, finding: Finding, language: str, places: Sequence[Place]) -> dict[str, Scalar]:
        """Name a program, who started it and where it lies; or a place, and what it starts."""
        subject, evidence = finding.subject, {one.name: str(one.observed) for one in finding.evidence}
        path = subject.name if subject.kind == "process" else evidence.get("starts", "").split(" ")[0].strip("\"'")
        system = system_of(subject.name)
        lies = FileName("", subject.name, "")
        words: dict[str, Scalar] = {
            "program": program_words(path, self._texts, language),
            "parent": program_words(
                evidence.get("parent") or str(subject.details.get("parent") or ""), self._texts, language
            ),
            "path": subject.name,
            "folder": folder_words(lies, places, self._texts, language, system),
        }
        if subject.kind == "process":
            return words | {"file": words["program"]}
        return {"item": subject.name} | words | {"place": place_words(evidence.get("place", ""), self._texts, language)}

    def _how_sure(self, rule: str, rate: MeasuredRate | None, language: str) -> str:
        """Give a measured rate where there is one, else the plain sentence; never a number of our own making."""
        if rate is None:
            return self._texts.get(f"sure.{rule}", language)
        told = {"n": rate.harmless, "lowest": rate.lowest, "highest": rate.highest}
        return self._texts.get(RATED.get(rule, "sure.measured"), language, **told)

    def _here(self, reason: str, language: str, office: Office) -> str:
        """Say what people of this office made of the last such alarms; nothing where they were few."""
        marked, judged = office.judged(reason)
        return (
            self._texts.get("sure.here", language, marked=marked, judged=judged) if judged >= FEWEST_JUDGEMENTS else ""
        )

    def _signs(self, finding: Finding, language: str) -> tuple[Sign, ...]:
        signs = [
            Sign(self._label("signs", one.name.removeprefix("sign_"), language), one.observed)
            for one in finding.evidence
            if one.name.startswith("sign_") and isinstance(one.observed, bool)
        ]
        told = (say_reason(self._texts, one, language) for one in finding.evidence)
        signs += [Sign(text, found=True) for text in told if text]
        return tuple(sorted(signs, key=lambda sign: not sign.found))

    def _compared(self, finding: Finding, language: str) -> tuple[Compared, ...]:
        """Set every value that has a usual one beside it."""
        return tuple(
            Compared(
                self._label("technical", one.name, language),
                shown(one.name, one.observed, language),
                shown(one.name, one.usual, language),
            )
            for one in finding.evidence
            if one.usual is not None and not isinstance(one.observed, bool) and not one.name.startswith(WOULD_BE)
        )

    def _technical(self, finding: Finding, names: Sequence[str], language: str) -> tuple[tuple[str, str], ...]:
        """List exact facts for an expert, the ones the explanation asks for first."""
        evidence = {one.name: one for one in finding.evidence if not one.name.startswith(("sign_", WOULD_BE))}
        lines = [(NAME_LABELS.get(finding.subject.kind, "path"), finding.subject.name)]
        for name in dict.fromkeys((*(name for name in names if name in evidence), *evidence)):
            one = evidence[name]
            lines.append((name, f"{_exact(one, language)} {one.unit}".rstrip()))
        if finding.subject.kind in RECORD_LABELS:
            lines += [
                ("source", finding.source),
                (RECORD_LABELS[finding.subject.kind], _first_numbers(finding.records)),
            ]
        lines += [
            ("found_by", self._texts.get(f"found_by.{finding.found_by.value}", language)),
            ("judged_by", finding.judged_by),
            ("techniques", ", ".join(finding.techniques)),
            ("severity", finding.severity.word),
            ("first_seen_at", finding.first_seen_at.isoformat(timespec="seconds")),
            ("last_seen_at", finding.last_seen_at.isoformat(timespec="seconds")),
            ("finding_id", finding.id),
        ]
        return tuple(
            (self._label("technical", name, language), harmless(value, LONGEST_TECHNICAL))
            for name, value in lines
            if value
        )

    def _label(self, topic: str, name: str, language: str) -> str:
        key = f"{topic}.{name}"
        key = key if self._texts.has(key) else feature_key(self._texts, name)
        return self._texts.get(key, language) if key else name.replace("_", " ")


def _fitting(words: dict[str, Any], finding: Finding) -> dict[str, Any]:
    """Choose the words for the shape of a finding: by its strongest evidence, and calmly where it is a weak one."""
    shapes: dict[str, dict[str, Any]] = words.get("when", {})
    calm = shapes.get(CALM, {}) if finding.severity <= Severity.LOW else {}
    return words | calm | shapes.get(finding.evidence[0].name if finding.evidence else "", {})


def _first_numbers(numbers: Sequence[int]) -> str:
    """List the first few of many, as they are typed."""
    told = ", ".join(map(str, numbers[:MOST_NUMBERS]))
    return f"{told} ..." if len(numbers) > MOST_NUMBERS else told


def _exact(one: Evidence, language: str) -> str:
    """Write a value whole, for an expert."""
    value = one.observed
    if isinstance(value, list):
        return ", ".join(value)
    return value if isinstance(value, str) else shown(one.name if one.name == "port" else "", value, language)
