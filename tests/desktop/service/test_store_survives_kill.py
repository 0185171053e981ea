"""Whatever was shown is kept, even when the program is killed in the middle of writing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.service.keeping.database import Database
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.store import Store

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("PLAINWATCH_KILLS", "30"))
"""The promise is 200; set it for a release."""

WRITER = """
import sys
from pathlib import Path
from desktop.service.keeping.database import Database
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.store import Counts, Store
from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Subject
from tests.factories import make_finding

start = int(sys.argv[2])
store = Store(Database(Path(sys.argv[1])))
run = store.begin_run("scan files", "paths", ["/x"])
print("ready", flush=True)
for batch in range(start, start + 1_000_000):
    findings = [make_finding(f"/x/{batch}/{i}") for i in range(7)]
    line = SkippedCheck(Subject.file(f"/x/{batch}"), SkipReason.FIFO, "/x")
    counts = Counts(checked=7 * (batch - start + 1), skipped=batch - start + 1)
    store.save_batch(run, counts, position=str(batch), findings=findings, skipped=[line])
    print(batch, flush=True)
"""


@pytest.mark.timeout(60 + 2 * KILLS)
def test_nothing_that_was_announced_is_lost_by_kill_9(tmp_path: Path):
    choice = random.Random(20261123)
    announced: set[str] = set()
    slowest_s = 0.0
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(kill * 1_000_000)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(choice.uniform(0, 0.06))
            writer.kill()
            announced |= {line.strip() for line in writer.stdout if line.endswith("\n")}
        began_at = time.monotonic()
        database = Database(tmp_path)  # checks that the file is whole, else StoreDamaged
        slowest_s = max(slowest_s, time.monotonic() - began_at)
        assert_kept(database, announced)
        database.close()
    assert len(announced) > KILLS
    assert slowest_s < 2


def assert_kept(database: Database, announced: set[str]) -> None:
    names = {one.finding.subject.name for one in Findings(database).select()}
    assert {f"/x/{batch}/{i}" for batch in announced for i in range(7)} <= names
    assert len(names) % 7 == 0  # a batch is there whole or not at all
    for run in Store(database).runs(1):
        assert run.seen == run.checked + run.skipped
        assert run.checked == 7 * run.skipped  # counts, findings and lines of a batch stand or fall together
        assert len(Store(database).skipped_of(run.id)) == run.skipped
