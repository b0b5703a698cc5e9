-- The catalogue: MusicBrainz's model of an album. MBIDs are 16-byte blobs, the children of a
-- release are clustered under it, dates are text as exact as MusicBrainz knows them
-- ('1973', '1973-03', '????-03-01'). NULL is "not known". The views make it all readable.
-- A CHECK names more than two values with OR: for an IN, SQLite fills a table with them each time
-- that it writes a row.

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

CREATE TABLE albums (
    id                 INTEGER PRIMARY KEY,
    mbid               BLOB CHECK (length(mbid) = 16),
    title              TEXT,
    artist_credit_id   INTEGER REFERENCES artist_credits (id),
    first_release_date TEXT,
    primary_type       TEXT,
    disambiguation     TEXT,
    created_at         INTEGER NOT NULL,  -- milliseconds since 1970 UTC, as all times here
    imported_at        INTEGER            -- when its releases were last imported
) STRICT;

CREATE UNIQUE INDEX albums_by_mbid ON albums (mbid) WHERE mbid IS NOT NULL;

-- How else an album is known: a release group that was merged into it, a release of it that a user
-- named, the artist, title and year that a user told (separated by U+001F).
CREATE TABLE album_aliases (
    kind     TEXT NOT NULL CHECK (kind = 'release_group' OR kind = 'release' OR kind = 'name'),
    value    BLOB NOT NULL,
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX album_aliases_by_album ON album_aliases (album_id);

CREATE TABLE album_secondary_types (
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    type     TEXT NOT NULL,
    PRIMARY KEY (album_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE releases (
    id               INTEGER PRIMARY KEY,
    mbid             BLOB NOT NULL UNIQUE CHECK (length(mbid) = 16),
    album_id         INTEGER NOT NULL REFERENCES albums (id),
    title            TEXT NOT NULL,
    artist_credit_id INTEGER REFERENCES artist_credits (id),
    format           TEXT NOT NULL
        CHECK (format = 'vinyl' OR format = 'cd' OR format = 'digital' OR format = 'cassette'
               OR format = 'other'),
    status           TEXT,
    packaging        TEXT,
    quality          TEXT,
    disambiguation   TEXT,
    language         TEXT,
    script           TEXT,
    barcode          TEXT,     -- '' where the release is known to have none
    asin             TEXT,
    date             TEXT,     -- of its first event
    country          TEXT,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    removed_at       INTEGER   -- when it was found to have left the release group
) STRICT;

CREATE INDEX releases_by_album ON releases (album_id);

CREATE TABLE release_events (
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    date       TEXT,
    country    TEXT,
    area_mbid  BLOB CHECK (length(area_mbid) = 16),
    area_name  TEXT,
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE labels (
    id             INTEGER PRIMARY KEY,
    mbid           BLOB NOT NULL UNIQUE CHECK (length(mbid) = 16),
    name           TEXT NOT NULL,
    sort_name      TEXT,
    disambiguation TEXT,
    type           TEXT,
    label_code     INTEGER
) STRICT;

CREATE TABLE label_info (
    release_id     INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    label_id       INTEGER REFERENCES labels (id),
    catalog_number TEXT,
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX label_info_by_label ON label_info (label_id) WHERE label_id IS NOT NULL;

CREATE TABLE media (
    release_id  INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    mbid        BLOB CHECK (length(mbid) = 16),
    format      TEXT,     -- MusicBrainz's own name, whatever it is
    title       TEXT,
    track_count INTEGER,  -- without pregap and data tracks
    has_tracks  INTEGER NOT NULL CHECK (has_tracks IN (0, 1)),  -- 0: the track list is not known
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE recordings (
    id                 INTEGER PRIMARY KEY,
    mbid               BLOB NOT NULL UNIQUE CHECK (length(mbid) = 16),
    title              TEXT NOT NULL,
    artist_credit_id   INTEGER REFERENCES artist_credits (id),
    length_ms          INTEGER,
    video              INTEGER CHECK (video IN (0, 1)),
    disambiguation     TEXT,
    first_release_date TEXT
) STRICT;

CREATE TABLE recording_isrcs (
    recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    isrc         TEXT NOT NULL,
    PRIMARY KEY (recording_id, isrc)
) STRICT, WITHOUT ROWID;

CREATE TABLE tracks (
    release_id       INTEGER NOT NULL,
    medium_position  INTEGER NOT NULL,
    position         INTEGER NOT NULL,  -- 0: in the pregap
    kind             TEXT NOT NULL CHECK (kind = 'pregap' OR kind = 'track' OR kind = 'data'),
    number           TEXT NOT NULL,     -- as printed
    title            TEXT NOT NULL,
    mbid             BLOB CHECK (length(mbid) = 16),
    length_ms        INTEGER,
    artist_credit_id INTEGER REFERENCES artist_credits (id),
    recording_id     INTEGER REFERENCES recordings (id),
    PRIMARY KEY (release_id, medium_position, position),
    FOREIGN KEY (release_id, medium_position) REFERENCES media (release_id, position)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
