#pragma once

#include <csignal>

#include <sys/resource.h>

namespace pressings::test {

/// No file of this process may grow: what is written to one is an error, as on a full disk.
class NoRoom {
  public:
    NoRoom() : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{0, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~NoRoom() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

  private:
    sighandler_t m_handler;
    rlimit m_before{};
};

}  // namespace pressings::test
