#include "base/service_manager.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.hpp"

namespace pressings {

namespace {

std::string address_in_environment() {
    const char* value = std::getenv("NOTIFY_SOCKET");
    return value != nullptr ? value : "";
}

}  // namespace

ServiceManager::ServiceManager() : m_address(address_in_environment()) {
    const bool usable = m_address.size() > 1 && m_address.size() < sizeof sockaddr_un::sun_path &&
                        (m_address[0] == '/' || m_address[0] == '@');
    if (!usable) return;
    m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

ServiceManager::~ServiceManager() {
    if (m_socket >= 0) ::close(m_socket);
}

void ServiceManager::ready() {
    send("READY=1");
}

void ServiceManager::alive() {
    send("WATCHDOG=1");
}

void ServiceManager::stopping() {
    send("STOPPING=1");
}

void ServiceManager::status(std::string_view text) {
    send("STATUS=" + escape_controls(text));
}

void ServiceManager::send(std::string_view message) {
    if (m_socket < 0) return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, m_address.data(), m_address.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // an abstract name
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + m_address.size());
    ::sendto(m_socket, message.data(), message.size(), MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&address), size);
}

}  // namespace pressings
