"""Live traffic is counted with the shipped models, once a stretch; recordings are not; both survive the wall."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from detectors.contract.baseline import LocalPicture, ModelCounts
from detectors.contract.detector import DetectorContext
from detectors.contract.errors import MessageRefused
from detectors.contract.finding import Subject
from detectors.contract.traffic import Traffic
from detectors.features.flow_features import FEATURES
from detectors.features.spread import BINS, form_of, is_sound
from detectors.unusual_traffic import RANK, USUAL, UnusualTraffic
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import REPORTS, SENSE_ANSWERS, pack, unpack
from detectors.worker.registry import Panel
from detectors.worker.traffic_judging import TrafficJudging
from tests.traffic_factories import HOME, NEIGHBOUR, make_flows, make_refused, make_traffic

ROOT = Path(__file__).parents[3]


class Wall:
    """Keeps what is told, as it arrives on the other side."""

    def __init__(self) -> None:
        self.parts: list[wire.InputPart] = []

    def send(self, message: wire.Message) -> None:
        arrived = unpack(pack(message), SENSE_ANSWERS)
        if isinstance(arrived, wire.InputPart):
            self.parts.append(arrived)


@pytest.fixture(scope="module")
def detector() -> UnusualTraffic:
    return UnusualTraffic.build(DetectorContext(ROOT / "rules", None, ROOT / "models"))


def counted(detector: UnusualTraffic, *stretches: Traffic) -> list[ModelCounts]:
    wall = Wall()
    subject = Subject("sense", "network")
    judging = TrafficJudging(wall, Panel([detector]), Control(), subject=subject, source="eth0", done=lambda: 0)
    for stretch in stretches:
        judging.judge(stretch, is_end=True)
    return [one for part in wall.parts for one in part.counts]


def live(**changes) -> Traffic:
    flows = make_flows(3, client=HOME), make_flows(2, client=NEIGHBOUR, out_bytes=9_000)
    return make_traffic(*flows, **{"is_recording": False} | changes)


def live_of(flows) -> Traffic:
    return make_traffic(flows, is_recording=False)


def test_flows_and_computers_of_live_traffic_are_counted(detector: UnusualTraffic):
    counts = counted(detector, live())
    assert all(map(is_sound, counts))
    assert {(one.model, one.form, one.rows, sum(one.scores)) for one in counts} == {
        (RANK, form_of(FEATURES), 2, 2),  # it judges each computer as a whole
        (USUAL, form_of(FEATURES), 5, 2),
    }
    assert len(counted(detector, live(), live())) == 4


def test_a_recording_and_open_connections_are_not_counted(detector: UnusualTraffic):
    assert counted(detector, live(is_recording=True), live(has_packets=False), make_traffic(is_recording=False)) == []


def test_a_learned_limit_makes_the_same_traffic_quieter_and_without_it_all_is_as_before(detector: UnusualTraffic):
    servers = [f"192.0.2.{number % 250 + 1}" for number in range(400)]
    loud = live_of(make_refused(400, server=servers, server_port=[one % 300 + 1 for one in range(400)], every_s=0.01))
    plain = list(detector.detect(loud))
    assert [one.reason for one in plain] == ["unusual_traffic"]
    assert list(detector.detect(replace(loud, picture=LocalPicture({}, {}, 1)))) == plain
    lifted = replace(loud, picture=LocalPicture({RANK: 1e9, USUAL: 1e9}, {}, 1))
    assert list(detector.detect(lifted)) == []


@pytest.mark.parametrize(
    "lie",
    [
        {"rows": "1"},
        {"rows": 1.5},
        {"rows": True},
        {"inputs": [[1.5]]},
        {"inputs": 7},
        {"scores": [None]},
        {"model": 3},
    ],
)
def test_counts_of_another_form_do_not_cross_the_wall(detector: UnusualTraffic, lie: dict):
    (honest, *_) = counted(detector, live())
    report = wire.SourcePart("eth0", counts=(honest,))
    assert unpack(pack(report), REPORTS) == report
    with pytest.raises(MessageRefused):
        unpack(pack(replace(report, counts=({**vars_of(honest), **lie},))), REPORTS)  # type: ignore[arg-type]


def vars_of(counts: ModelCounts) -> dict:
    return {name: getattr(counts, name) for name in ("model", "form", "rows", "inputs", "scores")}


def test_counts_too_large_to_be_true_arrive_and_are_seen_through_at_once():
    row = tuple([10**15] * BINS)
    begun = time.perf_counter()
    assert not is_sound(ModelCounts("m", "f", 10**16, (row,) * 200_000, (1,) * 128))
    assert not is_sound(ModelCounts("m", "f", 2**48, (row,) * 200, (1,) * 128))
    assert time.perf_counter() - begun < 1


def test_a_picture_goes_with_every_job_of_watching():
    picture = LocalPicture({"flow_rank": 1.1}, {"flow_rank": (0.5, 2.0)}, 3)
    for job in (
        wire.CheckConnections(1.0, picture=picture),
        wire.CheckLive("eth0", 1.0, picture=picture),
        wire.CheckPrograms(1.0, picture=picture),
    ):
        assert unpack(pack(job), frozenset({type(job)})) == job
