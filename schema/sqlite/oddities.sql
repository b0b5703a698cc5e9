-- What could not be read of an album at its last import: releases that MusicBrainz lists and that
-- were kept back for an odd value. What is stored of such a release is as it was before.

CREATE TABLE oddities (
    album_id     INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    release_mbid BLOB CHECK (length(release_mbid) = 16),  -- NULL: unreadable, or it is the group's
    field        TEXT NOT NULL,     -- its path in MusicBrainz's JSON
    value        TEXT,              -- as JSON, shortened; NULL: missing
    problem      TEXT NOT NULL,
    reader       INTEGER NOT NULL,  -- the version of the reader that could not
    at           INTEGER NOT NULL,  -- when it was first like this
    PRIMARY KEY (album_id, position)
) STRICT, WITHOUT ROWID;

-- A newer reader asks again for what an older one could not read.
CREATE INDEX oddities_by_reader ON oddities (reader, album_id);
