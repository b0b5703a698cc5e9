-- How the catalogue followed MusicBrainz: what changed after an album's first import.

CREATE TABLE changes (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    at            INTEGER NOT NULL,
    album_id      INTEGER NOT NULL REFERENCES albums (id),
    from_album_id INTEGER REFERENCES albums (id),  -- where a release that moved was before
    release_mbid  BLOB CHECK (length(release_mbid) = 16),  -- NULL: it is about the album itself
    change        TEXT NOT NULL
        CHECK (change = 'created' OR change = 'updated' OR change = 'removed'
               OR change = 'returned' OR change = 'moved' OR change = 'merged')
) STRICT;

CREATE INDEX changes_by_album ON changes (album_id);
CREATE INDEX changes_by_from_album ON changes (from_album_id) WHERE from_album_id IS NOT NULL;
CREATE INDEX changes_by_time ON changes (at);
CREATE INDEX changes_removed ON changes (at) WHERE change = 'removed';

-- A field by its path in what release-catalog prints; lists count from 1, media and tracks by their
-- positions. NULL is "not there".
CREATE TABLE change_fields (
    change_id INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    field     TEXT NOT NULL,
    old       TEXT,
    new       TEXT,
    PRIMARY KEY (change_id, position)
) STRICT, WITHOUT ROWID;

-- Releases that were merged into another one.
CREATE TABLE merged_releases (
    mbid       BLOB NOT NULL PRIMARY KEY CHECK (length(mbid) = 16),
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX merged_releases_by_release ON merged_releases (release_id);
