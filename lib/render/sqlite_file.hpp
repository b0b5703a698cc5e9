#pragma once

#include <memory>
#include <string>

#include "base/draft.hpp"
#include "render/part_rows.hpp"

namespace pressings::render {

/// The tables of the catalogue as a SQLite database for other programs (sqlite3, Datasette,
/// pandas): `row_tables` with their keys and references, and a full-text index of albums, releases
/// and tracks in `albums_fts`, `releases_fts` and `tracks_fts`. What is not known is NULL. It is
/// written as a whole or not at all.
class SqliteFile final : public RowSink {
  public:
    /// Begins one that will be at `path`. UsageError if something is there that is not an earlier
    /// one, or if that is open in another program; Error if nothing can be written there.
    explicit SqliteFile(const std::string& path);
    /// Removes what was not kept.
    ~SqliteFile() override;

    void row(const RowTable& table, const std::vector<std::string>& cells) override;
    /// Makes the indexes first.
    void keep() override;

  private:
    class Tables;

    std::string m_path;  ///< of the file itself, links followed
    Draft m_draft;
    std::unique_ptr<Tables> m_tables;
};

}  // namespace pressings::render
