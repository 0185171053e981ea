"""Runs ``quality_programs.py`` with scores of program judges that never saw the source they are asked about.

The shipped model has seen the recordings; what it lifts there is no measure of what it lifts elsewhere. Before this on
the path: ``models/train/program_rank.py --measure --unseen SCORES``. After it: the tables of ``quality_programs.py``.

    python benchmarks/unseen_programs.py SCORES [arguments of quality_programs.py]
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import quality_programs

from detectors import suspicious_start, unusual_program
from detectors.contract.programs import Program
from models.train.program_corpus import start_key


def main() -> None:
    """Put the unseen scores in the model's place, then measure."""
    if len(sys.argv) < 2:  # noqa: PLR2004 - the program and the scores
        raise SystemExit(__doc__)
    known: defaultdict[str, list[float]] = defaultdict(list)
    for line in Path(sys.argv.pop(1)).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        known[json.dumps(row["start"])].append(row["score"])

    def look_up(_score: Any, programs: Sequence[Program]) -> Any:
        """Give the mean unseen score of such a start; a start without a label has none and counts as harmless."""
        keys = [json.dumps(start_key(one)) for one in programs]
        return np.array([fmean(known.get(key, [0.0])) for key in keys], np.float32)

    for detector in (suspicious_start, unusual_program):
        detector.score_programs = look_up  # type: ignore[attr-defined]
    quality_programs.main()


if __name__ == "__main__":
    main()
