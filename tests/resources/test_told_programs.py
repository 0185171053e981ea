"""What a finding of a program reads like in the end: no value is missing from any sentence, and the program is named.

The made-up recordings of the self-test, and the start that each rule must find, go through the real detectors; what
they say is explained in every language.
"""

from __future__ import annotations

import functools
import inspect
import io
import json
import re
import tomllib
from pathlib import Path

import pytest

from desktop.service.explain import Explainer, Explanation, Office
from desktop.service.program_samples import LEARNED, program_samples
from desktop.service.rule_samples import load_rule_samples
from desktop.service.texts import LANGUAGES, Texts
from detectors import autostart_change, new_account_or_key
from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.finding import Finding
from detectors.contract.memory import MemoryPiece
from detectors.contract.programs import Programs
from detectors.telemetry.program_recording import RecordingReader
from detectors.worker.registry import find_detectors
from tests.resources.readability import sentences, words

ROOT = Path(__file__).parents[2]
SAMPLES = {sample.reason: sample.recording for sample in program_samples() if sample.reason}
GAP = re.compile(r"(?:^|[ (“„])\?")
"""How ``fill`` writes a value that nobody gave."""
SHARED = ("program_cases", "program_evidence", "place_signs")
"""Features that give evidence."""
KEY = re.compile(r"\b[a-z]+_[a-z_]+\b")
"""A key that no text was found for."""


@functools.cache
def detectors() -> list[Detector]:
    """Build all detectors of programs once: reading the rules takes a while."""
    context = DetectorContext(ROOT / "rules", ROOT / "models")
    return [kind.build(context) for kind in find_detectors() if kind.reads is Programs]


def find(recording: bytes) -> list[Finding]:
    """Play one recording to all detectors."""
    stretches = RecordingReader("trial").read(io.BytesIO(recording))
    return [one for programs in stretches for detector in detectors() for one in detector.detect(programs)]


@functools.cache
def findings_of_samples() -> dict[str, list[Finding]]:
    return {reason: find(recording) for reason, recording in SAMPLES.items()}


@functools.cache
def findings_of_rules() -> list[Finding]:
    """Play each rule's own start, one recording a start, so that none stands under another's suspicion."""
    rows = [sample.row for sample in load_rule_samples(ROOT / "resources" / "selftest")]
    return [one for row in rows for one in find(json.dumps(row).encode())]


@functools.cache
def explainer() -> Explainer:
    """The real one, made once: it reads every text."""
    return Explainer(Texts(ROOT / "resources" / "texts"), ROOT / "resources" / "explanations")


def told(finding: Finding, language: str) -> Explanation:
    return explainer().explain(finding, language, Office("linux", (), None, ()))


def slips(finding: Finding, language: str) -> list[str]:
    """List what is wrong with the words of one finding."""
    one = told(finding, language)
    steps = [text for step in one.what_to_do for text in (step.do, step.note)]
    texts = [one.headline, one.what_we_saw, one.why_it_matters, one.how_sure, *steps]
    found = [f"a gap: {text}" for text in texts if GAP.search(text)]
    found += [f"no subject: {one.what_we_saw}"] * (not any(value in one.what_we_saw for value in one.headline_values))
    found += [f"a key: {sign.text}" for sign in one.signs if KEY.search(sign.text)]
    found += [f"no sign: {finding.id}"] * (finding.detector == "suspicious_start" and not one.signs)
    found += [f"no label: {label}" for label, _ in one.technical if KEY.search(label)]
    return found + [
        f"too long: {part}" for text in texts for part in sentences(text) if len(words(part)) > 20 + len_of(finding)
    ]


def len_of(finding: Finding) -> int:
    """Allow for names from outside that are many words themselves."""
    return len(words(finding.subject.name))


@pytest.mark.parametrize("reason", SAMPLES)
def test_each_sample_gives_its_reason(reason: str):
    assert reason in {one.reason for one in findings_of_samples()[reason]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", SAMPLES)
def test_no_value_is_missing_in_what_is_told(reason: str, language: str):
    assert [slip for finding in findings_of_samples()[reason] for slip in slips(finding, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_is_missing_where_a_single_start_is_all_that_is_known(language: str):
    findings = findings_of_rules()
    assert len({finding.reason for finding in findings} - {LEARNED}) > 12
    assert [slip for finding in findings for slip in slips(finding, language)] == []


@functools.cache
def sources() -> dict[str, str]:
    """List reasons with the source of the detectors that give each, and of what all of them share."""
    features = ROOT / "detectors" / "features"
    shared = "".join((features / f"{name}.py").read_text(encoding="utf-8") for name in SHARED)
    given: dict[str, str] = {}
    for kind in find_detectors():
        if kind.reads is Programs or kind.reads is MemoryPiece:
            own = Path(inspect.getfile(kind)).read_text(encoding="utf-8")
            given |= {reason: given.get(reason, shared) + own for reason in kind.reasons}
    return given


def test_every_value_of_a_detector_of_programs_has_a_label():
    named = set(re.findall(r'Evidence\(\s*"(\w+)"', "".join(sources().values())))
    assert {"command", "chain", "hidden_command", "doors", "called_out"} <= named
    values = {name for name in named if not name.startswith("sign_")}
    labels = tomllib.loads((ROOT / "resources" / "texts" / "technical.toml").read_text(encoding="utf-8"))
    assert values - set(labels) == set()


def test_every_kind_of_place_has_words():
    kinds = {*autostart_change._TECHNIQUES, *autostart_change.LETS_IN, *new_account_or_key._KINDS, "folder"}
    known = tomllib.loads((ROOT / "resources" / "texts" / "known_place.toml").read_text(encoding="utf-8"))
    assert kinds - set(known) == set()


@pytest.mark.parametrize(
    "reason", sorted({reason for kind in find_detectors() if kind.reads is Programs for reason in kind.reasons})
)
def test_a_card_about_a_program_names_only_evidence_that_its_detectors_give(reason: str):
    facts = tomllib.loads((ROOT / "resources" / "explanations" / f"{reason}.toml").read_text(encoding="utf-8"))
    assert [name for name in facts["technical"] if f'"{name}"' not in sources()[reason]] == []
