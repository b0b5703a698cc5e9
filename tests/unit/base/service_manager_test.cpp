// What a service tells its manager, heard on a real socket.
#include "base/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// Where systemd listens.
class Listener {
  public:
    explicit Listener(const std::string& path) : m_socket(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        if (::bind(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("no socket");
        }
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~Listener() {
        ::close(m_socket);
        ::unsetenv("NOTIFY_SOCKET");
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::string next() const {
        std::array<char, 500> buffer{};
        const ssize_t size = ::recv(m_socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return {buffer.data(), static_cast<std::size_t>(size > 0 ? size : 0)};
    }

  private:
    int m_socket;
};

}  // namespace

TEST_CASE("A service manager hears that the service is ready, alive and stopping") {
    const TemporaryFolder folder;
    const Listener listener{folder.file("notify")};
    ServiceManager manager;
    CHECK(manager.is_there());
    manager.ready();
    manager.alive();
    manager.status("done 7\n");
    manager.stopping();
    CHECK(listener.next() == "READY=1");
    CHECK(listener.next() == "WATCHDOG=1");
    CHECK(listener.next() == "STATUS=done 7\\n");
    CHECK(listener.next() == "STOPPING=1");
}

TEST_CASE("Without a service manager, or with one that has gone, nothing happens") {
    ServiceManager nobody;
    CHECK_FALSE(nobody.is_there());
    nobody.ready();
    ::setenv("NOTIFY_SOCKET", "/nowhere/notify", 1);
    ServiceManager gone;
    gone.ready();
    ::unsetenv("NOTIFY_SOCKET");
}
