#pragma once

#include <optional>
#include <string>

#include "base/draft.hpp"
#include "base/time.hpp"
#include "store/sqlite/file/file_lock.hpp"

namespace pressings::store::sqlite {

/// The database that a restore is to replace, which may be damaged, empty or not there at all; and
/// the way in which it gives up its place. Its locks are free again when the object goes.
class OldDatabase {
  public:
    /// StoreError if something other than a file is there.
    explicit OldDatabase(std::string path);

    /// Takes the locks of these tools. StoreBusy while a worker lives, or one of them writes.
    void exclude_others();
    /// Why it cannot be read whole; nothing if it can, or is not there. Reads all of it.
    std::optional<std::string> damage();
    bool is_sound() const { return m_is_sound; }

    /// Moves its log into it and removes the log, so that the file alone is the whole database.
    /// StoreBusy if another program has it open.
    void move_log_into_it();
    /// Takes SQLite's own locks, of a file that SQLite may be unable to open. StoreBusy if another
    /// program has it open.
    void exclude_all_programs();

    /// Puts the draft, which must be on the disk, in its place and sets it aside whole: the name
    /// that it has then, if it was there. At each step one of the two is under the name, and none
    /// beside the other's log. StoreError if it cannot be done: then nothing has changed.
    std::optional<std::string> give_place_to(Draft& draft, Millis now_ms);

  private:
    bool has_side_file(const char* ending) const;
    bool has_side_files() const;
    std::string free_name(Millis now_ms) const;
    void move_side_files(const std::string& to) const;
    void remove_empty_side_files() const;
    void link_and_replace(const std::string& from, const std::string& aside) const;

    std::string m_path;
    std::optional<FileLock> m_lock;  ///< none if there is no file
    bool m_is_sound = false;
};

}  // namespace pressings::store::sqlite
