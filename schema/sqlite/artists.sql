-- Artists, and the credits that albums, releases, tracks and recordings bear.

CREATE TABLE artists (
    id             INTEGER PRIMARY KEY,
    mbid           BLOB NOT NULL UNIQUE CHECK (length(mbid) = 16),
    name           TEXT NOT NULL,
    sort_name      TEXT,
    disambiguation TEXT,
    type           TEXT,
    country        TEXT
) STRICT;

-- A credit is stored once however many albums, releases, tracks and recordings bear it;
-- `identity` is its content, so that the same credit can not be there twice.
CREATE TABLE artist_credits (
    id       INTEGER PRIMARY KEY,
    identity BLOB NOT NULL UNIQUE,
    text     TEXT NOT NULL
) STRICT;

CREATE TABLE artist_credit_names (
    artist_credit_id INTEGER NOT NULL REFERENCES artist_credits (id) ON DELETE CASCADE,
    position         INTEGER NOT NULL,
    artist_id        INTEGER REFERENCES artists (id),  -- NULL: known by name alone
    name             TEXT NOT NULL,
    join_phrase      TEXT NOT NULL,
    PRIMARY KEY (artist_credit_id, position)
) STRICT, WITHOUT ROWID;

-- The credits that albums bear, folded, for finding albums by a part of it: going through these is
-- quick, for they are short and few beside those of tracks.
CREATE TABLE album_credits (
    artist_credit_id INTEGER PRIMARY KEY REFERENCES artist_credits (id) ON DELETE CASCADE,
    folded           TEXT NOT NULL
) STRICT;
