#pragma once

#include <cstdint>
#include <string>

namespace pressings::store::sqlite {

/// The file beside the database in which workers that die of themselves leave a line each. It is
/// there only from such a death until the jobs of that worker were taken back.
std::string death_notes_path(const std::string& database_path);

/// The beginning of a worker's line. Its start is part of it: the numbers of workers begin anew
/// where another database takes the place of this one.
std::string death_note_of(std::int64_t worker_id, std::int64_t started_at_ms);

/// What is in the file now, read once.
class DeathNotes {
  public:
    /// No file, or one that cannot be read, has no notes.
    explicit DeathNotes(const std::string& database_path);

    bool has(std::int64_t worker_id, std::int64_t started_at_ms) const;
    /// Deletes the file, unless more has been written since. For when the jobs of those named in it
    /// have been taken back.
    void discard() const;

  private:
    std::string m_path;
    std::string m_text;
};

}  // namespace pressings::store::sqlite
