-- For people with psql, Grafana or pandas: readable MBIDs, names and times.

CREATE VIEW v_artists AS
SELECT id,
       encode(mbid, 'hex')::uuid AS mbid,
       name, sort_name, disambiguation, type, country
FROM artists;

CREATE VIEW v_labels AS
SELECT id,
       encode(mbid, 'hex')::uuid AS mbid,
       name, sort_name, disambiguation, type, label_code
FROM labels;

CREATE VIEW v_albums AS
SELECT a.id,
       encode(a.mbid, 'hex')::uuid AS mbid,
       c.text AS artist, a.title, a.first_release_date, a.primary_type,
       (SELECT string_agg(type, ', ' ORDER BY position) FROM album_secondary_types
        WHERE album_id = a.id) AS secondary_types,
       a.disambiguation,
       (SELECT count(*) FROM releases r
        WHERE r.album_id = a.id AND r.removed_at IS NULL) AS releases,
       to_timestamp(a.created_at / 1000.0) AS created_at,
       to_timestamp(a.imported_at / 1000.0) AS imported_at
FROM albums a
LEFT JOIN artist_credits c ON c.id = a.artist_credit_id;

CREATE VIEW v_releases AS
SELECT r.id,
       encode(r.mbid, 'hex')::uuid AS mbid,
       r.album_id, c.text AS artist, r.title, r.format, r.date, r.country, r.status,
       (SELECT string_agg(coalesce(l.name, '') || ' ' || coalesce(i.catalog_number, ''), '; '
                          ORDER BY i.position)
        FROM label_info i LEFT JOIN labels l ON l.id = i.label_id
        WHERE i.release_id = r.id) AS labels,
       (SELECT string_agg(coalesce(format, '?'), ' + ' ORDER BY position) FROM media
        WHERE release_id = r.id) AS media,
       r.barcode, r.asin, r.packaging, r.quality, r.language, r.script, r.disambiguation,
       to_timestamp(r.removed_at / 1000.0) AS removed_at
FROM releases r
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id;

CREATE VIEW v_tracks AS
SELECT t.release_id, r.title AS release, t.medium_position, m.format AS medium_format, t.position,
       t.kind, t.number, t.title, c.text AS artist, t.length_ms,
       encode(t.mbid, 'hex')::uuid AS mbid,
       encode(t.recording_mbid, 'hex')::uuid AS recording_mbid,
       CASE WHEN t.recording_mbid IS NOT NULL THEN coalesce(t.recording_title, t.title) END
           AS recording,
       t.recording_isrcs AS isrcs
FROM tracks t
JOIN releases r ON r.id = t.release_id
JOIN media m ON m.release_id = t.release_id AND m.position = t.medium_position
LEFT JOIN artist_credits c ON c.id = t.artist_credit_id;

CREATE VIEW v_jobs AS
SELECT j.id, j.kind, j.state, j.queue, j.priority, j.album_id, c.text AS artist, a.title,
       encode(a.mbid, 'hex')::uuid AS album_mbid,
       j.attempts, to_timestamp(j.run_at / 1000.0) AS run_at, w.name AS worker,
       j.error_code, j.error_message,
       to_timestamp(j.created_at / 1000.0) AS created_at,
       to_timestamp(j.started_at / 1000.0) AS started_at,
       to_timestamp(j.finished_at / 1000.0) AS finished_at
FROM jobs j
LEFT JOIN albums a ON a.id = j.album_id
LEFT JOIN artist_credits c ON c.id = a.artist_credit_id
LEFT JOIN workers w ON w.id = j.worker_id;

CREATE VIEW v_changes AS
SELECT c.id, to_timestamp(c.at / 1000.0) AS at, c.album_id, a.title AS album, c.change,
       encode(c.release_mbid, 'hex')::uuid AS release_mbid,
       f.field, f.old, f.new
FROM changes c
JOIN albums a ON a.id = c.album_id
LEFT JOIN change_fields f ON f.change_id = c.id
ORDER BY c.id, f.position;

CREATE VIEW v_oddities AS
SELECT o.album_id, a.title AS album,
       encode(o.release_mbid, 'hex')::uuid AS release_mbid,
       r.title AS release, o.field, o.value, o.problem, o.reader,
       to_timestamp(o.at / 1000.0) AS at
FROM oddities o
JOIN albums a ON a.id = o.album_id
LEFT JOIN releases r ON r.mbid = o.release_mbid;

CREATE VIEW v_release_urls AS
SELECT u.release_id, r.album_id, c.text AS artist, r.title, u.type, u.url, u.begin_date,
       u.end_date, u.ended
FROM release_urls u
JOIN releases r ON r.id = u.release_id
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id;

CREATE VIEW v_release_originals AS
SELECT p.release_id, r.album_id, c.text AS artist, r.title, r.status,
       encode(p.original_mbid, 'hex')::uuid
           AS original_mbid,
       o.id AS original_release_id, o.title AS original_title
FROM release_originals p
JOIN releases r ON r.id = p.release_id
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id
LEFT JOIN releases o ON o.mbid = p.original_mbid;

CREATE VIEW v_discs AS
SELECT d.release_id, r.album_id, c.text AS artist, r.title, d.medium_position,
       m.format AS medium_format, d.disc_id, d.sectors, d.offset_count, d.offsets
FROM discs d
JOIN releases r ON r.id = d.release_id
JOIN media m ON m.release_id = d.release_id AND m.position = d.medium_position
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id;

CREATE VIEW v_cover_art AS
SELECT r.id AS release_id,
       encode(r.mbid, 'hex')::uuid AS mbid,
       r.album_id, c.text AS artist, r.title, r.cover_artwork AS artwork, r.cover_front AS front,
       r.cover_back AS back, r.cover_count AS images, r.cover_darkened AS darkened
FROM releases r
LEFT JOIN artist_credits c ON c.id = r.artist_credit_id
WHERE r.cover_artwork IS NOT NULL;

CREATE VIEW v_candidates AS
SELECT c.job_id, j.album_id, c.position,
       encode(c.mbid, 'hex')::uuid AS mbid,
       c.artist, c.title, c.first_release_date, c.primary_type,
       replace(c.secondary_types, chr(31), ', ') AS secondary_types, c.disambiguation, c.score
FROM job_candidates c
JOIN jobs j ON j.id = c.job_id;
