-- What an application calls to put an album in with its job, in a transaction of its own. It does
-- what album-import does: see lib/intake/told_album.cpp for what is refused, and add_album in
-- lib/store/sql/catalogue/sql_album_store.cpp for what is written. pressings-postgresql(7) tells
-- how it is used, and schema/postgresql/roles.sql says who may call it.

CREATE FUNCTION refuse_told(message text, hint text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = message, HINT = hint;
END $$;

-- A text without the blanks around it; a blank one says nothing.
CREATE FUNCTION told_text(field text, told text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF octet_length(told) > 65536 THEN
        PERFORM refuse_told(field || ': longer than 65536 bytes',
                            'Give the ' || field || ' alone.');
    END IF;
    RETURN nullif(btrim(told, E' \t\r\n\x0b\f'), '');
END $$;

CREATE FUNCTION told_mbid(told text) RETURNS bytea LANGUAGE plpgsql AS $$
BEGIN
    IF told !~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN
        PERFORM refuse_told('mbid: ' || quote_literal(left(told, 80)) || ' is no MBID',
            'Give the 36 characters of a release group, such as '
            'f5093c06-23e3-404f-aeaa-40f72885ee3a; album-import reads URLs as well.');
    END IF;
    RETURN decode(replace(told, '-', ''), 'hex');
END $$;

CREATE FUNCTION check_told_numbers(year integer, queue text, priority integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF year NOT BETWEEN 1 AND 9999 THEN
        PERFORM refuse_told('year: ' || year || ' is no year from 1 to 9999',
                            'Leave it out if it is not known.');
    ELSIF queue !~ '^[A-Za-z0-9_.:-]{1,64}$' THEN
        PERFORM refuse_told('queue: ' || quote_literal(left(queue, 80)) || ' is no name of a queue',
                            'Use up to 64 letters, digits and _.:-');
    ELSIF priority NOT BETWEEN -1000000 AND 1000000 THEN
        PERFORM refuse_told(
            'priority: ' || priority || ' is no whole number from -1000000 to 1000000',
            'The higher comes first; 0 is what others have.');
    END IF;
END $$;

CREATE FUNCTION change_total(what text, queue text, change bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO total_changes VALUES ($1, $2, $3)
$$;

-- Of an album that is there: its open one, else its last.
CREATE FUNCTION job_of_album(album_id bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM jobs WHERE album_id = $1
    ORDER BY kind = 'releases' AND state IN ('pending', 'running') DESC, id DESC LIMIT 1
$$;

CREATE FUNCTION insert_import(album_id bigint, queue text, priority integer, now_ms bigint)
RETURNS bigint LANGUAGE sql AS $$
    SELECT change_total('pending', $2, 1);
    INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at)
    VALUES ('releases', $1, $2, $3, 'pending', $4, $4) RETURNING id
$$;

-- Whether it had to be moved to where it is asked for.
CREATE FUNCTION move_pending_job(job_id bigint, queue text, priority integer) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    before text;
BEGIN
    SELECT j.queue INTO before FROM jobs j
    WHERE j.id = job_id AND j.kind = 'releases' AND j.state = 'pending'
        AND (j.queue, j.priority) <> (move_pending_job.queue, move_pending_job.priority);
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE jobs j SET queue = move_pending_job.queue, priority = move_pending_job.priority
    WHERE j.id = job_id AND j.state = 'pending' AND j.queue = before;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM change_total('pending', before, -1);
    PERFORM change_total('pending', queue, 1);
    RETURN true;
END $$;

-- The credit of an artist who is known by name alone: see identity_of in
-- lib/store/sql/catalogue/catalogue_writer.cpp.
CREATE FUNCTION credit_of_name(name text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    content bytea := convert_to('-' || octet_length(name) || ':' || name || '0:', 'UTF8');
    credit  bigint;
BEGIN
    SELECT c.id INTO credit FROM artist_credits c
    WHERE sha256(c.identity) = sha256(content) AND c.identity = content;
    IF credit IS NULL AND name IS NOT NULL THEN
        INSERT INTO artist_credits (identity, text) VALUES (content, name) RETURNING id INTO credit;
        INSERT INTO artist_credit_names (artist_credit_id, position, name, join_phrase)
        VALUES (credit, 0, name, '');
    END IF;
    INSERT INTO album_credits SELECT credit, fold(name) WHERE credit IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN credit;
END $$;

-- By its MBID, or one that was merged into it; else by the name that a user told, now or before.
CREATE FUNCTION find_told_album(mbid bytea, name bytea) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM (
        SELECT 1 AS nth, id FROM albums WHERE mbid = $1
        UNION ALL
        SELECT CASE kind WHEN 'former_name' THEN 3 ELSE 2 END, album_id FROM album_keys
        WHERE sha256(value) = sha256(coalesce($1, $2)) AND value = coalesce($1, $2)
        AND kind = ANY (CASE WHEN $1 IS NULL THEN ARRAY['name', 'former_name']
                        ELSE ARRAY['release_group'] END)
    ) found ORDER BY nth LIMIT 1
$$;

CREATE FUNCTION insert_told_album(mbid bytea, artist text, title text, year integer, name bytea,
                                  now_ms bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    album bigint;
BEGIN
    PERFORM change_total('albums', '', 1);
    INSERT INTO albums (mbid, title, artist_credit_id, first_release_date, created_at)
    VALUES (mbid, title, credit_of_name(artist), lpad(year::text, 4, '0'), now_ms)
    RETURNING id INTO album;
    -- A search index that is brought up to date before this is seen goes past it.
    INSERT INTO search_outdated VALUES (album);
    IF mbid IS NULL THEN
        INSERT INTO album_keys (kind, value, album_id) VALUES ('name', name, album);
    END IF;
    RETURN album;
END $$;

-- An album that is there, or a new one, with its job.
CREATE FUNCTION put_told_album(release_group bytea, artist text, title text, year integer, name bytea,
                               queue text, priority integer, is_place_told boolean, now_ms bigint,
                               OUT album_id bigint, OUT job_id bigint, OUT status text)
LANGUAGE plpgsql AS $$
BEGIN
    -- It stays as long as this transaction: nobody makes it one with another album meanwhile.
    SELECT a.id INTO album_id FROM albums a
    WHERE a.id = find_told_album(release_group, name) FOR KEY SHARE;
    IF album_id IS NULL THEN
        status := 'created';
        album_id := insert_told_album(release_group, artist, title, year, name, now_ms);
    ELSE
        status := 'exists';
        job_id := job_of_album(album_id);
    END IF;
    IF job_id IS NULL THEN
        job_id := insert_import(album_id, queue, priority, now_ms);
    ELSIF is_place_told AND move_pending_job(job_id, queue, priority) THEN
        status := 'updated';
    END IF;
END $$;

CREATE FUNCTION add_album(mbid text DEFAULT NULL, artist text DEFAULT NULL, title text DEFAULT NULL,
                          year integer DEFAULT NULL, queue text DEFAULT NULL,
                          priority integer DEFAULT NULL,
                          OUT album_id bigint, OUT job_id bigint, OUT status text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pressings, pg_temp AS $$
DECLARE
    release_group bytea;
    name          bytea;
    is_place_told boolean;
BEGIN
    mbid := told_text('mbid', mbid);
    artist := told_text('artist', artist);
    title := told_text('title', title);
    queue := told_text('queue', queue);
    is_place_told := queue IS NOT NULL OR priority IS NOT NULL;
    queue := coalesce(queue, 'default');
    priority := coalesce(priority, 0);
    release_group := told_mbid(mbid);
    PERFORM check_told_numbers(year, queue, priority);
    IF mbid IS NULL AND (artist IS NULL OR title IS NULL) THEN
        PERFORM refuse_told('it names no album', 'Give an mbid, or an artist and a title.');
    END IF;
    name := convert_to(concat(artist, chr(31), title, chr(31), year), 'UTF8');

    FOR tries IN 1..5 LOOP
        BEGIN
            SELECT * INTO album_id, job_id, status FROM put_told_album(
                release_group, artist, title, year, name, queue, priority, is_place_told,
                floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint);
            RETURN;
        EXCEPTION WHEN unique_violation OR foreign_key_violation THEN
            -- Somebody else put it in, or made it one with another: what is there now is seen next.
        END;
    END LOOP;
    RAISE EXCEPTION 'another transaction has put the same album in'
        USING ERRCODE = '40001', HINT = 'Run the transaction again.';
END $$;

COMMENT ON FUNCTION add_album IS
    'Puts an album in with the job that imports its releases, in the transaction of who calls it';

REVOKE ALL ON FUNCTION refuse_told, told_text, told_mbid, check_told_numbers, change_total,
    job_of_album, insert_import, move_pending_job, credit_of_name, find_told_album,
    insert_told_album, put_told_album, add_album FROM PUBLIC;
