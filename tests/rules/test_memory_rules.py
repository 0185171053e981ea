"""Rules about memory fire on their sample, leave the twin alone, and never match what they are made of."""

import io
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yara

from detectors.engines.yara_engine import EXTERNALS, YaraEngine
from detectors.suspicious_memory import SuspiciousMemory
from tests.rules.memory_samples import SAMPLES
from tests.rules.test_file_rules import META_KEYS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "rules" / "memory"
PACKS = sorted(FOLDER.glob("*.yar"))


@cache
def engine() -> YaraEngine:
    return YaraEngine.from_folder(FOLDER)


def fired(data: bytes) -> set[str]:
    return {f"{match.pack}.{match.rule}" for match in engine().match(data, 30)}


def compiled():
    return yara.compile(
        sources={pack.stem: pack.read_text("utf-8") for pack in PACKS}, externals=dict(EXTERNALS), error_on_warning=True
    )


def test_every_pack_compiles_without_a_warning_and_every_rule_has_a_sample():
    assert engine().problems == ()
    names = {f"{pack.stem}.{rule.identifier}" for pack in PACKS for rule in yara.compile(filepath=str(pack))}
    assert names == set(SAMPLES)
    assert compiled()


def test_each_rule_says_what_it_is():
    signs = tomllib.loads((ROOT / "resources" / "texts" / "signs.toml").read_text(encoding="utf-8"))
    for rule in compiled():
        assert set(rule.meta) == META_KEYS
        assert rule.meta["reason"] in SuspiciousMemory.reasons
        is_test = rule.meta["reason"] == "test_file"
        assert rule.meta["severity"] == (
            "informational" if is_test else "medium"
        )  # a page may hold the same words: never an alarm by itself
        assert rule.meta["sign"] in signs


@pytest.mark.parametrize("name", SAMPLES)
def test_the_rule_fires_on_its_sample_alone(name):
    sample, twin = SAMPLES[name]
    assert fired(bytes(1_000) + sample + bytes(1_000)) == {name}
    assert fired(twin) == set()


def test_no_rule_matches_its_own_text_its_compiled_form_or_the_file_rules():
    buffer = io.BytesIO()
    compiled().save(file=buffer)
    assert fired(buffer.getvalue()) == set()
    for pack in PACKS:
        assert fired(pack.read_bytes()) == set()
        assert fired(pack.read_text("utf-8").encode("utf-16-le")) == set()


def test_our_own_tree_holds_none_of_it():
    files = [path for folder in ("rules", "tests", "detectors", "resources") for path in (ROOT / folder).rglob("*.*")]
    assert {str(path) for path in files if path.is_file() and fired(path.read_bytes())} == set()
