#include "support/raw_client.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace pressings::test {

RawClient::RawClient(int port, int receive_bytes)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_bytes > 0) {
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
    }
    const timeval patience{30, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        ::close(m_socket);
        throw std::runtime_error("cannot connect");
    }
}

RawClient::~RawClient() {
    if (m_socket >= 0) ::close(m_socket);
}

RawClient::RawClient(RawClient&& other) noexcept : m_socket(std::exchange(other.m_socket, -1)) {}

std::size_t RawClient::send(std::string_view text) const {
    const ssize_t sent = ::send(m_socket, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

bool RawClient::is_closed() const {
    pollfd file{m_socket, POLLRDHUP, 0};
    return ::poll(&file, 1, 0) > 0;
}

std::string RawClient::get(const std::string& path) const {
    send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return read_to_the_end();
}

std::string RawClient::read_to_the_end() const {
    std::string all;
    std::array<char, 65'536> buffer{};
    while (true) {
        const ssize_t size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (size == 0) return all;
        if (size < 0) return "";
        all.append(buffer.data(), static_cast<std::size_t>(size));
    }
}

}  // namespace pressings::test
