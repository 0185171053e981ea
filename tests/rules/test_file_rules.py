"""Every file rule says what it is, fires on its own trial file, and leaves the twin and our own tree alone."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
import yara

from desktop.service.samples import Sample, load_samples, piece_texts
from detectors.engines.yara_engine import EXTERNALS, YaraEngine

ROOT = Path(__file__).parents[2]
PACKS = sorted((ROOT / "rules" / "files").glob("*.yar"))
SAMPLES = load_samples(ROOT / "resources" / "selftest")
META_KEYS = {
    "description",
    "reason",
    "severity",
    "technique",
    "licence",
    "date",
    "sign",
    "must_match",
    "must_not_match",
    "confidence",
}
REASONS = {
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
}
LANGUAGES = {"en", "fr", "de", "lb"}
OWN_FOLDERS = ("rules", "resources", "tests", "docs", "benchmarks", "desktop", "detectors")


@cache
def engine() -> YaraEngine:
    return YaraEngine.from_folder(ROOT / "rules" / "files")


def fired(data: bytes) -> set[str]:
    return {f"{match.pack}.{match.rule}" for match in engine().match(data, 30)}


@cache
def metas() -> dict[str, dict]:
    """Meta blocks of all public rules by ``pack.RuleName``."""
    return {
        f"{pack.stem}.{rule.identifier}": rule.meta
        for pack in PACKS
        for rule in yara.compile(filepath=str(pack), externals=dict(EXTERNALS), includes=False)
        if not rule.is_private
    }


def by_rule(sample: Sample) -> str:
    return sample.rule


def test_there_are_enough_rules_for_enough_reasons():
    assert len(metas()) >= 40
    assert len({meta["reason"] for meta in metas().values()}) >= 10


@pytest.mark.parametrize("name", sorted(metas()))
def test_each_rule_says_what_it_is(name):
    meta = metas()[name]
    assert set(meta) == META_KEYS
    assert meta["description"].endswith(".")
    assert meta["reason"] in REASONS
    assert meta["severity"] in {"low", "medium", "high"}
    assert meta["licence"] == "GPL-2.0-or-later"
    assert 0 < float(meta["confidence"]) <= 1
    assert meta["must_match"]
    assert meta["must_not_match"]


@pytest.mark.parametrize("name", sorted(metas()))
def test_the_sign_of_each_rule_has_words_in_every_language(name):
    signs = tomllib.loads((ROOT / "resources" / "texts" / "signs.toml").read_text(encoding="utf-8"))
    words = signs[metas()[name]["sign"]]
    assert set(words) == LANGUAGES
    assert all(1 <= len(phrase.split()) <= 14 for phrase in words.values())


def test_every_pack_compiles_without_a_warning():
    assert engine().problems == ()
    for pack in PACKS:
        yara.compile(filepath=str(pack), externals=dict(EXTERNALS), includes=False, error_on_warning=True)


def test_each_rule_has_a_sample():
    assert sorted({sample.rule for sample in SAMPLES}) == sorted(metas())


@pytest.mark.parametrize("sample", SAMPLES, ids=by_rule)
def test_the_rule_fires_on_its_sample(sample):
    assert sample.rule in fired(sample.data)


@pytest.mark.parametrize("sample", SAMPLES, ids=by_rule)
def test_the_rule_stays_quiet_on_the_twin(sample):
    assert sample.rule not in fired(sample.twin)


@pytest.mark.parametrize("sample", SAMPLES, ids=by_rule)
def test_sample_and_twin_are_not_the_same(sample):
    assert sample.data != sample.twin


def test_no_piece_is_a_sample_by_itself():
    rows = tomllib.loads((ROOT / "resources" / "selftest" / "files.toml").read_text(encoding="utf-8"))["sample"]
    for row in rows:
        for piece in piece_texts(row):
            assert not fired(piece.encode()), (row["rule"], piece)


def test_our_own_tree_is_quiet():
    loud = {
        str(path.relative_to(ROOT)): names
        for folder in OWN_FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and (names := fired(path.read_bytes()))
    }
    assert loud == {}


def test_no_whole_trial_file_lies_in_our_tree():
    trials = [sample.data for sample in SAMPLES if len(sample.data) > 12]
    for folder in OWN_FOLDERS:
        for path in (ROOT / folder).rglob("*.*"):
            if path.is_file():
                content = path.read_bytes()
                assert not any(trial in content for trial in trials), path


def test_rules_of_other_scanners_are_left_alone():
    shown = b'rule Shell\n{\n strings:\n  $a = "' + b"eval($_PO" + b'ST[x])"\n condition:\n  $a\n}\n'
    assert fired(b"<?php " + shown)
    assert not fired(b"// <?php \n" + shown)
