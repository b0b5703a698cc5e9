-- MusicBrainz's model of an album. MBIDs are 16-byte blobs, the children of a release are clustered
-- under it, dates are text as exact as MusicBrainz knows them ('1973', '1973-03', '????-03-01'),
-- times are milliseconds since 1970 UTC. NULL is "not known". The views make it all readable.
-- A CHECK names more than two values with OR: for an IN, SQLite fills a table with them each time
-- that it writes a row.

CREATE TABLE albums (
    id                 INTEGER PRIMARY KEY,
    mbid               BLOB CHECK (length(mbid) = 16),
    title              TEXT,
    artist_credit_id   INTEGER REFERENCES artist_credits (id),
    first_release_date TEXT,
    primary_type       TEXT,
    disambiguation     TEXT,
    created_at         INTEGER NOT NULL,
    imported_at        INTEGER,           -- when its releases were last imported
    removed_at         INTEGER,           -- when MusicBrainz was found to have it no longer
    present_releases   INTEGER NOT NULL DEFAULT 0,  -- as imports, merges and moves left them, and
    present_sum        INTEGER NOT NULL DEFAULT 0,  -- the sum of their ids; for the check
    has_aliases        INTEGER NOT NULL DEFAULT 0 CHECK (has_aliases IN (0, 1)),
    has_genres         INTEGER NOT NULL DEFAULT 0 CHECK (has_genres IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX albums_by_mbid ON albums (mbid) WHERE mbid IS NOT NULL;
CREATE INDEX albums_by_credit ON albums (artist_credit_id) WHERE artist_credit_id IS NOT NULL;

-- How else an album is known: a release group that was merged into it, a release of it that a user
-- named, the artist, title and year that a user told (separated by U+001F), those that the user told
-- before other words were chosen to look for it by, the surest identifier.
CREATE TABLE album_keys (
    kind     TEXT NOT NULL
        CHECK (kind = 'release_group' OR kind = 'release' OR kind = 'name' OR kind = 'former_name'
               OR kind = 'barcode' OR kind = 'catno' OR kind = 'disc_id'
               OR kind = 'discogs_release' OR kind = 'discogs_master'),
    value    BLOB NOT NULL,
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX album_keys_by_album ON album_keys (album_id);

-- By what MusicBrainz can find an album that a user knows by what stands on a copy of it.
CREATE TABLE album_identifiers (
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL
        CHECK (kind = 'barcode' OR kind = 'catno' OR kind = 'disc_id' OR kind = 'discogs_release'
               OR kind = 'discogs_master'),
    value    TEXT NOT NULL CHECK (value <> ''),
    labels   TEXT,  -- of a catalogue number, separated by U+001F; NULL: any
    PRIMARY KEY (album_id, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE album_secondary_types (
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    type     TEXT NOT NULL,
    PRIMARY KEY (album_id, position)
) STRICT, WITHOUT ROWID;

-- Other names of an album as MusicBrainz has them; album_keys is how users have named it.
CREATE TABLE album_aliases (
    album_id   INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    sort_name  TEXT,
    locale     TEXT,
    type       TEXT,
    is_primary INTEGER CHECK (is_primary IN (0, 1)),
    begin_date TEXT,
    end_date   TEXT,
    ended      INTEGER CHECK (ended IN (0, 1)),
    PRIMARY KEY (album_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE album_genres (
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    mbid     BLOB CHECK (length(mbid) = 16),
    count    INTEGER,
    PRIMARY KEY (album_id, position)
) STRICT, WITHOUT ROWID;

-- What a user says of an album where MusicBrainz says otherwise.
CREATE TABLE album_user_values (
    album_id           INTEGER PRIMARY KEY REFERENCES albums (id) ON DELETE CASCADE,
    title              TEXT,
    artist_credit_id   INTEGER REFERENCES artist_credits (id),
    first_release_date TEXT,
    primary_type       TEXT,
    secondary_types    TEXT,  -- separated by U+001F
    disambiguation     TEXT
) STRICT;
