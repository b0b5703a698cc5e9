#pragma once

#include <map>
#include <mutex>
#include <string>

#include "store/request_slots.hpp"
#include "store/sqlite/file_lock.hpp"

namespace pressings::store::sqlite {

/// Slots kept in a small file beside the database, a line a host, read and rewritten under a lock
/// that the kernel frees when its holder dies. Apart from the database, so that no request waits
/// for a write transaction and none costs one.
class FileRequestSlots final : public RequestSlots {
  public:
    FileRequestSlots(const std::string& path, Clock& clock);
    ~FileRequestSlots() override;
    FileRequestSlots(const FileRequestSlots&) = delete;
    FileRequestSlots& operator=(const FileRequestSlots&) = delete;

    Millis take(const std::string& host, Millis interval_ms) override;
    void hold_off(const std::string& host, Millis until_ms) override;
    std::vector<Hold> holds() override;

  private:
    struct Host {
        Millis next_ms = 0;
        Millis held_until_ms = 0;
    };
    using Hosts = std::map<std::string, Host>;

    template <typename Change>
    Millis change(const std::string& host, Change&& change);
    Hosts read() const;
    void write(const Hosts& hosts) const;

    std::string m_path;
    Clock& m_clock;
    std::string m_boot;  ///< the steady clock starts anew with each; times of another mean nothing
    std::mutex m_mutex;
    FileLock m_lock;
    int m_file = -1;
};

}  // namespace pressings::store::sqlite
