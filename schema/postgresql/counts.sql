-- Counts that `status` and `stats` show without reading a million rows. Every verb that changes a row
-- that is counted here changes its count in the same transaction.

--
-- Two who count in one row would wait for each other. So each adds a row of what it changed to the
-- *_changes, what is right now is in the views, and fold_counts() adds up now and then.

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

INSERT INTO totals VALUES ('clock', '', 0);

CREATE TABLE total_changes (
    what   text COLLATE "C" NOT NULL,
    queue  text COLLATE "C" NOT NULL,
    change bigint NOT NULL
);

CREATE VIEW current_totals AS
SELECT what, queue, sum(value)::bigint AS value
FROM (SELECT what, queue, value FROM totals
      UNION ALL SELECT what, queue, change FROM total_changes) counted
GROUP BY what, queue;

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

CREATE TABLE work_changes (LIKE work INCLUDING DEFAULTS);

CREATE VIEW current_work AS
SELECT minute, sum(done)::bigint AS done, sum(retrying)::bigint AS retrying,
       sum(failed)::bigint AS failed, sum(throttled)::bigint AS throttled,
       sum(other)::bigint AS other, sum(requests)::bigint AS requests,
       sum(releases)::bigint AS releases
FROM (SELECT * FROM work UNION ALL SELECT * FROM work_changes) counted
GROUP BY minute;

-- How many of the releases that are present have what, for statistics.
CREATE TABLE release_counts (
    -- 'format', 'status', 'country', 'decade'; 'label': by its MBID; 'known': what is known of them
    what     text COLLATE "C" NOT NULL,
    -- '': not known; of 'known': 'label', 'barcode', 'no_barcode', 'tracks'
    value    text COLLATE "C" NOT NULL,
    releases bigint NOT NULL CHECK (releases >= 0),
    PRIMARY KEY (what, value)
);

CREATE TABLE release_count_changes (
    what   text COLLATE "C" NOT NULL,
    value  text COLLATE "C" NOT NULL,
    change bigint NOT NULL
);

CREATE VIEW current_release_counts AS
SELECT what, value, sum(releases)::bigint AS releases
FROM (SELECT what, value, releases FROM release_counts
      UNION ALL SELECT what, value, change FROM release_count_changes) counted
GROUP BY what, value;

-- Adds up what has changed, unless somebody else is at it.
CREATE FUNCTION fold_counts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pressings, pg_temp AS $$
BEGIN
    PERFORM 1 FROM catalogue FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;

    -- What is inserted here is not seen by the UPDATE beside it.
    WITH changed AS (DELETE FROM total_changes RETURNING *),
    summed AS (SELECT what, queue, sum(change) AS change FROM changed GROUP BY what, queue),
    begun AS (INSERT INTO totals (what, queue, value) SELECT what, queue, change FROM summed s
              WHERE NOT EXISTS (SELECT FROM totals t WHERE t.what = s.what AND t.queue = s.queue))
    UPDATE totals t SET value = t.value + s.change FROM summed s
    WHERE t.what = s.what AND t.queue = s.queue AND s.change <> 0;

    WITH changed AS (DELETE FROM release_count_changes RETURNING *),
    summed AS (SELECT what, value, sum(change) AS change FROM changed GROUP BY what, value),
    begun AS (INSERT INTO release_counts (what, value, releases)
              SELECT what, value, change FROM summed s
              WHERE NOT EXISTS (SELECT FROM release_counts c
                                WHERE c.what = s.what AND c.value = s.value))
    UPDATE release_counts c SET releases = c.releases + s.change FROM summed s
    WHERE c.what = s.what AND c.value = s.value AND s.change <> 0;

    WITH changed AS (DELETE FROM work_changes RETURNING *),
    summed AS (SELECT minute, sum(done) AS done, sum(retrying) AS retrying, sum(failed) AS failed,
                      sum(throttled) AS throttled, sum(other) AS other,
                      sum(requests) AS requests, sum(releases) AS releases
               FROM changed GROUP BY minute)
    INSERT INTO work AS w SELECT * FROM summed
    ON CONFLICT (minute) DO UPDATE SET
        done = w.done + excluded.done, retrying = w.retrying + excluded.retrying,
        failed = w.failed + excluded.failed, throttled = w.throttled + excluded.throttled,
        other = w.other + excluded.other, requests = w.requests + excluded.requests,
        releases = w.releases + excluded.releases;
END $$;
