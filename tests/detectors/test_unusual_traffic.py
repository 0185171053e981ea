"""Two models speak for a computer, quietly; here with stand-ins whose word is known, and once with the real ones."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import SkipReason
from detectors.contract.finding import Evidence, FoundBy, Severity
from detectors.engines.onnx_engine import ModelCard, OnnxModel
from detectors.features.flow_features import NAMES
from detectors.features.flow_reasons import Asked, Case, explain_case
from detectors.unusual_traffic import UnusualTraffic, nearest_usual
from tests.traffic_factories import FAR, HOME, NEIGHBOUR, make_flows, make_traffic

ROOT = Path(__file__).parents[2]
OUT = NAMES.index("flow_out_bytes")


class StandIn:
    """A model whose score is the (logged) bytes sent, beyond ten kilobytes."""

    def __init__(self, name: str, threshold: float) -> None:
        examples = [
            {"service": "dns", "values": [0.0] * len(NAMES)},
            {"service": "tls", "values": [5.0] * len(NAMES)},
        ]
        facts = {"usual": [0.0] * len(NAMES), "examples": examples}
        self.card = ModelCard(name, NAMES, threshold, facts)

    def score(self, features: np.ndarray) -> np.ndarray:
        return np.maximum(features[:, OUT] - np.log1p(10_000), 0).astype(np.float32)


def loud_and_quiet():
    return make_traffic(
        make_flows(3, client=HOME, out_bytes=50_000_000), make_flows(3, client=NEIGHBOUR, out_bytes=1_000)
    )


def test_where_both_models_speak_it_is_low_and_never_more():
    detector = UnusualTraffic(StandIn("flow_rank", 1.0), StandIn("flow_usual", 1.0))
    (finding,) = detector.detect(loud_and_quiet())
    assert finding.subject.name == HOME
    assert finding.severity is Severity.LOW
    assert finding.found_by is FoundBy.MODEL
    assert finding.records


def test_one_voice_alone_is_informational():
    detector = UnusualTraffic(StandIn("flow_rank", 1.0), StandIn("flow_usual", 99.0))
    (finding,) = detector.detect(loud_and_quiet())
    assert finding.severity is Severity.INFORMATIONAL
    assert next(one.observed for one in finding.evidence if one.name == "models") == ["flow_rank"]


def test_ordinary_sizes_stay_quiet():
    detector = UnusualTraffic(StandIn("flow_rank", 1.0), StandIn("flow_usual", 1.0))
    assert list(detector.detect(make_traffic(make_flows(20, client=NEIGHBOUR, out_bytes=900)))) == []


def test_the_number_that_made_it_odd_is_named_beside_its_usual_value():
    (finding,) = UnusualTraffic(StandIn("flow_rank", 1.0), None).detect(loud_and_quiet())
    reason = finding.evidence[0]
    assert reason.name == "flow_out_bytes"
    assert reason.observed == pytest.approx(50_000_000, rel=1e-4)
    assert reason.usual == 0
    assert reason.unit == "bytes"
    assert [one.name for one in finding.evidence if one.name in NAMES] == ["flow_out_bytes"]  # nothing else counted


def test_the_other_side_and_the_nearest_usual_kind_are_named():
    (finding,) = UnusualTraffic(StandIn("flow_rank", 1.0), None).detect(loud_and_quiet())
    named = {one.name: one.observed for one in finding.evidence}
    assert named["other_side"] == FAR
    assert named["port"] == 443
    assert named["nearest_usual"] in {"dns", "tls"}
    row = np.full(len(NAMES), 5.0, np.float32)
    assert nearest_usual(StandIn("flow_rank", 1.0), row) == "tls"


def test_a_flow_at_its_usual_values_has_no_reasons():
    usual = np.zeros(len(NAMES), np.float32)
    asked = [Asked(StandIn("flow_rank", 1.0).score, 1.0, 1.0, usual[None, :], 1)]
    case = Case(usual, usual, asked, 1.0, is_sum=False)
    assert explain_case(case, case) == (Evidence("would_be_usual", observed=False),)


def test_open_sockets_without_sizes_are_not_judged():
    detector = UnusualTraffic(StandIn("flow_rank", 0.0), StandIn("flow_usual", 0.0))
    assert list(detector.detect(make_traffic(make_flows(3, out_bytes=50_000_000), has_packets=False))) == []


def test_models_that_are_missing_are_a_gap_and_no_silence(tmp_path):
    detector = UnusualTraffic.build(DetectorContext(ROOT / "rules", None, tmp_path))
    assert [line.reason for line in detector.gaps()] == [SkipReason.MODEL_REFUSED] * 2
    assert list(detector.detect(loud_and_quiet())) == []


def test_a_model_that_was_exchanged_is_refused(tmp_path):
    for name in ("flow_rank", "flow_usual"):
        (tmp_path / f"{name}.toml").write_text((ROOT / "models" / f"{name}.toml").read_text(encoding="utf-8"))
        data = bytearray((ROOT / "models" / f"{name}.onnx").read_bytes())
        data[-1] ^= 1
        (tmp_path / f"{name}.onnx").write_bytes(bytes(data))
    gaps = UnusualTraffic.build(DetectorContext(ROOT / "rules", None, tmp_path)).gaps()
    assert [line.subject.name for line in gaps] == ["flow_rank", "flow_usual"]
    for name in ("manifest.toml", "manifest.toml.minisig"):
        (tmp_path / name).write_bytes((ROOT / "models" / name).read_bytes())
    gaps = UnusualTraffic.build(DetectorContext(ROOT / "rules", None, tmp_path)).gaps()
    assert {line.values["problem"] for line in gaps} == {"fingerprint"}


def test_models_whose_manifest_was_changed_are_a_gap_and_the_check_goes_on(tmp_path):
    shutil.copytree(ROOT / "models", tmp_path / "models", ignore=shutil.ignore_patterns("train"))
    manifest = tmp_path / "models" / "manifest.toml"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    detector = UnusualTraffic.build(DetectorContext(ROOT / "rules", None, tmp_path / "models"))
    assert [line.values["problem"] for line in detector.gaps()] == ["manifest_changed"] * 2
    assert list(detector.detect(loud_and_quiet())) == []


def test_our_own_models_fit_their_cards():
    detector = UnusualTraffic.build(DetectorContext(ROOT / "rules", None, ROOT / "models"))
    assert detector.gaps() == ()
    for name in ("flow_rank", "flow_usual"):
        card = tomllib.loads((ROOT / "models" / f"{name}.toml").read_text(encoding="utf-8"))
        assert tuple(card["features"]) == NAMES
        assert len(card["usual"]) == len(NAMES)
        assert card["graph_differs_from_library_by_at_most"] <= 1e-5
        assert card["results"]["false_alarms"] <= card["results"]["harmless_active_hours"]


def test_our_own_models_call_a_flood_of_knocks_unusual_and_a_few_visits_not():
    detector = UnusualTraffic.build(DetectorContext(ROOT / "rules", None, ROOT / "models"))
    knocks = make_flows(
        300, client=HOME, server=NEIGHBOUR, server_port=list(range(300)), out_packets=1, in_packets=0, out_bytes=40,
        in_bytes=0, out_payload_bytes=0, in_payload_bytes=0, in_flags=0, every_s=0.01,
    )  # fmt: skip
    said = {one.subject.name for one in detector.detect(make_traffic(knocks))}
    assert said == {HOME}
    assert all(one.severity <= Severity.LOW for one in detector.detect(make_traffic(knocks)))
    assert list(detector.detect(make_traffic(make_flows(4, client=NEIGHBOUR)))) == []


def test_one_telling_flow_among_very_many_ordinary_ones_counts_in_full():
    alone = make_traffic(make_flows(1, client=HOME, out_bytes=50_000_000))
    among = make_traffic(
        make_flows(1, client=HOME, out_bytes=50_000_000), make_flows(200, client=HOME, out_bytes=900, every_s=1.0)
    )
    for traffic in (alone, among):
        (finding,) = UnusualTraffic(StandIn("flow_rank", 5.0), None).detect(traffic)
        assert finding.evidence[0].observed == pytest.approx(50_000_000, rel=1e-4)
        assert finding.records


def test_more_of_what_attacks_do_never_lowers_the_rank():
    model = OnnxModel.load(ROOT / "models", "flow_rank")
    dice = np.random.default_rng(5)
    rows = dice.uniform(0, 6, (200, len(NAMES))).astype(np.float32)
    before = model.score(rows)
    assert before.min() >= 0
    assert (model.score(rows + dice.uniform(0, 2, rows.shape).astype(np.float32)) >= before - 1e-4).all()


@pytest.mark.parametrize(("limit", "said"), [(1.1, 1), (1.6, 0)])
def test_two_models_that_are_loud_enough_together_are_informational(limit: float, said: int):
    rank, usual = StandIn("flow_rank", 10.0), StandIn("flow_usual", 10.0)  # each hears 8.5 of 10
    rank.card.facts["together"] = {"weight": 0.5, "limit": limit}
    findings = list(UnusualTraffic(rank, usual).detect(loud_and_quiet()))
    assert [one.severity for one in findings] == [Severity.INFORMATIONAL] * said
    for one in findings:
        assert next(part.observed for part in one.evidence if part.name == "models") == ["flow_rank", "flow_usual"]
