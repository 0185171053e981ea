"""The spelling checks themselves: each must speak where something is wrong, and stay quiet where nothing is."""

from __future__ import annotations

import pytest

from tests.resources.spelling import CURLY_APOSTROPHE, NARROW, n_rule_breaks, wrong_marks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Do not click “Enable content”."),
        ("fr", f"Cliquez{NARROW}: «{NARROW}Non{NARROW}», est-ce clair{NARROW}?"),
        ("fr", "À 18:30, rien."),
        ("de", "Klicken Sie auf „Nein“: es ist gut."),
        ("lb", "Klickt op „Neen“."),
    ],
)
def test_right_marks_pass(language: str, text: str):
    assert wrong_marks(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Stop now!"),
        ("en", 'Click "Yes".'),
        ("en", f"It isn{CURLY_APOSTROPHE}t."),
        ("en", "Click “Yes."),
        ("fr", "Est-ce clair ?"),
        ("fr", "Ceci: cela."),
        ("fr", "« Non »"),
        ("fr", "Dites “non”."),
        ("de", "Klicken Sie auf «Nein»."),
        ("lb", "Klickt op “Neen”."),
        ("de", "Zwei  Leerzeichen."),
    ],
)
def test_wrong_marks_are_named(language: str, text: str):
    assert wrong_marks(text, language)


@pytest.mark.parametrize(
    "text", ["de Computer", "den Dokter", "an Ären", "Fichieren, déi", "Mir hunn nei", "an {folder}"]
)
def test_right_n_passes(text: str):
    assert n_rule_breaks(text) == []


@pytest.mark.parametrize("text", ["den Computer", "de Dokter", "Fichieren kommen", "a Ären", "kee Alarm", "vun {file}"])
def test_wrong_n_is_named(text: str):
    assert n_rule_breaks(text)
