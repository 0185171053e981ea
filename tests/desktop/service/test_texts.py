from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.service.service import PROGRAM_FOLDER
from desktop.service.texts import (
    LANGUAGES,
    Harmless,
    Texts,
    fill,
    harmless,
    plural_form,
    shorten,
    size_text,
    system_language,
)
from detectors.contract.errors import PlainwatchError, SkipReason

NBSP = "\u00a0"


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    (tmp_path / "small.toml").write_text(
        '[hello]\nen = "Hello {name}, {n} files"\nfr = "Bonjour {name}"\n'
        '[files]\nen = { one = "{n} file", other = "{n} files" }\nfr = { one = "{n} fichier", other = "{n} fichiers" }\n',
        encoding="utf-8",
    )
    return Texts(tmp_path)


def test_values_are_filled_in(texts: Texts):
    assert texts.get("small.hello", "en", name="Anna", n=12_400) == "Hello Anna, 12,400 files"


def test_a_missing_language_falls_back_to_english_and_a_missing_key_shows_itself(texts: Texts):
    assert texts.get("small.hello", "lb", name="x", n=1) == "Hello x, 1 files"
    assert texts.get("small.nothing", "en") == "[small.nothing]"
    assert texts.count("small.nothing", 1, "en") == "[small.nothing]"
    assert texts.get("small.hello", "en") == "Hello ?, ? files"


def test_a_placeholder_inside_a_value_stays_a_value(texts: Texts):
    assert texts.get("small.hello", "fr", name="{n}{name}") == "Bonjour {n}{name}"


@pytest.mark.parametrize(
    ("n", "language", "form"),
    [(0, "en", "other"), (1, "en", "one"), (2, "en", "other"), (0, "fr", "one"), (1, "fr", "one"), (2, "fr", "other"),
     (0, "de", "other"), (1, "lb", "one")],
)  # fmt: skip
def test_plural_forms(n: int, language: str, form: str):
    assert plural_form(n, language) == form


def test_counting(texts: Texts):
    assert texts.count("small.files", 1, "en") == "1 file"
    assert texts.count("small.files", 1200, "fr") == "1\u202f200 fichiers"
    assert texts.count("small.files", 0, "fr") == "0 fichier"


@pytest.mark.parametrize(
    ("size", "language", "words"),
    [
        (0, "en", f"0{NBSP}B"),
        (999, "en", f"999{NBSP}B"),
        (48_212, "en", f"48.2{NBSP}kB"),
        (100_000_000, "fr", f"100{NBSP}Mo"),
        (4_200_000_000, "de", f"4,2{NBSP}GB"),
        (1 << 60, "lb", f"1152921504,6{NBSP}GB"),
    ],
)
def test_sizes(size: int, language: str, words: str):
    assert size_text(size, language) == words
    assert fill("{limit_bytes}", language, {"limit_bytes": size}) == words


@pytest.mark.parametrize(
    ("seconds", "language", "words"),
    [
        (0.34, "de", f"0,3{NBSP}s"),
        (60.1, "en", f"60{NBSP}s"),
        (119.4, "fr", f"119{NBSP}s"),
        (150, "en", f"2.5{NBSP}min"),
        (3_540.0, "lb", f"59{NBSP}min"),
        (7_200, "de", f"2{NBSP}h"),
        (7_200_000, "fr", f"2\u202f000{NBSP}h"),
    ],
)
def test_times_have_the_largest_fitting_unit(seconds: float, language: str, words: str):
    assert fill("{period_s}", language, {"period_s": seconds}) == words
    assert fill("{usual_period_s}", language, {"usual_period_s": seconds}) == words


def test_a_rate_is_no_time():
    assert fill("{packets_per_s}", "en", {"packets_per_s": 1_200.0}) == "1200"


@pytest.mark.parametrize(
    ("untrusted", "safe"),
    [
        ("letter.docm", "letter.docm"),
        ("Ünï çödé 文.pdf", "Ünï çödé 文.pdf"),
        ("a\x1b[31mb\r\n", "a␛[31mb␍␊"),
        ("invoice\u202excod.exe", "invoice⇄xcod.exe"),
        ("caf\udce9", "caf\ufffd"),
        ("zero\u200bwidth\x7f\x9b", "zero\ufffdwidth\ufffd\ufffd"),
        ("line\u2028break", "line\ufffdbreak"),
        ("<b>evil</b>", "<b>evil</b>"),
    ],
)
def test_text_from_outside_is_made_harmless(untrusted: str, safe: str):
    assert harmless(untrusted) == safe


@given(st.text(st.characters(), max_size=300), st.integers(5, 80))
def test_harmless_text_can_be_printed_anywhere_and_is_not_too_long(untrusted: str, limit: int):
    safe = harmless(untrusted, limit)
    assert len(safe) <= limit
    safe.encode("utf-8")
    assert safe.isprintable() or "\u00a0" in safe or any(letter.isspace() for letter in safe)
    assert not set(safe) & {"\n", "\r", "\x1b", "\u202e", "\u2066"}
    assert harmless(safe, limit) == safe


def test_the_middle_is_left_out_and_the_ending_stays():
    assert shorten("abcdefghij.docm", 9) == "abcd…docm"
    assert shorten("abc", 3) == "abc"
    assert harmless("x" * 5000 + ".exe").endswith("xxx.exe")


def test_what_was_made_harmless_is_not_shortened_again():
    assert fill("{a}", "en", {"a": Harmless("x" * 200)}) == "x" * 200
    assert len(fill("{a}", "en", {"a": "x" * 200})) == 60


def test_lists_and_other_values():
    assert fill("{a}", "en", {"a": ["b", "c"]}) == "b, c"
    assert fill("{a}", "en", {"a": list("bcdef")}) == "b, c, d, …"
    assert fill("{a} {b} {c}", "de", {"a": 1234.56, "b": True, "c": None}) == "1234,6 true ?"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "fr_LU.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "de_LU.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "lb:fr"}, "lb"),
        ({"LANG": "es_ES.UTF-8", "LANGUAGE": "es:de"}, "de"),
        ({"LANG": "es_ES.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "French_Luxembourg.1252"}, "fr"),
        ({"LANG": "friulian"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_this_computer(environ: dict[str, str], language: str):
    assert system_language(environ) == language


def test_every_skip_reason_and_every_error_has_words():
    ours = Texts(PROGRAM_FOLDER / "resources" / "texts")
    assert set(ours.keys("skip")) == {f"skip.{reason.value}" for reason in SkipReason}
    codes = {kind.code for kind in PlainwatchError.__subclasses__()} | {PlainwatchError.code}
    assert set(ours.keys("error")) == {f"error.{code}" for code in codes}
    for key in ours.keys("skip"):
        assert all("{" not in ours.get(key, language) for language in LANGUAGES), "values are not always there"
