-- What could not be read of an album at its last import: releases that MusicBrainz lists and that
-- were kept back for an odd value. What is stored of such a release is as it was before.

CREATE TABLE oddities (
    album_id     bigint NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    position     bigint NOT NULL,
    -- NULL: unreadable, or it is the group's
    release_mbid bytea CHECK (octet_length(release_mbid) = 16),
    field        text COLLATE "C" NOT NULL,     -- its path in MusicBrainz's JSON
    value        text COLLATE "C",              -- as JSON, shortened; NULL: missing
    problem      text COLLATE "C" NOT NULL,
    reader       bigint NOT NULL,  -- the version of the reader that could not
    at           bigint NOT NULL,  -- when it was first like this
    PRIMARY KEY (album_id, position)
);

-- A newer reader asks again for what an older one could not read.
CREATE INDEX oddities_by_reader ON oddities (reader, album_id);
