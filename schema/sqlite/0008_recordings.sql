-- What is heard on a track is kept with the track. Recordings of their own, found by their random
-- MBIDs, cost more than all the rest of an import: releases share theirs with hardly any but those
-- of the same album, and those are read and written together.

DROP VIEW v_tracks;

CREATE TABLE new_tracks (
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

INSERT INTO new_tracks
SELECT t.release_id, t.medium_position, t.position, t.kind, t.number, t.title, t.mbid,
       t.length_ms, t.artist_credit_id, g.mbid, CASE WHEN g.title <> t.title THEN g.title END,
       g.artist_credit_id, g.length_ms, g.video, g.disambiguation, g.first_release_date,
       (SELECT group_concat(isrc, ' ')
        FROM (SELECT isrc FROM recording_isrcs WHERE recording_id = g.id ORDER BY isrc))
FROM tracks t
LEFT JOIN recordings g ON g.id = t.recording_id
ORDER BY t.release_id, t.medium_position, t.position;

DROP TABLE tracks;
DROP TABLE recording_isrcs;
DROP TABLE recordings;
ALTER TABLE new_tracks RENAME TO tracks;

CREATE VIEW v_tracks AS
SELECT t.release_id, r.title AS release, t.medium_position, m.format AS medium_format, t.position,
       t.kind, t.number, t.title, c.text AS artist, t.length_ms,
       lower(substr(hex(t.mbid), 1, 8) || '-' || substr(hex(t.mbid), 9, 4) || '-' ||
             substr(hex(t.mbid), 13, 4) || '-' || substr(hex(t.mbid), 17, 4) || '-' ||
             substr(hex(t.mbid), 21)) AS mbid,
       lower(substr(hex(t.recording_mbid), 1, 8) || '-' || substr(hex(t.recording_mbid), 9, 4) ||
             '-' || substr(hex(t.recording_mbid), 13, 4) || '-' ||
             substr(hex(t.recording_mbid), 17, 4) || '-' ||
             substr(hex(t.recording_mbid), 21)) AS recording_mbid,
       CASE WHEN t.recording_mbid IS NOT NULL THEN coalesce(t.recording_title, t.title) END
           AS recording,
       t.recording_isrcs AS isrcs
FROM tracks t
JOIN releases r ON r.id = t.release_id
JOIN media m ON m.release_id = t.release_id AND m.position = t.medium_position
LEFT JOIN artist_credits c ON c.id = t.artist_credit_id;

-- A credit is known by its content, which now begins with the number of its first artist ('-': one
-- known by name alone) in place of that artist's MBID: those of new artists come at the end of the
-- index, and not anywhere.
UPDATE artist_credits SET identity = CAST(coalesce(
    (SELECT printf('%010x', n.artist_id) || substr(identity, 37) FROM artist_credit_names n
     WHERE n.artist_credit_id = artist_credits.id AND n.position = 0 AND n.artist_id IS NOT NULL),
    identity) AS BLOB);
