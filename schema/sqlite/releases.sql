-- Releases, and what each has. Some of it comes only where a source was asked for it: a "has" of 0 is
-- "not requested"; 1 without rows is "none".

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
    removed_at       INTEGER,  -- when it was found to have left the release group
    cover_artwork    INTEGER CHECK (cover_artwork IN (0, 1)),
    cover_front      INTEGER CHECK (cover_front IN (0, 1)),
    cover_back       INTEGER CHECK (cover_back IN (0, 1)),
    cover_count      INTEGER CHECK (cover_count >= 0),
    cover_darkened   INTEGER CHECK (cover_darkened IN (0, 1)),
    has_urls         INTEGER NOT NULL DEFAULT 0 CHECK (has_urls IN (0, 1)),
    has_aliases      INTEGER NOT NULL DEFAULT 0 CHECK (has_aliases IN (0, 1)),
    has_genres       INTEGER NOT NULL DEFAULT 0 CHECK (has_genres IN (0, 1))
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
    label_code     INTEGER,
    folded         TEXT NOT NULL  -- its name, for finding
) STRICT;

CREATE INDEX labels_by_folded ON labels (folded);

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
    has_discs   INTEGER NOT NULL DEFAULT 0 CHECK (has_discs IN (0, 1)),
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

-- What is heard on a track is kept with the track. Recordings of their own, found by their random
-- MBIDs, cost more than all the rest of an import: releases share theirs with hardly any but those
-- of the same album, and those are read and written together.
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
    recording_mbid   BLOB CHECK (length(recording_mbid) = 16),
    recording_title  TEXT,  -- NULL: as the track's
    recording_artist_credit_id   INTEGER REFERENCES artist_credits (id),
    recording_length_ms          INTEGER,
    recording_video              INTEGER CHECK (recording_video IN (0, 1)),
    recording_disambiguation     TEXT,
    recording_first_release_date TEXT,
    recording_isrcs  TEXT,  -- sorted, with blanks between them; NULL: none
    PRIMARY KEY (release_id, medium_position, position),
    FOREIGN KEY (release_id, medium_position) REFERENCES media (release_id, position)
        ON DELETE CASCADE,
    CHECK (recording_mbid IS NOT NULL OR
           coalesce(recording_title, recording_artist_credit_id, recording_length_ms,
                    recording_video, recording_disambiguation, recording_first_release_date,
                    recording_isrcs) IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE discs (
    release_id      INTEGER NOT NULL,
    medium_position INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    disc_id         TEXT NOT NULL CHECK (length(disc_id) = 28),
    sectors         INTEGER CHECK (sectors >= 0),
    offset_count    INTEGER CHECK (offset_count >= 0),
    offsets         TEXT NOT NULL,  -- of each track, in sectors: '150 18137 34414'
    PRIMARY KEY (release_id, medium_position, position),
    FOREIGN KEY (release_id, medium_position) REFERENCES media (release_id, position)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE release_urls (
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    type       TEXT NOT NULL,  -- of the relationship: 'purchase for download', 'discogs'
    url        TEXT NOT NULL CHECK (url LIKE '_%://_%'),
    begin_date TEXT,
    end_date   TEXT,
    ended      INTEGER CHECK (ended IN (0, 1)),
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

-- What a pseudo-release transliterates or translates, whether that is in the catalogue or not. Told
-- where the URLs are.
CREATE TABLE release_originals (
    release_id    INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    original_mbid BLOB NOT NULL CHECK (length(original_mbid) = 16),
    PRIMARY KEY (release_id, original_mbid)
) STRICT, WITHOUT ROWID;

CREATE TABLE release_aliases (
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    sort_name  TEXT,
    locale     TEXT,
    type       TEXT,
    is_primary INTEGER CHECK (is_primary IN (0, 1)),
    begin_date TEXT,
    end_date   TEXT,
    ended      INTEGER CHECK (ended IN (0, 1)),
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE release_genres (
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    mbid       BLOB CHECK (length(mbid) = 16),
    count      INTEGER,  -- how many people chose it
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;
