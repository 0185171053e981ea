"""Every reason is explained in four languages, in words that a stressed person without computer lessons can follow."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from desktop.service.contacts import Helper, read_contacts
from desktop.service.explain import Explainer, Explanation, Office
from desktop.service.texts import LANGUAGES, Texts
from detectors.contract.finding import Evidence
from detectors.worker.registry import find_detectors
from tests.factories import make_finding
from tests.resources.readability import english_grade, lix, sentences, words
from tests.resources.spelling import n_rule_breaks, wrong_marks

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "explanations"
REASONS = sorted(path.stem for path in FOLDER.glob("*.toml"))
JARGON: dict[str, Any] = tomllib.loads((Path(__file__).parent / "jargon.toml").read_text(encoding="utf-8"))

PARTS = ("headline", "what_we_saw", "why_it_matters", "harmless", "learn_more")
PLACEHOLDERS = {"file", "folder", "helper", "computer", "size_bytes", "members", "ratio", "depth"}
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
}
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


@functools.cache
def facts_of(reason: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{reason}.toml").read_text(encoding="utf-8"))


SERIOUS = [reason for reason in REASONS if "national" in facts_of(reason)["who_can_help"]]


@dataclass(frozen=True)
class Words:
    """One explanation in one language, as written and as filled."""

    reason: str
    language: str
    facts: dict[str, Any]

    @property
    def part(self) -> dict[str, Any]:
        return self.facts[self.language]

    @property
    def steps(self) -> list[str]:
        return [step["do"] for step in self.part["what_to_do"]]

    @property
    def written(self) -> list[str]:
        """Every sentence a person reads outside the technical part, with its placeholders."""
        notes = [step["note"] for step in self.part["what_to_do"] if "note" in step]
        return [*(self.part[name] for name in PARTS), *self.steps, *notes]

    def fill(self, text: str) -> str:
        return text.format(folder=FOLDERS[self.language], **VALUES)

    @property
    def filled(self) -> str:
        """Everything but the card's title, which is no sentence."""
        return " ".join(self.fill(text) for text in self.written if text != self.part["learn_more"])


@pytest.fixture(params=[(reason, language) for reason in REASONS for language in LANGUAGES], ids="-".join)
def explained(request: pytest.FixtureRequest) -> Words:
    reason, language = request.param
    return Words(reason, language, facts_of(reason))


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
def test_all_languages_have_the_same_parts_steps_and_placeholders(reason: str):
    facts = facts_of(reason)
    english = facts["en"]
    for language in LANGUAGES:
        part = facts[language]
        assert set(part) == {*PARTS, "what_to_do"}
        assert all(part[name].strip() for name in PARTS)
        assert 2 <= len(part["what_to_do"]) <= 5
        assert [set(step) for step in part["what_to_do"]] == [set(step) for step in english["what_to_do"]]
        for name in PARTS:
            assert placeholders(part[name]) == placeholders(english[name]), (language, name)
        for step, english_step in zip(part["what_to_do"], english["what_to_do"], strict=True):
            assert placeholders(step["do"]) == placeholders(english_step["do"]), (language, step)


def test_only_known_placeholders_are_used(explained: Words):
    for text in explained.written:
        assert placeholders(text) <= PLACEHOLDERS
    assert {"file", "folder"} <= placeholders(explained.part["what_we_saw"])
    assert any("{helper}" in step for step in explained.steps)


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
    explained = Words(reason, "lb", facts_of(reason))
    assert [slip for text in explained.written for slip in n_rule_breaks(text)] == []


def test_it_says_that_nothing_was_changed(explained: Words):
    assert NOTHING_CHANGED[explained.language] in explained.part["what_we_saw"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", SERIOUS)
def test_where_the_nation_is_called_the_network_goes_off_and_the_computer_stays_on(reason: str, language: str):
    text = " ".join(Words(reason, language, facts_of(reason)).written)
    assert NETWORK_OFF[language] in text
    assert STAYS_ON[language] in text


def test_serious_reasons_are_not_empty():
    assert {"ransom_note", "known_malware_family", "web_shell"} <= set(SERIOUS)


@functools.cache
def explainer() -> Explainer:
    """The real one, made once: it reads every text."""
    return Explainer(Texts(ROOT / "resources" / "texts"), FOLDER)


def explain(reason: str, language: str, helper: Helper | None) -> Explanation:
    """Let the service itself explain a finding with every evidence its file asks for."""
    contacts = [one for one in read_contacts(ROOT / "resources" / "contacts.toml") if one.country == "LU"]
    office = Office(system="linux", places=(), helper=helper, contacts=contacts)
    evidence = tuple(
        Evidence(name, 48_212, None, "bytes") if name in {"size_bytes", "offset"} else Evidence(name, "x" * 8)
        for name in facts_of(reason)["technical"]
    )
    return explainer().explain(make_finding(reason=reason, evidence=evidence), language, office)


@pytest.mark.parametrize(
    "helper",
    [None, Helper("Claire Weber", "26 12 34", "", "firm"), Helper("", "", "", "nobody")],
    ids=["unasked", "firm", "nobody"],
)
def test_the_service_explains_every_reason_in_full(explained: Words, helper: Helper | None):
    told = explain(explained.reason, explained.language, helper)
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
