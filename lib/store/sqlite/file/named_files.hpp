#pragma once

#include <optional>
#include <string>

#include "store/sqlite/file/open_files.hpp"

namespace pressings::store::sqlite {

/// What stands under the names of an open database, its log and the log's index: is it still what
/// was opened? Files can be moved, removed and replaced under a program that has them open, which
/// then works on what nobody will ever read.
class NamedFiles {
  public:
    /// `path` is the database that is open, and `database` which file it was then.
    NamedFiles(std::string path, const FileIdentity& database)
        : m_path(std::move(path)), m_database(database) {}

    /// Notes the log and its index, which are open now; nothing if there are none.
    void note_log();

    /// StoreError if the database has another name, or if one of the files is not under its name
    /// any more.
    void require_in_place() const;

  private:
    std::string m_path;
    FileIdentity m_database;
    std::optional<FileIdentity> m_log;
    std::optional<FileIdentity> m_index;
};

}  // namespace pressings::store::sqlite
