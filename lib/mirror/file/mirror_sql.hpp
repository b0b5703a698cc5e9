#pragma once

/// Every statement of the mirror file. `document` is the rowid of the packed JSON, in the order of
/// the dump; the keys are tables apart, so that what is looked up by is small.
namespace pressings::mirror::sql {

inline constexpr int k_application_id = 0x50724d62;  // "PrMb"
inline constexpr int k_version = 2;

inline constexpr char k_make_file[] = R"(
CREATE TABLE facts(name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
CREATE TABLE dumps(
    kind TEXT PRIMARY KEY, timestamp TEXT, replication_sequence INTEGER,
    schema_sequence INTEGER, loaded_at_ms INTEGER NOT NULL,
    incremental_dumps INTEGER NOT NULL, odd INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE inputs(
    number INTEGER PRIMARY KEY, kind TEXT, lines INTEGER NOT NULL, documents INTEGER NOT NULL,
    timestamp TEXT, replication_sequence INTEGER, schema_sequence INTEGER,
    is_done INTEGER NOT NULL, odd INTEGER NOT NULL) STRICT;
CREATE TABLE dictionaries(
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, dictionary BLOB NOT NULL) STRICT;
)";

inline constexpr char k_make_releases[] = R"(
CREATE TABLE release_documents(id INTEGER PRIMARY KEY, json BLOB NOT NULL) STRICT;
CREATE TABLE releases(
    mbid BLOB PRIMARY KEY, release_group BLOB NOT NULL, document INTEGER NOT NULL,
    json_bytes INTEGER NOT NULL, packed_bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE release_identifiers(
    key TEXT NOT NULL, document INTEGER NOT NULL,
    PRIMARY KEY(key, document)) STRICT, WITHOUT ROWID;
CREATE TABLE new_releases(
    mbid BLOB NOT NULL, release_group BLOB NOT NULL, document INTEGER NOT NULL,
    json_bytes INTEGER NOT NULL, packed_bytes INTEGER NOT NULL) STRICT;
CREATE TABLE new_release_identifiers(key TEXT NOT NULL, document INTEGER NOT NULL) STRICT;
)";

// Releases that are called otherwise than their group, by what they are found by: a line a name.
inline constexpr char k_make_release_names[] = R"(
CREATE TABLE release_titles(
    document INTEGER PRIMARY KEY, titles TEXT NOT NULL, artists TEXT NOT NULL,
    credited TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE release_names USING fts5(
    titles, artists, credited, content='release_titles', content_rowid='document',
    tokenize='unicode61 remove_diacritics 0');
)";
inline constexpr char k_take_release_names[] =
    "INSERT INTO release_titles SELECT * FROM old.release_titles";
inline constexpr char k_index_release_names[] =
    "INSERT INTO release_names(release_names) VALUES('rebuild')";
inline constexpr char k_add_release_titles[] =
    "INSERT OR REPLACE INTO release_titles VALUES(?1, ?2, ?3, ?4)";
inline constexpr char k_add_release_names[] =
    "INSERT INTO release_names(rowid, titles, artists, credited) "
    "SELECT * FROM release_titles WHERE document = ?1";
inline constexpr char k_drop_release_names[] =
    "INSERT INTO release_names(release_names, rowid, titles, artists, credited) "
    "SELECT 'delete', * FROM release_titles WHERE document = ?1";
inline constexpr char k_drop_release_titles[] = "DELETE FROM release_titles WHERE document = ?1";
inline constexpr char k_releases_named[] = R"(
SELECT d.id, d.json FROM release_names n JOIN release_documents d ON d.id = n.rowid
WHERE release_names MATCH ?1 ORDER BY n.rowid LIMIT ?2)";

inline constexpr char k_make_groups[] = R"(
CREATE TABLE group_documents(id INTEGER PRIMARY KEY, json BLOB NOT NULL) STRICT;
CREATE TABLE groups(
    mbid BLOB PRIMARY KEY, document INTEGER NOT NULL,
    json_bytes INTEGER NOT NULL, packed_bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE group_artists(
    artist BLOB NOT NULL, document INTEGER NOT NULL,
    PRIMARY KEY(artist, document)) STRICT, WITHOUT ROWID;
CREATE TABLE group_identifiers(
    key TEXT NOT NULL, document INTEGER NOT NULL,
    PRIMARY KEY(key, document)) STRICT, WITHOUT ROWID;
CREATE TABLE wordless_titles(
    title TEXT NOT NULL, document INTEGER NOT NULL,
    PRIMARY KEY(title, document)) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE group_names USING fts5(
    titles, artists, credited, content='', tokenize='unicode61 remove_diacritics 0');
CREATE TABLE new_groups(
    mbid BLOB NOT NULL, document INTEGER NOT NULL,
    json_bytes INTEGER NOT NULL, packed_bytes INTEGER NOT NULL) STRICT;
CREATE TABLE new_group_artists(artist BLOB NOT NULL, document INTEGER NOT NULL) STRICT;
)";

inline constexpr char k_drop_staged_releases[] =
    "DROP TABLE new_releases; DROP TABLE new_release_identifiers";
inline constexpr char k_drop_staged_groups[] =
    "DROP TABLE new_groups; DROP TABLE new_group_artists";
inline constexpr char k_merge_names[] = "INSERT INTO group_names(group_names) VALUES('optimize')";
inline constexpr char k_index_releases[] =
    "CREATE INDEX IF NOT EXISTS releases_by_group ON releases(release_group, mbid, document)";

// A document that comes twice counts by its last line: max() also picks the row
// (https://sqlite.org/lang_select.html, "bare columns in an aggregate query").
inline constexpr char k_sort_releases[] = R"(
INSERT INTO releases(document, mbid, release_group, json_bytes, packed_bytes)
SELECT max(document), mbid, release_group, json_bytes, packed_bytes
FROM new_releases GROUP BY mbid)";
inline constexpr char k_sort_release_identifiers[] = R"(
INSERT OR IGNORE INTO release_identifiers SELECT key, document FROM new_release_identifiers
ORDER BY key, document)";
inline constexpr char k_sort_groups[] = R"(
INSERT INTO groups(document, mbid, json_bytes, packed_bytes)
SELECT max(document), mbid, json_bytes, packed_bytes FROM new_groups GROUP BY mbid)";
inline constexpr char k_sort_group_artists[] = R"(
INSERT OR IGNORE INTO group_artists SELECT artist, document FROM new_group_artists
ORDER BY artist, document)";

inline constexpr char k_earlier_releases[] = R"(
SELECT n.document, r.document FROM new_releases n JOIN releases r ON r.mbid = n.mbid
WHERE n.document <> r.document)";
inline constexpr char k_earlier_groups[] = R"(
SELECT n.document, r.document FROM new_groups n JOIN groups r ON r.mbid = n.mbid
WHERE n.document <> r.document)";

inline constexpr char k_add_release_document[] = "INSERT INTO release_documents VALUES(NULL, ?1)";
inline constexpr char k_add_group_document[] = "INSERT INTO group_documents VALUES(NULL, ?1)";
inline constexpr char k_add_new_release[] = "INSERT INTO new_releases VALUES(?1, ?2, ?3, ?4, ?5)";
inline constexpr char k_add_new_group[] = "INSERT INTO new_groups VALUES(?1, ?2, ?3, ?4)";
inline constexpr char k_add_new_identifier[] = "INSERT INTO new_release_identifiers VALUES(?1, ?2)";
inline constexpr char k_put_release_identifier[] =
    "INSERT OR IGNORE INTO release_identifiers VALUES(?1, ?2)";
inline constexpr char k_drop_release_identifier[] =
    "DELETE FROM release_identifiers WHERE key = ?1 AND document = ?2";
inline constexpr char k_put_group_identifier[] =
    "INSERT OR IGNORE INTO group_identifiers VALUES(?1, ?2)";
inline constexpr char k_drop_group_identifier[] =
    "DELETE FROM group_identifiers WHERE key = ?1 AND document = ?2";
inline constexpr char k_put_release[] =
    "INSERT OR REPLACE INTO releases VALUES(?1, ?2, ?3, ?4, ?5)";
inline constexpr char k_put_group[] = "INSERT OR REPLACE INTO groups VALUES(?1, ?2, ?3, ?4)";
inline constexpr char k_add_new_group_artist[] = "INSERT INTO new_group_artists VALUES(?1, ?2)";
inline constexpr char k_put_group_artist[] = "INSERT OR IGNORE INTO group_artists VALUES(?1, ?2)";
inline constexpr char k_drop_group_artist[] =
    "DELETE FROM group_artists WHERE artist = ?1 AND document = ?2";
inline constexpr char k_add_names[] =
    "INSERT INTO group_names(rowid, titles, artists, credited) VALUES(?1, ?2, ?3, ?4)";
// How a row leaves an FTS5 table that keeps no content
// (https://sqlite.org/fts5.html#the_delete_command).
inline constexpr char k_drop_names[] =
    "INSERT INTO group_names(group_names, rowid, titles, artists, credited) "
    "VALUES('delete', ?1, ?2, ?3, ?4)";
inline constexpr char k_add_wordless[] = "INSERT OR IGNORE INTO wordless_titles VALUES(?1, ?2)";
inline constexpr char k_drop_wordless[] =
    "DELETE FROM wordless_titles WHERE title = ?1 AND document = ?2";
inline constexpr char k_drop_release_document[] = "DELETE FROM release_documents WHERE id = ?1";
inline constexpr char k_drop_group_document[] = "DELETE FROM group_documents WHERE id = ?1";

inline constexpr char k_table[] =
    "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?1";
inline constexpr char k_old_table[] =
    "SELECT 1 FROM old.sqlite_schema WHERE type = 'table' AND name = ?1";
inline constexpr char k_put_fact[] = "INSERT OR REPLACE INTO facts VALUES(?1, ?2)";
inline constexpr char k_fact[] = "SELECT value FROM facts WHERE name = ?1";
inline constexpr char k_add_dictionary[] =
    "INSERT INTO dictionaries(kind, dictionary) VALUES(?1, ?2)";
inline constexpr char k_dictionaries[] = "SELECT dictionary FROM dictionaries";
inline constexpr char k_dictionary_bytes[] =
    "SELECT coalesce(sum(length(dictionary)), 0) FROM dictionaries";
inline constexpr char k_latest_dictionary[] =
    "SELECT dictionary FROM dictionaries WHERE kind = ?1 ORDER BY id DESC LIMIT 1";
inline constexpr char k_drop_dictionaries[] = "DELETE FROM dictionaries WHERE kind = ?1";

inline constexpr char k_put_input[] =
    "INSERT OR REPLACE INTO inputs VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
inline constexpr char k_input[] =
    "SELECT kind, lines, documents, timestamp, replication_sequence, schema_sequence, is_done, odd "
    "FROM inputs WHERE number = ?1";
inline constexpr char k_put_dump[] =
    "INSERT OR REPLACE INTO dumps VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
inline constexpr char k_dump[] =
    "SELECT timestamp, replication_sequence, schema_sequence, loaded_at_ms, incremental_dumps, odd "
    "FROM dumps WHERE kind = ?1";

inline constexpr char k_sum_releases[] =
    "SELECT count(*), coalesce(sum(json_bytes), 0), coalesce(sum(packed_bytes), 0) FROM releases";
inline constexpr char k_sum_groups[] =
    "SELECT count(*), coalesce(sum(json_bytes), 0), coalesce(sum(packed_bytes), 0) FROM groups";
inline constexpr char k_count_artists[] = "SELECT count(DISTINCT artist) FROM group_artists";
inline constexpr char k_count_groups_of_releases[] =
    "SELECT count(DISTINCT release_group) FROM releases";
inline constexpr char k_count_releases_without_group[] = R"(
SELECT count(*) FROM releases r
WHERE NOT EXISTS (SELECT 1 FROM groups g WHERE g.mbid = r.release_group))";
inline constexpr char k_count_groups_without_releases[] = R"(
SELECT count(*) FROM groups g
WHERE NOT EXISTS (SELECT 1 FROM releases r WHERE r.release_group = g.mbid))";
inline constexpr char k_count_added_releases[] = R"(
SELECT count(*) FROM releases r
WHERE NOT EXISTS (SELECT 1 FROM old.releases o WHERE o.mbid = r.mbid))";
inline constexpr char k_count_added_groups[] = R"(
SELECT count(*) FROM groups g
WHERE NOT EXISTS (SELECT 1 FROM old.groups o WHERE o.mbid = g.mbid))";
inline constexpr char k_count_old_releases[] = "SELECT count(*) FROM old.releases";
inline constexpr char k_count_old_groups[] = "SELECT count(*) FROM old.groups";

// What is taken over from the mirror before.
inline constexpr char k_attach[] = "ATTACH ?1 AS old";
inline constexpr char k_detach[] = "DETACH old";
inline constexpr char k_take_releases[] = R"(
INSERT INTO release_documents SELECT * FROM old.release_documents;
INSERT INTO releases SELECT * FROM old.releases;
INSERT INTO release_identifiers SELECT * FROM old.release_identifiers;
)";
inline constexpr char k_take_groups[] = R"(
INSERT INTO group_documents SELECT * FROM old.group_documents;
INSERT INTO groups SELECT * FROM old.groups;
INSERT INTO group_artists SELECT * FROM old.group_artists;
INSERT INTO wordless_titles SELECT * FROM old.wordless_titles;
INSERT INTO group_identifiers SELECT * FROM old.group_identifiers;
)";
inline constexpr char k_group_documents[] = "SELECT id, json FROM group_documents";
inline constexpr char k_take_dictionaries[] =
    "INSERT INTO dictionaries(kind, dictionary) "
    "SELECT kind, dictionary FROM old.dictionaries WHERE kind = ?1 ORDER BY id";
inline constexpr char k_take_dump[] = "INSERT INTO dumps SELECT * FROM old.dumps WHERE kind = ?1";

// What is asked of a mirror.
inline constexpr char k_release[] = R"(
SELECT d.json FROM releases r JOIN release_documents d ON d.id = r.document WHERE r.mbid = ?1)";
inline constexpr char k_release_key[] =
    "SELECT document, release_group FROM releases WHERE mbid = ?1";
inline constexpr char k_group[] = R"(
SELECT d.json FROM groups g JOIN group_documents d ON d.id = g.document WHERE g.mbid = ?1)";
inline constexpr char k_group_key[] = "SELECT document FROM groups WHERE mbid = ?1";
inline constexpr char k_release_document[] = "SELECT json FROM release_documents WHERE id = ?1";
inline constexpr char k_first_release_document[] =
    "SELECT json FROM release_documents ORDER BY id LIMIT 1";
inline constexpr char k_last_release_document[] =
    "SELECT json FROM release_documents ORDER BY id DESC LIMIT 1";
inline constexpr char k_first_group_document[] =
    "SELECT json FROM group_documents ORDER BY id LIMIT 1";
inline constexpr char k_last_group_document[] =
    "SELECT json FROM group_documents ORDER BY id DESC LIMIT 1";
inline constexpr char k_group_document[] = "SELECT json FROM group_documents WHERE id = ?1";
inline constexpr char k_releases_of_group[] = R"(
SELECT d.json FROM releases r INDEXED BY releases_by_group
JOIN release_documents d ON d.id = r.document WHERE r.release_group = ?1 ORDER BY r.mbid)";
inline constexpr char k_release_mbids_of_group[] = R"(
SELECT mbid FROM releases INDEXED BY releases_by_group WHERE release_group = ?1 ORDER BY mbid)";
inline constexpr char k_releases_with[] = R"(
SELECT d.json FROM release_identifiers i JOIN release_documents d ON d.id = i.document
WHERE i.key = ?1 ORDER BY i.document LIMIT ?2)";
inline constexpr char k_groups_with[] = R"(
SELECT d.json FROM group_identifiers i JOIN group_documents d ON d.id = i.document
WHERE i.key = ?1 ORDER BY i.document LIMIT ?2)";
inline constexpr char k_groups_of_artist[] = R"(
SELECT d.json FROM group_artists a JOIN group_documents d ON d.id = a.document
WHERE a.artist = ?1 ORDER BY a.document)";
inline constexpr char k_groups_named[] = R"(
SELECT d.id, d.json FROM group_names n JOIN group_documents d ON d.id = n.rowid
WHERE group_names MATCH ?1 ORDER BY n.rowid LIMIT ?2)";
inline constexpr char k_groups_near[] = R"(
SELECT d.id, d.json FROM group_names n JOIN group_documents d ON d.id = n.rowid
WHERE group_names MATCH ?1 ORDER BY n.rank LIMIT ?2)";
inline constexpr char k_count_search[] =
    "SELECT count(*) FROM group_names WHERE group_names MATCH ?1";
inline constexpr char k_search_groups[] = R"(
SELECT n.rank, d.json FROM group_names n JOIN group_documents d ON d.id = n.rowid
WHERE group_names MATCH ?1 ORDER BY n.rank LIMIT ?2 OFFSET ?3)";
inline constexpr char k_count_release_search[] =
    "SELECT count(*) FROM release_names WHERE release_names MATCH ?1";
inline constexpr char k_search_releases[] = R"(
SELECT n.rank, d.json FROM release_names n JOIN release_documents d ON d.id = n.rowid
WHERE release_names MATCH ?1 ORDER BY n.rank LIMIT ?2 OFFSET ?3)";
inline constexpr char k_groups_titled[] = R"(
SELECT d.id, d.json FROM wordless_titles t JOIN group_documents d ON d.id = t.document
WHERE t.title = ?1 ORDER BY t.document LIMIT ?2)";

}  // namespace pressings::mirror::sql
