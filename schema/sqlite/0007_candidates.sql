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

CREATE VIEW v_candidates AS
SELECT c.job_id, j.album_id, c.position,
       lower(substr(hex(c.mbid), 1, 8) || '-' || substr(hex(c.mbid), 9, 4) || '-' ||
             substr(hex(c.mbid), 13, 4) || '-' || substr(hex(c.mbid), 17, 4) || '-' ||
             substr(hex(c.mbid), 21)) AS mbid,
       c.artist, c.title, c.first_release_date, c.primary_type,
       replace(c.secondary_types, char(31), ', ') AS secondary_types, c.disambiguation, c.score
FROM job_candidates c
JOIN jobs j ON j.id = c.job_id;
