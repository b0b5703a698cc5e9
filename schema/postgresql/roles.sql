-- Roles for a catalogue, each with the least that its tools need. An administrator runs it with
-- psql, in the catalogue's database, once its tables are there, and again after each upgrade:
--   psql -d pressings -f roles.sql
--   psql -d pressings -v prefix=other -f roles.sql    (other_owner, … for a second catalogue)
-- The tools do not run it. It sets no password: see \password. pressings-postgresql(7) tells more.
\set ON_ERROR_STOP on
\set QUIET on
\if :{?prefix}
\else
    \set prefix pressings
\endif
\set owner  :prefix '_owner'
\set import :prefix '_import'
\set work   :prefix '_work'
\set read   :prefix '_read'
\set app    :prefix '_app'

DO $$ BEGIN
    IF to_regclass('pressings.catalogue') IS NULL THEN
        RAISE EXCEPTION 'there is no catalogue in the database %', quote_ident(current_database())
            USING HINT = 'album-import makes its tables with the first album; run this again then.';
    END IF;
END $$;

BEGIN;
SET LOCAL search_path = pressings;
SET LOCAL client_min_messages = warning;

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY[:'owner', :'import', :'work', :'read', :'app']) name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

-- What the tools ask for themselves, and a pooler may leave out.
SELECT format('ALTER ROLE %I IN DATABASE %I SET %s', name, current_database(), setting)
FROM unnest(ARRAY[:'owner', :'import', :'work', :'read']) name,
    unnest(ARRAY['search_path = pressings', 'lock_timeout = 30000']) setting \gexec

-- The owner has all that there is, whoever made it.
SELECT format('GRANT %I TO CURRENT_USER', :'owner')
WHERE NOT pg_has_role(current_user, :'owner', 'MEMBER') \gexec
ALTER SCHEMA pressings OWNER TO :"owner";
SELECT format('ALTER TABLE %s OWNER TO %I', oid::regclass, :'owner') FROM pg_class
WHERE relnamespace = 'pressings'::regnamespace AND relkind IN ('r', 'v')
AND relowner <> :'owner'::regrole \gexec
SELECT format('ALTER ROUTINE %s OWNER TO %I', oid::regprocedure, :'owner') FROM pg_proc
WHERE pronamespace = 'pressings'::regnamespace AND proowner <> :'owner'::regrole \gexec

GRANT CONNECT ON DATABASE :"DBNAME" TO :"owner", :"import", :"work", :"read", :"app";
GRANT USAGE ON SCHEMA pressings TO :"import", :"work", :"read", :"app";
REVOKE ALL ON ALL TABLES IN SCHEMA pressings FROM :"import", :"work", :"read", :"app";

-- release-catalog; status, jobs, show and check of release-worker.
GRANT SELECT ON ALL TABLES IN SCHEMA pressings TO :"import", :"work", :"read";
-- A copy gives out no id that was given out here.
GRANT SELECT ON ALL SEQUENCES IN SCHEMA pressings TO :"read";

-- Who writes takes the locks that are in writers, and counts.
GRANT UPDATE ON writers TO :"import", :"work";
GRANT INSERT ON total_changes, release_count_changes, work_changes TO :"import", :"work";
GRANT EXECUTE ON FUNCTION fold_counts TO :"import", :"work";

-- album-import. A dry run notes in a temporary table what it has seen.
GRANT TEMPORARY ON DATABASE :"DBNAME" TO :"import";
GRANT INSERT ON artists, artist_credits, artist_credit_names, album_credits, album_identifiers,
    change_fields, search_outdated TO :"import";
GRANT INSERT, UPDATE ON album_user_values, changes, jobs, totals TO :"import";
GRANT USAGE ON SEQUENCE albums_id_seq TO :"import";
GRANT INSERT, DELETE ON album_aliases, album_genres, album_secondary_types TO :"import";
GRANT INSERT, UPDATE, DELETE ON albums, album_keys, watches TO :"import";
GRANT UPDATE ON attempts, releases TO :"import";
GRANT DELETE ON job_candidates, oddities TO :"import";

-- release-worker.
GRANT INSERT ON artist_credits, artist_credit_names, album_credits, album_identifiers,
    change_fields, discs, tracks, workers TO :"work";
GRANT INSERT, UPDATE ON artists, album_user_values, attempts, changes, labels, release_counts,
    request_slots, totals TO :"work";
GRANT INSERT, DELETE ON album_aliases, album_genres, album_secondary_types, job_candidates,
    label_info, media, paused_queues, release_aliases, release_events, release_genres,
    release_originals, release_urls, search_outdated TO :"work";
GRANT INSERT, UPDATE, DELETE ON albums, album_keys, jobs, merged_releases, oddities, releases,
    search_documents, watches, work TO :"work";
GRANT USAGE ON SEQUENCE artists_id_seq, artist_credits_id_seq, labels_id_seq, releases_id_seq
    TO :"work";

-- An application: nothing but this.
GRANT EXECUTE ON FUNCTION add_album TO :"app";
COMMIT;
