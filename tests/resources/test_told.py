"""What a finding of the network reads like in the end: no value is missing from any sentence.

The made-up recordings of the self-test go through the real detectors, and what they say is explained in every language.
"""

from __future__ import annotations

import functools
import io
import re
from pathlib import Path

import pytest

from desktop.service.explain import Explainer, Office
from desktop.service.network_samples import KNOWN_CARDS, network_samples
from desktop.service.texts import LANGUAGES, Texts
from detectors.contract.detector import DetectorContext
from detectors.contract.finding import Finding
from detectors.contract.traffic import KnownNetwork, Traffic
from detectors.telemetry.capture_file import CaptureTrouble, read_capture
from detectors.telemetry.traffic_reader import TrafficReader
from detectors.worker.registry import find_detectors

ROOT = Path(__file__).parents[2]
SAMPLES = {sample.reason: sample.pcap for sample in network_samples() if sample.reason}
GAP = re.compile(r"(?:^|[ (“„])\?")
"""How ``fill`` writes a value that nobody gave."""


@functools.cache
def findings_of(reason: str) -> list[Finding]:
    """Play one recording to the detectors that give this reason."""
    reader = TrafficReader(reason, known=KnownNetwork(devices=frozenset(KNOWN_CARDS), is_learned=True))
    for raw in read_capture(io.BytesIO(SAMPLES[reason])):
        assert not isinstance(raw, CaptureTrouble)
        reader.take(raw)
    traffic, context = reader.traffic(), DetectorContext(ROOT / "rules", None)
    kinds = [kind for kind in find_detectors() if kind.reads is Traffic and reason in kind.reasons]
    return [one for kind in kinds for one in kind.build(context).detect(traffic) if one.reason == reason]


@functools.cache
def explainer() -> Explainer:
    """The real one, made once: it reads every text."""
    return Explainer(Texts(ROOT / "resources" / "texts"), ROOT / "resources" / "explanations")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", SAMPLES)
def test_no_value_is_missing_in_what_is_told(reason: str, language: str):
    findings = findings_of(reason)
    assert findings
    for finding in findings:
        told = explainer().explain(finding, language, Office("linux", (), None, ()))
        steps = [text for step in told.what_to_do for text in (step.do, step.note)]
        for text in (told.headline, told.what_we_saw, told.why_it_matters, told.how_sure, *steps):
            assert not GAP.search(text), text
        assert finding.subject.name in told.what_we_saw
