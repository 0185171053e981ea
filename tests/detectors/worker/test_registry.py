"""Detectors are found by themselves, and a broken one silences nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest

from detectors.contract.detector import Detector
from detectors.contract.errors import CheckUnfinished, SkipReason
from detectors.contract.finding import Finding
from detectors.contract.records import ArchiveTrouble, FileRecord
from detectors.worker.registry import Panel, find_detectors
from tests.factories import make_file, make_finding


class Calm(Detector):
    name: ClassVar[str] = "calm"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = FileRecord
    reasons: ClassVar[tuple[str, ...]] = ("calm",)

    def detect(self, record) -> Iterator[Finding]:
        yield make_finding(record.name)


class Broken(Calm):
    name = "broken"

    def detect(self, record) -> Iterator[Finding]:
        yield make_finding("before it broke")
        raise KeyError(record.name)


class Unfinished(Calm):
    name = "unfinished"

    def detect(self, record) -> Iterator[Finding]:
        raise CheckUnfinished(SkipReason.TIME_LIMIT, limit_s=3)
        yield


class Boundless(Calm):
    name = "boundless"

    def detect(self, record) -> Iterator[Finding]:
        raise MemoryError
        yield


class OfArchives(Calm):
    name = "of_archives"
    reads = ArchiveTrouble


def test_every_file_in_the_room_is_found_sorted_and_once():
    names = [kind.name for kind in find_detectors()]
    assert {"archive_not_opened", "suspicious_file", "disguised_file"} <= set(names)
    assert names == sorted(set(names))


def test_a_record_goes_only_to_those_that_read_its_kind():
    findings, gap = Panel([Calm(), OfArchives()]).judge(make_file())
    assert [finding.subject.name for finding in findings] == [make_file().name]
    assert gap is None


def test_a_broken_detector_is_named_and_the_others_speak():
    findings, gap = Panel([Broken(), Calm(), Broken()]).judge(make_file("a"))
    assert [finding.subject.name for finding in findings] == ["before it broke", "a", "before it broke"]
    assert gap == (SkipReason.DETECTOR_FAILED, {"detector": "broken, broken"})


def test_one_that_could_not_finish_says_why():
    findings, gap = Panel([Unfinished(), Calm()]).judge(make_file("a"))
    assert len(findings) == 1
    assert gap == (SkipReason.TIME_LIMIT, {"detector": "unfinished", "limit_s": 3})


def test_no_memory_is_nobodys_fault():
    with pytest.raises(MemoryError):
        Panel([Boundless()]).judge(make_file())


@pytest.mark.parametrize("confidence", [float("nan"), -0.1, 1.1])
def test_a_confidence_that_is_none_is_a_failure(confidence):
    class Odd(Calm):
        def detect(self, record) -> Iterator[Finding]:
            yield make_finding(confidence=confidence)

    findings, gap = Panel([Odd()]).judge(make_file())
    assert findings == []
    assert gap == (SkipReason.DETECTOR_FAILED, {"detector": "calm"})
