#pragma once

#include <map>
#include <mutex>
#include <string>

#include "store/request_slots.hpp"
#include "store/sqlite/file/file_lock.hpp"

namespace pressings::store::sqlite {

/// Slots kept in a small file beside the database, a line a host, read and rewritten under a lock
/// that the kernel frees when its holder dies. Apart from the database, so that no request waits
/// for a write transaction and none costs one.
///
/// The lock is one on the database (k_slots_byte), and so is not lost with the file. If the file is
/// removed or replaced, what it held is taken along into the new one.
class FileRequestSlots final : public RequestSlots {
  public:
    /// `database` is the path of a database that is there, without symbolic links.
    FileRequestSlots(const std::string& database, Clock& clock);
    ~FileRequestSlots() override;
    FileRequestSlots(const FileRequestSlots&) = delete;
    FileRequestSlots& operator=(const FileRequestSlots&) = delete;

    Millis take(const std::string& host, Millis interval_ms) override;
    void hold_off(const std::string& host, Millis hold_ms) override;
    std::vector<Hold> holds() override;

    /// What holds() would say of the slots of `database`, for who may not write. Nothing if there
    /// is no file, or none that may be read.
    static std::vector<Hold> read_holds(const std::string& database, Clock& clock);

  private:
    struct Host {
        Millis next_ms = 0;
        Millis held_until_ms = 0;
    };
    using Hosts = std::map<std::string, Host>;

    static Hosts read(int file, Millis now_ms);
    static std::vector<Hold> holds_of(const Hosts& hosts, Millis now_ms);
    template <typename Change>
    Millis change(const std::string& host, Change&& change);
    int open() const;
    bool is_in_place() const;
    Hosts read_in_place();
    void write(const Hosts& hosts) const;

    std::string m_database;
    std::string m_path;
    Clock& m_clock;
    std::mutex m_mutex;
    FileLock m_lock;
    int m_file = -1;
};

}  // namespace pressings::store::sqlite
