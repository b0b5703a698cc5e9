-- Counts that `status` and `stats` show without reading a million rows. Every verb that changes a row
-- that is counted here changes its count in the same transaction.

CREATE TABLE totals (
    -- 'albums', 'albums_imported', 'releases' (present ones), 'releases_removed', 'media', 'tracks'
    -- (of all releases), 'oddities', a state of jobs, 'failures', 'attempts', 'requests'; 'clock': the
    -- time at which a worker last took jobs; 'clock_job': the latest job when the clock was last seen
    -- to have gone back; 'clock_believed' and 'clock_leap': the latest time that was believed where
    -- something is deleted for its age, and when the clock was seen to be far ahead of it
    what  text COLLATE "C" NOT NULL,
    -- of jobs; the error code of failures, the outcome of attempts; else ''
    queue text COLLATE "C" NOT NULL,
    value bigint NOT NULL CHECK (value >= 0),
    PRIMARY KEY (what, queue)
);

-- What the workers did, for rates of work.
CREATE TABLE work (
    minute    bigint PRIMARY KEY,  -- of the wall clock, since 1970; the last day is kept
    done      bigint NOT NULL DEFAULT 0,  -- attempts that ended so
    retrying  bigint NOT NULL DEFAULT 0,
    failed    bigint NOT NULL DEFAULT 0,
    throttled bigint NOT NULL DEFAULT 0,
    other     bigint NOT NULL DEFAULT 0,  -- handed back, crashed, expired, cancelled
    requests  bigint NOT NULL DEFAULT 0,
    releases  bigint NOT NULL DEFAULT 0   -- written
);

-- How many of the releases that are present have what, for statistics.
CREATE TABLE release_counts (
    -- 'format', 'status', 'country', 'decade'; 'label': by its MBID; 'known': what is known of them
    what     text COLLATE "C" NOT NULL,
    -- '': not known; of 'known': 'label', 'barcode', 'no_barcode', 'tracks'
    value    text COLLATE "C" NOT NULL,
    releases bigint NOT NULL CHECK (releases >= 0),
    PRIMARY KEY (what, value)
);
