#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace pressings::store::sql {

/// The beginning of the line that a worker leaves when it dies of itself, in a file that is there
/// only from such a death until the jobs of that worker were taken back. Its start is part of it:
/// the numbers of workers begin anew where another database takes the place of this one.
std::string death_note_of(std::int64_t worker_id, std::int64_t started_at_ms);

/// What is in the file: read when it is first asked for, and again after a discard.
class DeathNotes {
  public:
    /// No file, or one that cannot be read, has no notes.
    explicit DeathNotes(std::string path) : m_path(std::move(path)) {}

    const std::string& path() const { return m_path; }
    bool has(std::int64_t worker_id, std::int64_t started_at_ms);
    /// Deletes the file, unless more has been written since it was read. For when the jobs of those
    /// named in it have been taken back.
    void discard();

  private:
    std::string m_path;
    std::optional<std::string> m_text;
};

}  // namespace pressings::store::sql
