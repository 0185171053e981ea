"""How the database looks, and how an older one becomes a newer one.

``PRAGMA user_version`` counts the steps that were taken. A step is never edited after a release; a new one is added.
Column types and statements stay within what PostgreSQL has too, so that an office-wide store can follow.
"""

from __future__ import annotations

STEP_1 = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    scope TEXT NOT NULL,
    inputs TEXT NOT NULL,          -- JSON: paths and patterns; the same inputs may be resumed
    started_at TEXT NOT NULL,
    ended_at TEXT,
    position TEXT,                 -- where a later run may go on
    verdict TEXT NOT NULL DEFAULT 'not_fully_checked',
    checked INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    duration_s REAL NOT NULL DEFAULT 0,
    stopped INTEGER NOT NULL DEFAULT 0,
    units TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE findings (
    id TEXT PRIMARY KEY,
    sense TEXT NOT NULL,           -- files, programs, network
    detector TEXT NOT NULL,
    reason TEXT NOT NULL,
    severity INTEGER NOT NULL,
    subject TEXT NOT NULL,
    search TEXT NOT NULL,          -- subject and reason in small letters
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,     -- sha256 of the file, or empty
    story TEXT,
    document TEXT NOT NULL,        -- the Finding as JSON
    first_kept_at TEXT NOT NULL,
    last_kept_at TEXT NOT NULL,
    gone_at TEXT                   -- a later check of the same place did not find it any more
) STRICT;
CREATE INDEX findings_by_time ON findings (last_kept_at);

CREATE TABLE sightings (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    was_new INTEGER NOT NULL,
    was_known INTEGER NOT NULL,
    PRIMARY KEY (run_id, finding_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_by_finding ON sightings (finding_id);

CREATE TABLE skipped (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX skipped_by_run ON skipped (run_id, reason);

CREATE TABLE judgements (
    id INTEGER PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    judgement TEXT NOT NULL,
    scope TEXT NOT NULL,
    fingerprint TEXT NOT NULL,     -- of the file as it was when the person judged
    judged_at TEXT NOT NULL,
    until TEXT,
    journal_id INTEGER NOT NULL REFERENCES journal (id),
    undone_at TEXT
) STRICT;
CREATE INDEX judgements_by_finding ON judgements (finding_id, id);

CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,         -- JSON text
    details TEXT NOT NULL,         -- JSON object
    undone_at TEXT
) STRICT;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL            -- JSON
) STRICT, WITHOUT ROWID;
"""

STEPS: tuple[str, ...] = (STEP_1,)
"""Each brings the database one version further."""
