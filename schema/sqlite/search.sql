-- What a search answers from. It can be made anew from the rest at any time, and is brought up to date
-- before an answer: what is above the last album here, or outdated, is not in it yet.

-- The words of an album's names, as domain/search_words.cpp reads them; in the order of SearchField.
-- There is no way to take words back: a document that no row of search_documents names is void.
CREATE VIRTUAL TABLE search_words USING fts5 (
    title, artist, catalog_number, barcode, label, release, track,
    content = '', tokenize = 'ascii'
);

CREATE TABLE search_documents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- the row of search_words
    album_id     INTEGER NOT NULL UNIQUE REFERENCES albums (id) ON DELETE CASCADE,
    title_words  INTEGER NOT NULL,
    artist_words INTEGER NOT NULL,
    releases     INTEGER NOT NULL
) STRICT;

-- Albums whose names are others now.
CREATE TABLE search_outdated (
    album_id INTEGER PRIMARY KEY REFERENCES albums (id) ON DELETE CASCADE
) STRICT;
