"""Forgets what is older than people here want to keep.

Before this on the path: two settings. After it: a smaller store. Done once at each start.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop.service.keeping.activity_book import forget_old_activity
from desktop.service.keeping.baseline_book import forget_old_days
from desktop.service.keeping.database import Database
from desktop.service.keeping.documents import time_text
from desktop.service.keeping.program_book import forget_old_programs


def forget_old(database: Database, *, findings_days: int, journal_days: int, now: datetime | None = None) -> None:
    """Delete checks and findings last seen before ``findings_days``, and decisions before ``journal_days``.

    Sums of who talked to whom, and programs, go after thirty days. A judgement goes with its finding; while it stands,
    the journal keeps the line that can take it back.

    Raises:
        StoreFull, StoreBusy: not now; the next start tries again.
    """
    moment = now or datetime.now(UTC)
    oldest_finding = time_text(moment - timedelta(days=findings_days))
    oldest_line = time_text(moment - timedelta(days=journal_days))
    with database.writing() as connection:
        forget_old_days(connection, moment, oldest_finding)
        connection.execute("DELETE FROM runs WHERE started_at < ?", (oldest_finding,))
        connection.execute("DELETE FROM findings WHERE last_kept_at < ?", (oldest_finding,))
        connection.execute(
            "DELETE FROM journal WHERE at < ? AND id NOT IN (SELECT journal_id FROM judgements)", (oldest_line,)
        )
        forget_old_activity(connection, moment)
        forget_old_programs(connection, moment)
