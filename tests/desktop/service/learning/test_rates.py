from __future__ import annotations

from pathlib import Path

import pytest

from desktop.service.learning.rates import FEWEST_CASES, MAX_BYTES, MAX_RATES, MeasuredRate, Rates, fingerprints_of
from desktop.service.learning.views import Share
from detectors.contract.finding import Severity
from tests.factories import make_finding

ROW = {
    "reason": '"macro_document"', "band": '"medium"', "cases": "200", "harmless": "16", "lowest": "0.0499",
    "highest": "0.1259",
}  # fmt: skip


def write(path: Path, *rows: dict[str, str], head: str = "") -> Path:
    parts = ["[[rates]]\n" + "".join(f"{key} = {value}\n" for key, value in row.items()) for row in rows]
    path.write_text(head + "\n".join(parts), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rates.toml"


def test_a_rate_is_rounded_so_that_the_range_still_holds(file: Path):
    rate = Rates.read(write(file, ROW)).of(make_finding(reason="macro_document", severity=Severity.MEDIUM))
    assert rate == MeasuredRate(cases=200, harmless=8, lowest=4, highest=13)


def test_a_rate_is_of_one_reason_and_one_strength(file: Path):
    rates = Rates.read(write(file, ROW, ROW | {"band": '"high"', "harmless": "10"}))
    assert rates.of(make_finding(reason="macro_document", severity=Severity.LOW)) is None
    assert rates.of(make_finding(reason="lure_file", severity=Severity.MEDIUM)) is None
    strongest = rates.of(make_finding(reason="macro_document", severity=Severity.CRITICAL))
    assert strongest is not None
    assert strongest.harmless == 5


def test_below_a_hundred_cases_there_is_no_number_but_the_count_is_kept(file: Path):
    few = ROW | {"cases": str(FEWEST_CASES - 1), "harmless": "7"}
    rates = Rates.read(write(file, few))
    assert rates.of(make_finding(reason="macro_document", severity=Severity.MEDIUM)) is None
    assert rates.shares()["macro_document", "medium"].cases == FEWEST_CASES - 1


def test_a_rate_holds_for_the_model_it_was_measured_with_alone(tmp_path: Path, file: Path):
    shipped, own = tmp_path / "models", tmp_path / "own"
    shipped.mkdir()
    (shipped / "guess.onnx").write_bytes(b"one")
    fingerprint = fingerprints_of(shipped)["guess"]
    head = f'[[models]]\nname = "guess"\nsha256 = "{fingerprint}"\n'
    write(file, ROW | {"models": '["guess"]'}, head=head)
    finding = make_finding(reason="macro_document", severity=Severity.MEDIUM)
    assert Rates.read(file, fingerprints_of(shipped, own)).of(finding) is not None
    own.mkdir()
    (own / "guess.onnx").write_bytes(b"another")
    changed = Rates.read(file, fingerprints_of(shipped, own))
    assert changed.of(finding) is None
    assert changed.outdated == 1
    assert Rates.read(file, {}).of(finding) is None


@pytest.mark.parametrize(
    "change",
    [
        {"cases": "0", "harmless": "0"},
        {"cases": "true"},
        {"cases": "200.0"},
        {"cases": "99999999999999"},
        {"harmless": "-1"},
        {"harmless": "201"},
        {"lowest": "nan"},
        {"highest": "inf"},
        {"lowest": "0.09"},
        {"highest": "0.07"},
        {"highest": "1.01"},
        {"lowest": '"0"'},
        {"reason": "7"},
        {"band": '["high"]'},
        {"models": '"guess"'},
        {"models": "[7]"},
    ],
)
def test_a_row_that_makes_no_sense_is_counted_and_the_others_stay(file: Path, change: dict[str, str]):
    rates = Rates.read(write(file, ROW | {"reason": '"lure_file"'} | change, ROW))
    assert rates.refused == 1
    assert list(rates.shares()) == [("macro_document", "medium")]


@pytest.mark.parametrize(
    "text",
    [
        b"\xff", b"rates = 7", b"[rates", b"rates = [7]", b"x = " + b"[" * 100_000, b"#" * (MAX_BYTES + 1),
        b"[[rates]]\n" * (MAX_RATES + 1),
    ],
)  # fmt: skip
def test_a_file_that_makes_no_sense_gives_no_rate(file: Path, text: bytes):
    file.write_bytes(text)
    rates = Rates.read(file, {})
    assert not rates.shares()
    assert rates.refused


def test_no_file_gives_no_rate_and_is_no_trouble(tmp_path: Path):
    rates = Rates.read(tmp_path / "none.toml")
    assert (rates.shares(), rates.refused) == ({}, 0)


def test_a_share_of_nothing_is_told_with_its_range():
    assert MeasuredRate.of(Share(100, 0.0, 0.0, 0.0370)) == MeasuredRate(100, 0, 0, 4)
