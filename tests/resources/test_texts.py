"""The sentences around the findings: complete in four languages, with the same values in each, and calmly put."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop.service.texts import LANGUAGES
from detectors import exfiltration
from detectors.disguised_file import DisguisedFile
from tests.factories import make_file
from tests.resources.readability import words
from tests.resources.spelling import n_rule_breaks, wrong_marks

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "texts"
TOPICS = sorted(path.stem for path in FOLDER.glob("*.toml"))
CONTACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "resources" / "contacts.toml").read_text(encoding="utf-8"))[
    "contact"
]
FORMS = {"one", "other"}


def entries(topic: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{topic}.toml").read_text(encoding="utf-8"))


def sentences_of(value: str | dict[str, str]) -> list[str]:
    """A text, or its forms for one and for many."""
    return [value] if isinstance(value, str) else list(value.values())


def each_sentence(topic: str, language: str) -> list[tuple[str, str]]:
    return [(key, text) for key, entry in entries(topic).items() for text in sentences_of(entry[language])]


def placeholders(texts: list[str]) -> set[str]:
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_text_has_four_languages_and_the_same_values_in_each(topic: str):
    assert entries(topic)
    for key, entry in entries(topic).items():
        assert set(entry) == set(LANGUAGES), key
        for language in LANGUAGES:
            texts = sentences_of(entry[language])
            assert all(text.strip() for text in texts), (key, language)
            assert type(entry[language]) is type(entry["en"]), (key, language)
            if isinstance(entry[language], dict):
                assert set(entry[language]) == FORMS, (key, language)
            assert placeholders(texts) == placeholders(sentences_of(entry["en"])), (key, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_marks_fit_the_language_and_nobody_shouts(topic: str, language: str):
    slips = {key: wrong for key, text in each_sentence(topic, language) if (wrong := wrong_marks(text, language))}
    assert slips == {}


@pytest.mark.parametrize("topic", TOPICS)
def test_the_luxembourgish_n_stands_where_it_should(topic: str):
    slips = {key: wrong for key, text in each_sentence(topic, "lb") if (wrong := n_rule_breaks(text))}
    assert slips == {}


def test_every_sign_that_is_looked_for_has_words():
    rules = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "rules" / "files").glob("*.yar"))
    disguised = make_file("/home/maria/letter.pdf.exe", b"MZ" + bytes(200))
    found = next(DisguisedFile().detect(disguised))
    looked_for = set(re.findall(r'^\s*sign\s*=\s*"(\w+)"', rules, re.MULTILINE))
    looked_for |= {one.name.removeprefix("sign_") for one in found.evidence if one.name.startswith("sign_")}
    assert {"starts_by_itself", "double_ending"} <= looked_for
    assert looked_for - set(entries("signs")) == set()


def test_every_sign_that_a_detector_spells_out_has_words():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "detectors").glob("*.py")]
    spelled = {sign for source in sources for sign in re.findall(r'Evidence\("sign_(\w+)"', source)}
    assert {"stays_open", "bait_name"} <= spelled
    uploads = set(re.findall(r'^ +\("(\w+)", ', inspect.getsource(exfiltration._what_is_odd), re.MULTILINE))
    assert {"sent_in_the_open", "new_place"} <= uploads
    assert (spelled | uploads) - set(entries("signs")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_are_a_few_words(language: str):
    assert [text for _, text in each_sentence("signs", language) if len(words(text)) > 14 or text.endswith(".")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_a_place_fit_behind_in(language: str):
    """Explanations say "in {folder}"; in Luxembourgish "an {folder}", so the n of "an" must be right there."""
    for key, text in each_sentence("place", language):
        assert not text.endswith("."), key
        if language == "lb":
            assert n_rule_breaks(f"an {text}") == [], key


@pytest.mark.parametrize("contact", CONTACTS, ids=lambda contact: contact["id"])
def test_a_contact_says_whom_it_serves_and_where_its_facts_come_from(contact: dict[str, Any]):
    assert set(contact["role"]) == set(LANGUAGES)
    assert all(wrong_marks(contact["role"][language], language) == [] for language in LANGUAGES)
    assert n_rule_breaks(contact["role"]["lb"]) == []
    assert contact["who"] in {"firms", "state", "schools", "citizens", "police"}
    assert re.fullmatch(r"[\w.-]+(/[\w-]+)*", contact["web"])
    assert contact["source"]
    assert re.fullmatch(r"|\d{4}-\d{2}(-\d{2})?", contact["checked_on"])
    assert re.fullmatch(r"\+?[\d ]*", contact["phone"])
    assert re.fullmatch(r"|[a-z.-]+@[a-z.-]+", contact["mail"])
    assert set(contact["languages"]) <= set(LANGUAGES)


def test_luxembourg_has_someone_for_everybody():
    here = [contact for contact in CONTACTS if contact["country"] == "LU"]
    assert {contact["who"] for contact in here} == {"firms", "state", "schools", "citizens", "police"}
    assert min(here, key=lambda contact: contact["order"])["id"] == "circl"
    assert {contact["country"] for contact in CONTACTS} >= {"LU", "FR", "DE", "BE", "EU"}


def test_contact_ids_are_unique():
    assert len({contact["id"] for contact in CONTACTS}) == len(CONTACTS)
