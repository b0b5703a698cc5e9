-- What a search answers from. It can be made anew from the rest at any time, and is brought up to date
-- before an answer: what is above the last album here, or outdated, is not in it yet.

CREATE TABLE search_documents (
    album_id     bigint PRIMARY KEY REFERENCES albums (id) ON DELETE CASCADE,
    title_words  bigint NOT NULL,
    artist_words bigint NOT NULL,
    releases     bigint NOT NULL,
    -- The words of an album's names, as domain/search_words.cpp reads them, each behind the number of
    -- its field: see store/postgresql/search/search_vector.hpp.
    words        tsvector NOT NULL
);

CREATE INDEX search_documents_by_word ON search_documents USING gin (words);

-- Albums whose names are others now.
CREATE TABLE search_outdated (
    album_id bigint PRIMARY KEY REFERENCES albums (id) ON DELETE CASCADE
);
