-- Artists, labels and series that are watched: their new release groups come in by themselves. A look
-- is a job of the kind 'watch' whose subject is the MBID, so each has one open job at most.

CREATE TABLE watches (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    mbid       BLOB NOT NULL UNIQUE CHECK (length(mbid) = 16),
    entity     TEXT CHECK (entity = 'artist' OR entity = 'label' OR entity = 'series'),
                              -- NULL: not known before the first look
    name       TEXT,          -- as MusicBrainz last told it
    types      TEXT NOT NULL, -- 'album,ep,-live': those wanted, and with '-' those not; '': all
    every_ms   INTEGER NOT NULL CHECK (every_ms > 0),
    queue      TEXT NOT NULL, -- of its job and those of the albums that it puts in
    priority   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    looked_at  INTEGER,       -- when the last look was finished
    next_at    INTEGER,       -- NULL: not looked at any more
    position   INTEGER NOT NULL DEFAULT 0 CHECK (position >= 0),  -- where the look under way goes on
    found      INTEGER NOT NULL DEFAULT 0 CHECK (found >= 0),     -- albums that it has put in
    job_id     INTEGER,       -- its last job, which may have been pruned
    gone_code  TEXT,          -- why it is not looked at any more
    gone_message TEXT,
    CHECK ((gone_code IS NULL) = (next_at IS NOT NULL)),
    CHECK ((gone_code IS NULL) = (gone_message IS NULL))
) STRICT;
