#pragma once

#include <cstdint>
#include <string>

namespace pressings::store::sql {

/// The beginning of the line that a worker leaves when it dies of itself, in a file that is there
/// only from such a death until the jobs of that worker were taken back. Its start is part of it:
/// the numbers of workers begin anew where another database takes the place of this one.
std::string death_note_of(std::int64_t worker_id, std::int64_t started_at_ms);

/// What is in the file now, read once.
class DeathNotes {
  public:
    /// No file, or one that cannot be read, has no notes.
    explicit DeathNotes(std::string path);

    bool has(std::int64_t worker_id, std::int64_t started_at_ms) const;
    /// Deletes the file, unless more has been written since. For when the jobs of those named in it
    /// have been taken back.
    void discard() const;

  private:
    std::string m_path;
    std::string m_text;
};

}  // namespace pressings::store::sql
