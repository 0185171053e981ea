"""What a learned model looked at, and what would have made it usual, in four languages."""

from __future__ import annotations

import pytest

from desktop.service.explain import Explainer, Office
from desktop.service.service import PROGRAM_FOLDER
from desktop.service.texts import LANGUAGES, Texts
from desktop.service.usual_words import say_reason, say_would_be_normal
from detectors.contract.finding import Evidence
from tests.factories import make_finding, network_finding
from tests.resources.spelling import n_rule_breaks, wrong_marks

TEXTS = Texts(PROGRAM_FOLDER / "resources" / "texts")
OFFICE = Office("linux", (), None, ())
CHANGES = (
    Evidence("would_be_flow_out_bytes", 50_000_000, 1_200_000, "bytes"),
    Evidence("would_be_flow_refused", observed=True, usual=False),
    Evidence("would_be_minute_failed_share", 90, 10, "%"),
)
WORDS = (Evidence("would_be_without_words", ["-x", "<b>\u202e"]), Evidence("would_be_other_parent", "cmd.exe"))


def test_a_change_is_told_with_both_values():
    said = say_would_be_normal(TEXTS, CHANGES, "en")
    assert said.startswith(
        "It would have looked usual to us like this: data sent about 1.2\u00a0MB instead of 50\u00a0MB;"
    )
    assert "no instead of yes" in said
    assert "10\u00a0% instead of 90\u00a0%" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_change_has_words_in_every_language(language: str):
    for change in (*CHANGES, *WORDS, Evidence("would_be_usual", observed=False)):
        said = say_would_be_normal(TEXTS, (change,), language)
        assert said.endswith(".")
        assert "{" not in said
        assert "[" not in said
        assert not wrong_marks(said, language)
        assert language != "lb" or not n_rule_breaks(said)
    assert "\u202e" not in say_would_be_normal(TEXTS, WORDS, language)


def test_that_no_change_was_found_is_said_and_silence_means_that_nobody_looked():
    assert "no change" in say_would_be_normal(TEXTS, (Evidence("would_be_usual", observed=False),), "en")
    assert say_would_be_normal(TEXTS, (), "en") == ""
    assert say_would_be_normal(TEXTS, (Evidence("would_be_something_else", 5, 3),), "en") == ""


@pytest.mark.parametrize("observed", ["text", 5, None, True], ids=str)
def test_evidence_of_another_shape_does_no_harm(observed):
    for name in ("would_be_without_words", "would_be_flow_out_bytes", "unusual_words", "would_be_usual"):
        assert isinstance(say_would_be_normal(TEXTS, (Evidence(name, observed),), "en"), str)
        assert isinstance(say_reason(TEXTS, Evidence(name, observed), "en"), str)


def test_words_and_parents_that_stand_out_are_reasons():
    assert say_reason(TEXTS, Evidence("unusual_words", ["-x", "-y"]), "en").endswith(": -x, -y")
    assert say_reason(TEXTS, Evidence("unusual_parent", "cmd.exe > a.exe"), "en").endswith(": cmd.exe > a.exe")
    assert say_reason(TEXTS, Evidence("port", 443), "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_holds_it_apart_from_signs_and_technical_facts(language: str):
    evidence = (
        Evidence("flow_out_bytes", 50_000_000, 900, "bytes"),
        Evidence("sign_only_together", observed=True),
        *CHANGES,
        Evidence("other_side", "192.0.2.9"),
    )
    explainer = Explainer(TEXTS, PROGRAM_FOLDER / "resources" / "explanations")
    told = explainer.explain(network_finding(reason="unusual_traffic", evidence=evidence), language, OFFICE)
    assert told.would_be_normal == say_would_be_normal(TEXTS, CHANGES, language)
    assert len(told.signs) == 2
    assert not [text for pair in told.technical for text in pair if "would be" in text]
    assert len(told.compared) == 1
    assert explainer.explain(make_finding(), language, OFFICE).would_be_normal == ""
