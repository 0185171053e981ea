"""Every reason is explained in four languages, in words that a stressed person without computer lessons can follow."""

from __future__ import annotations

import functools
import inspect
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from desktop.service.contacts import Helper, read_contacts
from desktop.service.explain import CALM, Explainer, Explanation, Office
from desktop.service.texts import LANGUAGES, Texts
from detectors.contract.finding import Evidence, Severity, Subject
from detectors.worker.registry import find_detectors
from tests.factories import make_finding
from tests.resources.readability import english_grade, lix, sentences, words
from tests.resources.spelling import n_rule_breaks, wrong_marks

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "explanations"
MEMORY = "memory"
"""Words that stand in for those of every reason about a file, where a running program holds it."""
REASONS = [*sorted(path.stem for path in FOLDER.glob("*.toml")), MEMORY]
JARGON: dict[str, Any] = tomllib.loads((Path(__file__).parent / "jargon.toml").read_text(encoding="utf-8"))

PARTS = ("headline", "what_we_saw", "why_it_matters", "harmless", "learn_more")
PLACEHOLDERS = {"file", "folder", "helper", "computer", "size_bytes", "members", "ratio", "depth"}
HOST_PLACEHOLDERS = {"host", "helper", "computer"}
"""A card about a device may also name what its technical part lists, and what is usual for it."""
PROGRAM_PLACEHOLDERS = HOST_PLACEHOLDERS - {"host"} | {"program", "path", "parent", "user", "folder", "place", "item"}
"""So may a card about a program, or about a place that starts programs or lets people in."""
HOW_SURE = {"known_file", "fixed_rule", "no_number"}
WHO = {"helper", "helper_then_national", "helper_then_national_and_police", "trainer"}
VALUES = {
    "file": "invoice_0423.docm",
    "helper": "Claire Weber",
    "computer": "FRONT-DESK",
    "size_bytes": "48 kB",
    "members": "12,000",
    "ratio": "2,400",
    "depth": "16",
    "host": "192.0.2.7 (FRONT-DESK)",
    "program": "setup.exe",
    "parent": "winword.exe",
    "path": "C:\\Users\\anna\\setup.exe",
    "user": "anna",
    "item": "/etc/cron.d/job",
    "place": "cron",
    "window_s": "40 s",
    "duration_s": "6 h",
    "other_side": "203.0.113.9, 203.0.113.10",
}
A_NUMBER = "1,234"
"""Stands for every other value."""
FOLDERS = {"en": "your downloads", "fr": "vos téléchargements", "de": "Ihren Downloads", "lb": "Ären Downloads"}
NOTHING_CHANGED = {
    "en": "not changed anything",
    "fr": "rien changé",
    "de": "nichts verändert",
    "lb": "näischt geännert",
}
NETWORK_OFF = {
    "en": "network cable and turn off Wi-Fi",
    "fr": "le câble réseau et coupez le Wi-Fi",
    "de": "das Netzkabel und schalten Sie das WLAN aus",
    "lb": "Reseaukabel eraus a schalt de WLAN aus",
}
STAYS_ON = {
    "en": "this computer on",
    "fr": "cet ordinateur allumé",
    "de": "diesen Computer an",
    "lb": "dëse Computer un",
}
STAYS_ON_THERE = {
    "en": "that device on",
    "fr": "cet appareil allumé",
    "de": "dieses Gerät an",
    "lb": "deen Apparat un",
}
"""Where the device is named by its address and may stand elsewhere."""


@functools.cache
def facts_of(reason: str) -> dict[str, Any]:
    folder = ROOT / "resources" / "texts" / "unexplained" if reason == MEMORY else FOLDER
    return tomllib.loads((folder / f"{reason}.toml").read_text(encoding="utf-8"))


def is_about_host(reason: str) -> bool:
    """Tell cards about a device on the network from cards about a file."""
    return "{host}" in facts_of(reason)["en"]["what_we_saw"]


def is_about_program(reason: str) -> bool:
    """Tell cards about a program, or about a place that starts programs, from the others."""
    return not is_about_host(reason) and "{program}" in facts_of(reason)["en"]["what_we_saw"]


def shapes_of(reason: str) -> list[str]:
    """List the shapes with words of their own, after the usual one."""
    return ["", *facts_of(reason)["en"].get("when", {})]


SERIOUS = [reason for reason in REASONS if "national" in facts_of(reason)["who_can_help"]]


@dataclass(frozen=True)
class Words:
    """One explanation in one language, as written and as filled."""

    reason: str
    language: str
    facts: dict[str, Any]
    shape: str = ""
    """Strongest evidence that has words of its own, or empty."""

    @property
    def part(self) -> dict[str, Any]:
        words = self.facts[self.language]
        return words | words.get("when", {}).get(self.shape, {})

    @property
    def placeholders(self) -> set[str]:
        """What may be filled in."""
        if not is_about_host(self.reason) and not is_about_program(self.reason):
            return PLACEHOLDERS
        known = self.facts["technical"]
        subject = HOST_PLACEHOLDERS if is_about_host(self.reason) else PROGRAM_PLACEHOLDERS
        return subject | set(known) | {f"usual_{name}" for name in known}

    @property
    def steps(self) -> list[str]:
        return [step["do"] for step in self.part["what_to_do"]]

    @property
    def written(self) -> list[str]:
        """Every sentence a person reads outside the technical part, with its placeholders."""
        notes = [step["note"] for step in self.part["what_to_do"] if "note" in step]
        return [*(self.part[name] for name in PARTS), *self.steps, *notes]

    def fill(self, text: str) -> str:
        values = dict.fromkeys(self.placeholders, A_NUMBER) | VALUES | {"folder": FOLDERS[self.language]}
        return text.format(**values)

    @property
    def filled(self) -> str:
        """Everything but the card's title, which is no sentence."""
        return " ".join(self.fill(text) for text in self.written if text != self.part["learn_more"])


EACH = [(reason, language, shape) for reason in REASONS for language in LANGUAGES for shape in shapes_of(reason)]


@pytest.fixture(params=EACH, ids=lambda one: "-".join(filter(None, one)))
def explained(request: pytest.FixtureRequest) -> Words:
    reason, language, shape = request.param
    return Words(reason, language, facts_of(reason), shape)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def reasons_of_rules() -> set[str]:
    rules = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "rules" / "files").glob("*.yar"))
    return set(re.findall(r'^\s*reason\s*=\s*"(\w+)"', rules, re.MULTILINE))


def test_every_reason_that_can_be_given_is_explained():
    given = reasons_of_rules() | {reason for detector in find_detectors() for reason in detector.reasons}
    assert {"test_file", "disguised_file", "archive_not_opened"} <= given
    assert given - set(REASONS) == set()


@pytest.mark.parametrize("reason", REASONS)
def test_the_file_names_its_reason_and_known_rules(reason: str):
    facts = facts_of(reason)
    assert facts["reason"] == reason
    assert facts["how_sure"] in HOW_SURE
    assert facts["who_can_help"] in WHO
    assert re.fullmatch(r"[a-z_]+", facts["card"])
    assert facts["technical"]
    labels = tomllib.loads((ROOT / "resources" / "texts" / "technical.toml").read_text(encoding="utf-8"))
    assert set(facts["technical"]) <= set(labels)
    assert set(facts) == {"reason", "how_sure", "who_can_help", "card", "technical", *LANGUAGES}


def test_no_two_reasons_share_a_card():
    cards = [facts_of(reason)["card"] for reason in REASONS]
    assert len(set(cards)) == len(cards)


@pytest.mark.parametrize("reason", REASONS)
def test_all_languages_have_the_same_shapes(reason: str):
    facts = facts_of(reason)
    told = {name: set(words) for name, words in facts["en"].get("when", {}).items()}
    assert set(told) <= set(facts["technical"]) | {CALM}
    assert all(words <= {*PARTS, "what_to_do"} for words in told.values())
    for language in LANGUAGES:
        assert {name: set(words) for name, words in facts[language].get("when", {}).items()} == told, language


@pytest.mark.parametrize(("reason", "shape"), [(reason, shape) for reason in REASONS for shape in shapes_of(reason)])
def test_all_languages_have_the_same_parts_steps_and_placeholders(reason: str, shape: str):
    english = Words(reason, "en", facts_of(reason), shape).part
    for language in LANGUAGES:
        part = Words(reason, language, facts_of(reason), shape).part
        assert set(part) - {"when"} == {*PARTS, "what_to_do"}
        assert all(part[name].strip() for name in PARTS)
        assert 2 <= len(part["what_to_do"]) <= 5
        assert [set(step) for step in part["what_to_do"]] == [set(step) for step in english["what_to_do"]]
        for name in PARTS:
            assert placeholders(part[name]) == placeholders(english[name]), (language, name)
        for step, english_step in zip(part["what_to_do"], english["what_to_do"], strict=True):
            assert placeholders(step["do"]) == placeholders(english_step["do"]), (language, step)


def test_only_known_placeholders_are_used(explained: Words):
    for text in explained.written:
        assert placeholders(text) <= explained.placeholders
    assert subject_of(explained) <= placeholders(explained.part["what_we_saw"])
    assert any("{helper}" in step for step in explained.steps)


def subject_of(explained: Words) -> set[str]:
    """Tell what the words must name: the device, the file, the program, or the place whose program nobody saw."""
    if is_about_program(explained.reason):
        return {"item"} if explained.shape == "place" else {"program"}
    return {"host"} if is_about_host(explained.reason) else {"file", "folder"}


def test_sentences_are_short(explained: Words):
    lengths = [len(words(one)) for one in sentences(explained.filled)]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 13


def test_each_part_keeps_its_limit(explained: Words):
    headline = explained.fill(explained.part["headline"])
    assert len(words(headline)) <= 12
    assert headline.endswith(".")
    assert len(sentences(headline)) == 1
    assert len(sentences(explained.fill(explained.part["what_we_saw"]))) <= 3
    assert len(sentences(explained.fill(explained.part["why_it_matters"]))) <= 2
    # With the two sentences before it, "How sure we are" has three.
    assert len(sentences(explained.fill(explained.part["harmless"]))) == 1


def test_it_is_easy_to_read(explained: Words):
    assert lix(explained.filled) <= 40
    if explained.language == "en":
        assert english_grade(explained.filled) <= 7


def test_no_jargon(explained: Words):
    text = " ".join(explained.fill(text) for text in explained.written).lower()
    stems = JARGON[explained.language] + JARGON["not_yet"][explained.language]
    assert [stem for stem in stems if re.search(rf"\b{re.escape(stem)}", text)] == []


def test_steps_begin_with_a_verb_and_end_with_a_stop(explained: Words):
    for step in explained.steps:
        assert words(step)[0] in JARGON["first_words"][explained.language]
        assert step[-1] in ".?”“»"


def test_marks_fit_the_language(explained: Words):
    assert [
        (text, wrong_marks(text, explained.language))
        for text in explained.written
        if wrong_marks(text, explained.language)
    ] == []


@pytest.mark.parametrize("reason", REASONS)
def test_the_luxembourgish_n_stands_where_it_should(reason: str):
    texts = [text for shape in shapes_of(reason) for text in Words(reason, "lb", facts_of(reason), shape).written]
    assert [slip for text in texts for slip in n_rule_breaks(text)] == []


def test_it_says_that_nothing_was_changed(explained: Words):
    assert NOTHING_CHANGED[explained.language] in explained.part["what_we_saw"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", SERIOUS)
def test_where_the_nation_is_called_the_network_goes_off_and_the_computer_stays_on(reason: str, language: str):
    stays_on = STAYS_ON_THERE if is_about_host(reason) else STAYS_ON
    for shape in shapes_of(reason):
        text = " ".join(Words(reason, language, facts_of(reason), shape).written)
        assert NETWORK_OFF[language] in text
        assert stays_on[language] in text


def test_serious_reasons_are_not_empty():
    assert {"ransom_note", "known_malware_family", "web_shell"} <= set(SERIOUS)


@functools.cache
def sources() -> dict[str, str]:
    """List reasons with the source of the detector that gives each, and of the helper that joins its sightings."""
    joined = (ROOT / "detectors" / "features" / "sightings.py").read_text(encoding="utf-8")
    own = {kind: Path(inspect.getfile(kind)).read_text(encoding="utf-8") for kind in find_detectors()}
    return {
        reason: source + joined * ("features.sightings import" in source)
        for kind, source in own.items()
        for reason in kind.reasons
    }


@pytest.mark.parametrize("reason", [reason for reason in REASONS if is_about_host(reason)])
def test_a_card_about_a_device_names_only_evidence_that_its_detector_gives(reason: str):
    assert [name for name in facts_of(reason)["technical"] if f'"{name}"' not in sources()[reason]] == []


@functools.cache
def explainer() -> Explainer:
    """The real one, made once: it reads every text."""
    return Explainer(Texts(ROOT / "resources" / "texts"), FOLDER)


def explain(reason: str, language: str, helper: Helper | None, shape: str = "") -> Explanation:
    """Let the service itself explain a finding with every evidence its file asks for."""
    contacts = [one for one in read_contacts(ROOT / "resources" / "contacts.toml") if one.country == "LU"]
    office = Office(system="linux", places=(), helper=helper, contacts=contacts)
    evidence = tuple(
        Evidence(name, 48_212, None, "bytes") if name in {"size_bytes", "offset"} else Evidence(name, "x" * 8, "y" * 8)
        for name in sorted(facts_of(reason)["technical"], key=lambda name: name != shape)
    )
    finding = make_finding(reason="hack_tool" if reason == MEMORY else reason, evidence=evidence)
    if shape == CALM:
        finding = replace(finding, severity=Severity.LOW)
    if is_about_host(reason):
        finding = replace(finding, subject=Subject("host", "192.0.2.7"))
    elif is_about_program(reason):
        about = Subject("process", "/home/anna/setup", {"parent": "writer", "user": "anna"})
        finding = replace(finding, subject=Subject("place", "/etc/cron.d/job") if shape == "place" else about)
    return explainer().explain(finding, language, office)


@pytest.mark.parametrize(
    "helper",
    [None, Helper("Claire Weber", "26 12 34", "", "firm"), Helper("", "", "", "nobody")],
    ids=["unasked", "firm", "nobody"],
)
def test_the_service_explains_every_reason_in_full(explained: Words, helper: Helper | None):
    told = explain(explained.reason, explained.language, helper, explained.shape)
    steps = [text for step in told.what_to_do for text in (step.do, step.note) if text]
    sentences_told = [told.headline, told.what_we_saw, told.why_it_matters, told.how_sure, *steps]
    for text in (*sentences_told, told.who_can_help, told.learn_more, told.level):
        assert text
        assert not re.search(r"[{}\[\]]", text), "a key or placeholder is left"
        assert wrong_marks(text, explained.language) == []
    assert len(sentences(told.how_sure)) <= 3
    assert max(len(words(one)) for text in sentences_told for one in sentences(text)) <= 20
    assert lix(" ".join(sentences_told)) <= 40
    if explained.language == "en":
        assert english_grade(" ".join(sentences_told)) <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_without_words_gets_honest_general_ones(language: str):
    told = explain_unknown(language)
    assert NOTHING_CHANGED[language] in told.what_we_saw
    assert "from_the_future" in told.what_we_saw
    assert wrong_marks(told.what_we_saw, language) == []
    assert words(told.what_to_do[0].do)[0] in JARGON["first_words"][language]


def explain_unknown(language: str) -> Explanation:
    office = Office(system="linux", places=(), helper=None, contacts=[])
    return explainer().explain(make_finding(reason="from_the_future"), language, office)
