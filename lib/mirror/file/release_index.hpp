#pragma once

#include <cstdint>

#include "mirror/dump/document_json.hpp"
#include "mirror/file/database.hpp"

namespace pressings::mirror {

/// By which names releases are found that are called otherwise than their group. Inside this room
/// only; transactions are the caller's. Errors are SQLite::Exception.
class ReleaseIndex {
  public:
    explicit ReleaseIndex(Database& database) : m_database(database) {}

    /// Keeps the names of a document, to be put in order later.
    void stage(std::int64_t document, const GroupNames& names);
    /// Puts in order what was staged.
    void sort();

    /// Where all is in order.
    void add(std::int64_t document, const GroupNames& names);
    /// Likewise; of a document that has no names here it does nothing.
    void drop(std::int64_t document);

  private:
    Database& m_database;
};

}  // namespace pressings::mirror
