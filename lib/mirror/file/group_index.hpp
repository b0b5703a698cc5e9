#pragma once

#include <cstdint>

#include "mirror/dump/document_json.hpp"
#include "mirror/file/database.hpp"
#include "mirror/file/packing.hpp"

namespace pressings::mirror {

/// What release groups are found by, but for their MBIDs: words, wordless titles, artists. Inside
/// this room only; transactions are the caller's. Errors are SQLite::Exception.
class GroupIndex {
  public:
    explicit GroupIndex(Database& database) : m_database(database) {}

    /// Where the artists of a group go: to be put in order later, or to their place at once.
    enum class Artists { staged, sorted };
    void add(std::int64_t document, const GroupNames& names, Artists artists);

    /// `names` must be those that it was added with.
    void drop(std::int64_t document, const GroupNames& names);

    /// Puts the staged artists in order.
    void sort();

    /// Words and nothing else, of all documents there are: artists and titles were taken over.
    void rebuild(Unpacker& unpacker, DocumentParser& parser);

  private:
    void add_words(std::int64_t document, const GroupNames& names);

    Database& m_database;
};

}  // namespace pressings::mirror
