"""A computer's traffic is asked about again with other numbers: the same models, the same limits, all its flows."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.baseline import LocalPicture
from detectors.engines.onnx_engine import OnnxModel
from detectors.features.flow_features import FEATURES, NAMES, compute_flow_features
from detectors.features.flow_reasons import Asked, Case, as_told, changed_row, explain_case, find_change
from detectors.features.occlusion import find_reasons
from detectors.unusual_traffic import hear_hosts, make_cases
from tests.traffic_factories import HOME, NEIGHBOUR, make_flows, make_traffic

MODELS = Path(__file__).parents[3] / "models"
OUT, IN, TCP = (NAMES.index(name) for name in ("flow_out_bytes", "flow_in_bytes", "flow_tcp"))
SHARE = NAMES.index("flow_out_share")
KNOCKS = {
    "client": HOME, "server": NEIGHBOUR, "server_port": list(range(300)), "out_packets": 1, "in_packets": 0,
    "out_bytes": 40, "in_bytes": 0, "out_payload_bytes": 0, "in_payload_bytes": 0, "in_flags": 0, "every_s": 0.01,
}  # fmt: skip


def row_of(**values: float) -> np.ndarray:
    row = np.zeros(len(NAMES), np.float32)
    for name, value in values.items():
        row[NAMES.index(name)] = np.log1p(value)
    return row


def case_of(rows: np.ndarray, score, limit: float = 1.0) -> Case:
    asked = [Asked(score, limit, 1.0, rows, 10)]
    return Case(rows[0], np.zeros(len(NAMES), np.float32), asked, 1.0, is_sum=False)


def told(evidence) -> dict:
    return {one.name: (one.observed, one.usual, one.unit) for one in evidence}


def test_reasons_stand_beside_what_is_usual_and_the_change_beside_what_was_seen():
    rows = np.stack([row_of(flow_out_bytes=5_000_000, flow_in_bytes=40)])
    case = case_of(rows, lambda trials: trials[:, OUT] + trials[:, IN] / 100, limit=float(np.log1p(10_000)))
    found = explain_case(case, case)
    assert found[0].name == "flow_out_bytes"
    facts = told(found)
    assert facts["flow_out_bytes"] == (pytest.approx(5_000_000, rel=1e-5), 0, "bytes")
    seen, calm, unit = facts["would_be_flow_out_bytes"]
    assert (seen, unit) == (pytest.approx(5_000_000, rel=1e-5), "bytes")
    assert 8_000 < calm < 10_000
    assert float(f"{calm:.3g}") == calm  # three figures, and those were scored


def test_where_no_change_of_three_calms_it_is_said():
    rows = np.full((1, len(NAMES)), 3.0, np.float32)
    case = case_of(rows, lambda trials: trials.sum(axis=1))
    assert told(explain_case(case, case))["would_be_usual"] == (False, None, "")


def test_a_change_must_calm_all_flows_not_only_the_loudest():
    few = np.stack([row_of(flow_out_bytes=1e9)] * 10)
    many = np.concatenate([few, np.stack([row_of(flow_in_bytes=1e9)] * 10)])

    def score(trials):
        return np.maximum(trials[:, OUT], trials[:, IN])

    loudest, whole = case_of(few, score), case_of(many, score)
    reasons = find_reasons(loudest.judge, loudest.distances)
    assert find_change(loudest, loudest, reasons) is not None
    assert find_change(loudest, whole, reasons) is None


def test_a_number_is_taken_back_in_every_flow_that_exceeds_it_and_only_there():
    rows = np.stack([row_of(flow_out_bytes=9_000), row_of(flow_out_bytes=100)])
    seen: list[np.ndarray] = []

    def score(trials):
        seen.append(trials[:, OUT])
        return trials[:, OUT]

    case = case_of(rows, score)
    trial = case.seen.copy()
    trial[OUT] = np.log1p(500)
    case.score(trial[None, :])
    assert np.expm1(seen[-1]).round().tolist() == [500, 100]


def test_only_what_is_odd_together_is_told_so():
    rows = np.stack([row_of(flow_out_bytes=100, flow_in_bytes=100)])
    case = case_of(rows, lambda trials: 10.0 * ((trials[:, OUT] > 1) & (trials[:, IN] > 1)))
    names = [one.name for one in explain_case(case, case)]
    assert names[:3] == ["flow_out_bytes", "flow_in_bytes", "sign_only_together"]


def test_numbers_are_rounded_as_they_are_told():
    values = np.array([np.log1p(1_234_567), 0.4567, 0.4, 0.6], np.float32)
    rounded = as_told(values, np.array([OUT, SHARE, TCP, TCP]))
    assert np.expm1(rounded[0]) == pytest.approx(1_230_000, rel=1e-5)
    assert rounded[1:].tolist() == pytest.approx([0.46, 0, 1])
    assert np.isfinite(as_told(np.array([-5.0, 0.0, 80.0], np.float32), np.array([OUT, OUT, OUT]))).all()


def models() -> list[OnnxModel]:
    return [OnnxModel.load(MODELS, name) for name in ("flow_rank", "flow_usual")]


def test_our_own_models_are_silent_with_the_change_that_is_told():
    traffic = make_traffic(make_flows(300, **KNOCKS))
    features = compute_flow_features(traffic)
    (heard,) = hear_hosts(features, traffic.flows.client, models(), LocalPicture())
    case, whole = make_cases(heard, features, LocalPicture())
    assert heard.speaks
    assert float(case.score(case.seen[None, :])[0]) > case.limit
    reasons = find_reasons(case.judge, case.distances)
    assert FEATURES[reasons.parts[0]].name.startswith(("minute_", "flow_"))
    change = find_change(case, whole, reasons)
    if change is not None:
        assert float(whole.score(changed_row(change, case)[None, :])[0]) < whole.limit
    again = explain_case(case, whole)
    assert again == explain_case(case, whole)
    assert (change is None) == ("would_be_usual" in told(again))


def test_explaining_costs_at_most_twenty_milliseconds():
    traffic = make_traffic(make_flows(300, **KNOCKS))
    features = compute_flow_features(traffic)
    (heard,) = hear_hosts(features, traffic.flows.client, models(), LocalPicture())
    spent = []
    for _ in range(7):
        began = time.process_time()
        explain_case(*make_cases(heard, features, LocalPicture()))
        spent.append(time.process_time() - began)
    assert min(spent) < 0.020


def test_what_was_learned_here_moves_limit_and_usual_values():
    traffic = make_traffic(make_flows(300, **KNOCKS))
    usual = tuple([0.5] * len(NAMES))
    picture = LocalPicture(
        limits={"flow_rank": 1.5, "flow_usual": 1.2}, usual={"flow_rank": usual, "flow_usual": usual}
    )
    features = compute_flow_features(traffic)
    (heard,) = hear_hosts(features, traffic.flows.client, models(), picture)
    shipped = [model.card.threshold for model in models()]
    assert [voice.limit for voice in heard.voices] == pytest.approx([shipped[0] * 1.5, shipped[1] * 1.2])
    case, _ = make_cases(heard, features, picture)
    assert case.usual.tolist() == [0.5] * len(NAMES)
