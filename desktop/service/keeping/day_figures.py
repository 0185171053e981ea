"""Figures of a day of this computer, computed from what is kept of its traffic and programs anyway.

Before this on the path: ``activity_book.py`` and ``program_book.py``, which kept the day. After it:
``baseline_book.py``, which keeps the figures for longer than the day itself.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

FIGURES = (
    "sent_bytes", "received_bytes", "programs_calling", "new_destinations", "listeners", "programs_started",
    "new_programs", "hours_looked",
)  # fmt: skip
"""Figures of a day. There is none about a person: hours are those in which somebody asked for a look."""


def compute_figures(connection: sqlite3.Connection, day: date) -> dict[str, float]:
    """Compute the figures of a day; what could not be seen on it is missing, and is not nothing."""
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    span, on = (start, start + 86_400 - 1), day.isoformat()
    talked = connection.execute(
        "SELECT count(*) AS n, sum(program <> '') AS named, total(out_bytes) AS sent, total(in_bytes) AS received,"
        " count(DISTINCT CASE WHEN is_listener = 0 AND program <> '' THEN program END) AS programs,"
        " count(DISTINCT CASE WHEN is_listener = 1 THEN program || ':' || port END) AS listeners"
        " FROM activity WHERE source_id = (SELECT id FROM activity_sources WHERE name = '') AND minute BETWEEN ? AND ?",
        span,
    ).fetchone()
    ran = connection.execute(
        "SELECT count(*) AS n, sum(first_s BETWEEN ? AND ?) AS started FROM programs"
        " WHERE source_id = (SELECT id FROM program_sources WHERE name = '') AND kept_on = ?",
        (*span, on),
    ).fetchone()
    count = "SELECT count(*) AS n FROM {} WHERE kind = ? AND first_on = ?"
    figures: dict[str, float] = {}
    if talked["n"]:
        names = connection.execute(count.format("known_network"), ("destination", on)).fetchone()["n"]
        figures |= {"new_destinations": names}
        if talked["named"]:  # packets alone do not tell whose they are
            figures |= {"programs_calling": talked["programs"], "listeners": talked["listeners"]}
        if talked["sent"] + talked["received"]:  # open connections alone have no sizes
            figures |= {"sent_bytes": talked["sent"], "received_bytes": talked["received"]}
    if ran["n"]:
        pairs = connection.execute(count.format("known_programs"), ("pair", on)).fetchone()["n"]
        figures |= {"programs_started": ran["started"] or 0, "new_programs": pairs}
    hours = connection.execute("SELECT count(*) AS n FROM look_hours WHERE day = ?", (on,)).fetchone()["n"]
    return {name: float(value) for name, value in ({"hours_looked": hours} | figures).items()}
