-- More of what MusicBrainz says of a release: disc ids, cover art, URLs, other names, genres. Each
-- comes only where a source was asked for it. A "has" of 0 is "not told"; 1 without rows is "none".

ALTER TABLE releases ADD COLUMN cover_artwork INTEGER CHECK (cover_artwork IN (0, 1));
ALTER TABLE releases ADD COLUMN cover_front INTEGER CHECK (cover_front IN (0, 1));
ALTER TABLE releases ADD COLUMN cover_back INTEGER CHECK (cover_back IN (0, 1));
ALTER TABLE releases ADD COLUMN cover_count INTEGER CHECK (cover_count >= 0);
ALTER TABLE releases ADD COLUMN cover_darkened INTEGER CHECK (cover_darkened IN (0, 1));
ALTER TABLE releases ADD COLUMN has_urls INTEGER NOT NULL DEFAULT 0 CHECK (has_urls IN (0, 1));
ALTER TABLE releases ADD COLUMN has_aliases INTEGER NOT NULL DEFAULT 0
    CHECK (has_aliases IN (0, 1));
ALTER TABLE releases ADD COLUMN has_genres INTEGER NOT NULL DEFAULT 0 CHECK (has_genres IN (0, 1));
ALTER TABLE albums ADD COLUMN has_aliases INTEGER NOT NULL DEFAULT 0 CHECK (has_aliases IN (0, 1));
ALTER TABLE albums ADD COLUMN has_genres INTEGER NOT NULL DEFAULT 0 CHECK (has_genres IN (0, 1));
ALTER TABLE media ADD COLUMN has_discs INTEGER NOT NULL DEFAULT 0 CHECK (has_discs IN (0, 1));

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

-- Other names of an album as MusicBrainz has them; album_aliases is how users have named it.
CREATE TABLE album_other_names (
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

CREATE TABLE release_genres (
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    mbid       BLOB CHECK (length(mbid) = 16),
    count      INTEGER,  -- how many people chose it
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE album_genres (
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    mbid     BLOB CHECK (length(mbid) = 16),
    count    INTEGER,
    PRIMARY KEY (album_id, position)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_release_urls AS
SELECT u.release_id, r.album_id, c.text AS artist, r.title, u.type, u.url, u.begin_date,
       u.end_date, u.ended
FROM release_urls u
JOIN releases r ON r.id = u.release_id
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id;

CREATE VIEW v_discs AS
SELECT d.release_id, r.album_id, c.text AS artist, r.title, d.medium_position,
       m.format AS medium_format, d.disc_id, d.sectors, d.offset_count, d.offsets
FROM discs d
JOIN releases r ON r.id = d.release_id
JOIN media m ON m.release_id = d.release_id AND m.position = d.medium_position
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id;

CREATE VIEW v_cover_art AS
SELECT r.id AS release_id,
       lower(substr(hex(r.mbid), 1, 8) || '-' || substr(hex(r.mbid), 9, 4) || '-' ||
             substr(hex(r.mbid), 13, 4) || '-' || substr(hex(r.mbid), 17, 4) || '-' ||
             substr(hex(r.mbid), 21)) AS mbid,
       r.album_id, c.text AS artist, r.title, r.cover_artwork AS artwork, r.cover_front AS front,
       r.cover_back AS back, r.cover_count AS images, r.cover_darkened AS darkened
FROM releases r
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id
WHERE r.cover_artwork IS NOT NULL;
