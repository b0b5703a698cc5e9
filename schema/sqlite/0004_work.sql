-- What the workers did, for rates of work that are seen without reading a million attempts.

CREATE TABLE work (
    minute    INTEGER PRIMARY KEY,  -- of the wall clock, since 1970; the last day is kept
    done      INTEGER NOT NULL DEFAULT 0,  -- attempts that ended so
    retrying  INTEGER NOT NULL DEFAULT 0,
    failed    INTEGER NOT NULL DEFAULT 0,
    throttled INTEGER NOT NULL DEFAULT 0,
    other     INTEGER NOT NULL DEFAULT 0,  -- handed back, crashed, expired, cancelled
    requests  INTEGER NOT NULL DEFAULT 0,
    releases  INTEGER NOT NULL DEFAULT 0   -- written
) STRICT;

-- Among the totals are now also: 'failures' by error code of the failed jobs, 'attempts' by their
-- outcome since the beginning, and 'requests' since the beginning. Their "queue" is the code or
-- the outcome. 'clock' is the time at which a worker last took jobs, 'clock_job' the latest job
-- when the clock was last seen to have gone back.
INSERT INTO totals (what, queue, value)
SELECT 'failures', coalesce(error_code, 'unknown'), count(*)
FROM jobs WHERE state = 'failed' GROUP BY 2;
INSERT INTO totals (what, queue, value)
SELECT 'attempts', outcome, count(*) FROM attempts WHERE outcome <> 'running' GROUP BY 2;
INSERT INTO totals (what, queue, value)
SELECT 'requests', '', coalesce(sum(requests), 0) FROM attempts;
