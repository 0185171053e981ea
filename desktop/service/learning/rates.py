"""How often alarms of a kind turned out harmless in tests: what ``benchmarks/quality.py --rates`` measured.

Before this on the path: ``resources/measured/rates.toml``, written by that script alone. After it: the explanation of
a finding. A rate belongs to a reason and a strength; where it was measured with a learned model, it holds for exactly
that model. Tests are not this office: what share of its alarms is harmless, depends on how often it is attacked.
"""

from __future__ import annotations

import hashlib
import logging
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.service.learning.views import Share
from detectors.contract.finding import Finding, Severity

FEWEST_CASES = 100
"""Below this many measured cases there is no rate, only the plain sentence that there is none."""
MAX_BYTES = 1_000_000
"""Of the file; ours is a hundredth of it."""
MAX_RATES = 2_000
MOST_CASES = 10**9

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MeasuredRate:
    """How often a kind of alarm turned out harmless, from data used neither for training nor for setting limits."""

    cases: int
    """Cases that were measured."""
    harmless: int
    """Of 100, rounded."""
    lowest: int
    """Lower end of the range, of 100."""
    highest: int
    """Upper end of the range, of 100."""

    @classmethod
    def of(cls, share: Share) -> MeasuredRate:
        """Round to whole numbers that people use; the range is rounded outwards, so that it still holds."""
        lowest, highest = math.floor(100 * share.lowest), math.ceil(100 * share.highest)
        return cls(share.cases, round(100 * share.share), lowest, highest)


def fingerprints_of(*folders: Path) -> dict[str, str]:
    """Compute the SHA-256 of each model in some folders, by name; of two of one name the later folder's is in use."""
    found: dict[str, str] = {}
    for path in (path for folder in folders for path in _models_in(folder)):
        try:
            with path.open("rb") as stream:
                found[path.stem] = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            found.pop(path.stem, None)  # a rate that may belong to another model is not told
    return found


def _models_in(folder: Path) -> list[Path]:
    """List the models of a folder; none where the way there is closed, as no model can be asked there either."""
    try:
        return sorted(folder.glob("*.onnx"))
    except OSError:
        return []


def band_of(severity: Severity) -> str:
    """Name the strength of an alarm, as rates are measured: the two strongest severities are one."""
    return min(severity, Severity.HIGH).word


class Rates:
    """Measured rates by reason and strength."""

    def __init__(self, shares: Mapping[tuple[str, str], Share], *, refused: int = 0, outdated: int = 0) -> None:
        self._shares = dict(shares)
        self.refused = refused
        """Rows that make no sense; -1 where the whole file does not."""
        self.outdated = outdated
        """Rows that were measured with another model than the one in use."""

    @classmethod
    def read(cls, path: Path, models: Mapping[str, str] | None = None) -> Rates:
        """Read the file; none, or one that makes no sense, gives no rate at all.

        Args:
            path: ``resources/measured/rates.toml``.
            models: fingerprint of each model in use, by name; None: whatever models are in use.
        """
        try:
            with path.open("rb") as stream:
                text = stream.read(MAX_BYTES + 1)
            told = tomllib.loads(text.decode("utf-8")) if len(text) <= MAX_BYTES else None
        except FileNotFoundError:
            return cls({})
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            _log.warning("measured rates could not be read: %s", type(error).__name__)
            return cls({}, refused=-1)
        rows = told.get("rates") if told is not None else None
        if told is None or not isinstance(rows, list) or len(rows) > MAX_RATES:
            return cls({}, refused=-1)
        return cls._of_rows(rows, _others(told.get("models"), models))

    @classmethod
    def _of_rows(cls, rows: list[Any], others: frozenset[str]) -> Rates:
        """Take the rows that make sense and were measured with the models in use."""
        shares: dict[tuple[str, str], Share] = {}
        refused = outdated = 0
        for row in rows:
            share = _share_of(row)
            if share is None:
                refused += 1
            elif others.intersection(row.get("models", ())):
                outdated += 1
            else:
                shares[row["reason"], row["band"]] = share
        if refused:
            _log.warning("%d measured rates make no sense", refused)
        return cls(shares, refused=refused, outdated=outdated)

    def of(self, finding: Finding) -> MeasuredRate | None:
        """Give the rate of alarms like this one; None where too few cases were measured."""
        share = self._shares.get((finding.reason, band_of(finding.severity)))
        if share is None or share.cases < FEWEST_CASES:
            return None
        return MeasuredRate.of(share)

    def shares(self) -> Mapping[tuple[str, str], Share]:
        """List all that was measured, by reason and strength, whether a number is told of it or not."""
        return dict(self._shares)


def _others(measured: Any, in_use: Mapping[str, str] | None) -> frozenset[str]:
    """Name the models that are not those that were measured."""
    if in_use is None or not isinstance(measured, list):
        return frozenset()
    known = {one.get("name"): one.get("sha256") for one in measured if isinstance(one, dict)}
    return frozenset(name for name in known if isinstance(name, str) and in_use.get(name) != known[name])


def _share_of(row: Any) -> Share | None:
    """Check one row: it may be edited by anybody."""
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ("reason", "band")):
        return None
    names = row.get("models", [])
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        return None
    cases, harmless = row.get("cases"), row.get("harmless")
    if type(cases) is not int or type(harmless) is not int or not 0 <= harmless <= cases <= MOST_CASES or not cases:
        return None
    ends: list[Any] = [row.get("lowest"), row.get("highest")]
    if not all(isinstance(end, float | int) and not isinstance(end, bool) and math.isfinite(end) for end in ends):
        return None
    lowest, highest = (float(end) for end in ends)
    share = harmless / cases
    return Share(cases, share, lowest, highest) if 0 <= lowest <= share <= highest <= 1 else None
