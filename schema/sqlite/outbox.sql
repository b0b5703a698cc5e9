-- The outbox: what is still to be done about an album, written in the album's own transaction.
-- Which kinds of jobs there are is no matter of the tables: see JobKind in lib/domain/job.hpp.

CREATE TABLE workers (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,   -- host:pid
    boot         TEXT NOT NULL,   -- of the machine (the kernel's boot_id), '' if not known
    started_at   INTEGER NOT NULL,
    memory_kills INTEGER          -- by the kernel, of any process in this boot, before it started
) STRICT;

CREATE TABLE jobs (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL CHECK (kind <> '' AND kind NOT GLOB '*[^a-z_]*'),
    -- What it is about: an album, something else that has an MBID, or neither.
    album_id      INTEGER REFERENCES albums (id),
    subject       BLOB CHECK (length(subject) = 16),
    arguments     TEXT,     -- what its kind wants to know beside that, in a form of its own
    queue         TEXT NOT NULL,
    priority      INTEGER NOT NULL,
    state         TEXT NOT NULL
        CHECK (state = 'pending' OR state = 'running' OR state = 'done' OR state = 'failed'
               OR state = 'cancelled' OR state = 'superseded'),
    attempts      INTEGER NOT NULL DEFAULT 0,  -- spent; one under way is counted
    claim         INTEGER NOT NULL DEFAULT 0,  -- the fencing token: grows with every claim
    -- Workers that died with it in hand, since one lived through it: of themselves, or killed.
    crashes       INTEGER NOT NULL DEFAULT 0,
    kills         INTEGER NOT NULL DEFAULT 0,
    suspect       INTEGER NOT NULL DEFAULT 0 CHECK (suspect = 0 OR suspect = 1),  -- to be done alone
    run_at        INTEGER NOT NULL,
    worker_id     INTEGER,
    lease_until   INTEGER,  -- milliseconds of the machine's monotonic clock, in its worker's boot
    error_code    TEXT,
    error_message TEXT,
    created_at    INTEGER NOT NULL,
    started_at    INTEGER,  -- of its last attempt
    finished_at   INTEGER,
    CHECK (album_id IS NULL OR subject IS NULL),
    CHECK ((state = 'running') = (worker_id IS NOT NULL)),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((state = 'pending' OR state = 'running') = (finished_at IS NULL))
) STRICT;

-- At most one job of a kind is open for an album, or for another subject; those without any are
-- found by the second.
CREATE UNIQUE INDEX jobs_open_by_album ON jobs (album_id, kind)
    WHERE state IN ('pending', 'running') AND album_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_open_by_subject ON jobs (kind, subject)
    WHERE state IN ('pending', 'running') AND album_id IS NULL;
-- What is due, found queue by queue and priority by priority.
CREATE INDEX jobs_due ON jobs (queue, priority, run_at, id) WHERE state = 'pending';
CREATE INDEX jobs_running ON jobs (worker_id) WHERE state = 'running';
CREATE INDEX jobs_failed ON jobs (finished_at, error_code) WHERE state = 'failed';
CREATE INDEX jobs_failed_by_album ON jobs (album_id)
    WHERE state = 'failed' AND album_id IS NOT NULL;
CREATE INDEX jobs_finished ON jobs (finished_at)
    WHERE state = 'done' OR state = 'cancelled' OR state = 'superseded';
CREATE INDEX jobs_by_album ON jobs (album_id) WHERE album_id IS NOT NULL;

CREATE TABLE attempts (
    job_id        INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    claim         INTEGER NOT NULL,
    attempt       INTEGER NOT NULL,
    worker_id     INTEGER NOT NULL,
    started_at    INTEGER NOT NULL,
    finished_at   INTEGER,
    outcome       TEXT NOT NULL
        CHECK (outcome = 'running' OR outcome = 'done' OR outcome = 'retrying'
               OR outcome = 'failed' OR outcome = 'released' OR outcome = 'crashed'
               OR outcome = 'killed' OR outcome = 'expired' OR outcome = 'cancelled'),
    error_code    TEXT,
    error_message TEXT,
    requests      INTEGER NOT NULL DEFAULT 0,
    releases      INTEGER NOT NULL DEFAULT 0,  -- written: created, updated or removed
    PRIMARY KEY (job_id, claim),
    CHECK ((outcome = 'running') = (finished_at IS NULL))
) STRICT, WITHOUT ROWID;

-- Queues that are paused; '*' is all of them.
CREATE TABLE paused_queues (
    queue     TEXT PRIMARY KEY,
    paused_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Release groups that an album known by name may be, as the last attempt found them: what a person
-- chooses from when a job failed as ambiguous or not_found.
CREATE TABLE job_candidates (
    job_id             INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    position           INTEGER NOT NULL,  -- the likeliest first
    mbid               BLOB NOT NULL CHECK (length(mbid) = 16),
    title              TEXT NOT NULL,
    artist             TEXT NOT NULL,
    first_release_date TEXT,
    primary_type       TEXT,
    secondary_types    TEXT,              -- separated by U+001F; NULL: none
    disambiguation     TEXT,
    score              INTEGER CHECK (score BETWEEN 0 AND 100),
    PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;
