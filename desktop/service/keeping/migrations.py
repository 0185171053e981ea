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
    units TEXT NOT NULL DEFAULT '{}',
    sources TEXT NOT NULL DEFAULT '{}' -- JSON: what was done of each input
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

-- What people said last, of each finding.
CREATE VIEW last_judgements AS
    SELECT * FROM judgements AS j WHERE undone_at IS NULL AND id = (
        SELECT max(id) FROM judgements WHERE finding_id = j.finding_id AND undone_at IS NULL);

-- Findings with the judgement that still holds: its time is not over, and "known" speaks of the file as it is.
CREATE VIEW kept AS
    SELECT f.*, j.judgement, j.judged_at, j.until,
        coalesce(j.judgement, '') = 'known' AS is_known,
        f.gone_at IS NOT NULL OR coalesce(j.judgement, '') = 'known' AS is_solved,
        (SELECT count(*) FROM sightings AS s WHERE s.finding_id = f.id) AS times_seen
    FROM findings AS f LEFT JOIN last_judgements AS j ON j.finding_id = f.id
        AND (j.until IS NULL OR j.until > strftime('%Y-%m-%dT%H:%M:%f', 'now'))
        AND (j.judgement <> 'known' OR j.fingerprint = f.fingerprint);

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL            -- JSON
) STRICT, WITHOUT ROWID;
"""

STEP_2 = """
CREATE TABLE activity_sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,     -- a recording by its whole path; empty: this computer
    how TEXT NOT NULL,             -- recording, live, connections
    kept_at TEXT NOT NULL
) STRICT;

CREATE TABLE activity (
    source_id INTEGER NOT NULL REFERENCES activity_sources (id) ON DELETE CASCADE,
    minute INTEGER NOT NULL,       -- seconds since 1970
    program TEXT NOT NULL,
    host TEXT NOT NULL,            -- address of the near end
    address TEXT NOT NULL,         -- address of the far end
    port INTEGER NOT NULL,
    transport TEXT NOT NULL,
    service TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    owner TEXT NOT NULL,
    maker TEXT NOT NULL,
    out_bytes INTEGER NOT NULL,
    in_bytes INTEGER NOT NULL,
    contacts INTEGER NOT NULL,
    is_listener INTEGER NOT NULL,
    kept_on TEXT NOT NULL          -- day; forgotten after thirty of them
) STRICT;
CREATE INDEX activity_by_minute ON activity (source_id, minute);
CREATE INDEX activity_by_day ON activity (kept_on);

-- What this computer has learned to know, for thirty days after it was seen last.
CREATE TABLE known_network (
    kind TEXT NOT NULL,            -- device, destination
    name TEXT NOT NULL,            -- hardware address; name or address
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    days INTEGER NOT NULL,         -- on how many days it was seen
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
"""
STEP_3 = """
-- What a judgement is about: a file's finding itself; of a computer the same thing on any day.
ALTER TABLE findings ADD COLUMN matter TEXT NOT NULL DEFAULT '';
ALTER TABLE judgements ADD COLUMN matter TEXT NOT NULL DEFAULT '';
UPDATE findings SET matter = id;
UPDATE judgements SET matter = finding_id;
CREATE INDEX judgements_by_matter ON judgements (matter, id);
DROP VIEW kept;
DROP VIEW last_judgements;
CREATE VIEW last_judgements AS
    SELECT * FROM judgements AS j WHERE undone_at IS NULL AND id = (
        SELECT max(id) FROM judgements WHERE matter = j.matter AND undone_at IS NULL);
CREATE VIEW kept AS
    SELECT f.*, j.judgement, j.judged_at, j.until,
        coalesce(j.judgement, '') = 'known' AS is_known,
        f.gone_at IS NOT NULL OR coalesce(j.judgement, '') = 'known' AS is_solved,
        (SELECT count(*) FROM sightings AS s WHERE s.finding_id = f.id) AS times_seen
    FROM findings AS f LEFT JOIN last_judgements AS j ON j.matter = f.matter
        AND (j.until IS NULL OR j.until > strftime('%Y-%m-%dT%H:%M:%f', 'now'))
        AND (j.judgement <> 'known' OR j.fingerprint = f.fingerprint);
"""
STEP_4 = """
CREATE TABLE program_sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,     -- a recording as it was given; empty: this computer
    how TEXT NOT NULL,             -- recording, programs
    kept_at TEXT NOT NULL,
    coverage TEXT NOT NULL DEFAULT 'null' -- JSON: what share of all starts was seen
) STRICT;

CREATE TABLE programs (
    source_id INTEGER NOT NULL REFERENCES program_sources (id) ON DELETE CASCADE,
    key TEXT NOT NULL,             -- names it within its source
    parent TEXT NOT NULL,          -- key of who started it
    first_s REAL,                  -- seconds since 1970
    last_s REAL,                   -- its end; of this computer when it was seen last
    document TEXT NOT NULL,        -- the ProgramRow as JSON; secrets are masked in it
    kept_on TEXT NOT NULL,         -- day; forgotten after thirty of them
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX programs_by_parent ON programs (source_id, parent);
CREATE INDEX programs_by_day ON programs (kept_on);

-- Who starts whom and who listens on this computer, as hashes, for thirty days after it was seen last.
CREATE TABLE known_programs (
    kind TEXT NOT NULL,            -- pair, listener
    key TEXT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    days INTEGER NOT NULL,         -- on how many days it was seen
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- What started programs and let people in at the last look at this computer.
CREATE TABLE known_places (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL         -- JSON: PlaceItem
) STRICT;
"""
STEP_5 = """
-- What programs used in the course of time; a bounded number of points for each.
CREATE TABLE program_loads (
    source_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    at_s REAL NOT NULL,            -- seconds since 1970
    cpu_share REAL,                -- of one core, since the point before; null: unknown
    memory_bytes INTEGER,
    moved_bytes INTEGER,           -- read and written since the point before
    PRIMARY KEY (source_id, key, at_s),
    FOREIGN KEY (source_id, key) REFERENCES programs (source_id, key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
"""
STEP_6 = """
-- Hours in which somebody looked at this computer: what is counted, counts for one of them.
CREATE TABLE look_hours (
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,         -- 0 to 23, UTC
    looks INTEGER NOT NULL,
    PRIMARY KEY (day, hour)
) STRICT, WITHOUT ROWID;

-- What these looks found: nothing is learned from an hour with a serious one.
CREATE TABLE look_findings (
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,
    finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    PRIMARY KEY (day, hour, finding_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX look_findings_by_finding ON look_findings (finding_id);

-- How inputs and scores of learned models were spread in one hour's looks; counts in fixed bins, no values.
CREATE TABLE model_counts (
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,
    model TEXT NOT NULL,
    form TEXT NOT NULL,            -- counts of different forms are never added
    document TEXT NOT NULL,        -- JSON: ModelCounts
    PRIMARY KEY (day, hour, model, form)
) STRICT, WITHOUT ROWID;

-- Figures of a day: bytes sent, programs started ...
CREATE TABLE day_figures (
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;

-- Who starts whom and who listens, for each person apart, as hashes. What was learned before persons were told apart
-- holds for everybody (person is empty) and goes thirty days after it was seen last.
CREATE TABLE known_by_person (
    kind TEXT NOT NULL,            -- pair, listener
    key TEXT NOT NULL,
    person TEXT NOT NULL,          -- hash of the account's name
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    days INTEGER NOT NULL,         -- on how many days it was seen
    PRIMARY KEY (kind, key, person)
) STRICT, WITHOUT ROWID;
INSERT INTO known_by_person (kind, key, person, first_on, last_on, days)
    SELECT kind, key, '', first_on, last_on, days FROM known_programs;
DROP TABLE known_programs;
ALTER TABLE known_by_person RENAME TO known_programs;

-- What was learned to be usual here, whole; which one is in use is a setting, so that the journal can take it back.
CREATE TABLE baselines (
    number INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,         -- learning_period, person
    document TEXT NOT NULL,        -- canonical JSON: Learned
    fingerprint TEXT NOT NULL      -- SHA-256 of the document
) STRICT;
"""

STEPS: tuple[str, ...] = (STEP_1, STEP_2, STEP_3, STEP_4, STEP_5, STEP_6)
"""Each brings the database one version further."""
