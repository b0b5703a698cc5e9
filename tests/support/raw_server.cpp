#include "support/raw_server.hpp"

#include <stdexcept>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pressings::test {

namespace {

int listen_somewhere() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 ||
        ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, 64) != 0) {
        throw std::runtime_error("no server could be made");
    }
    return listener;
}

int port_of(int listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

/// "/path" of a request's first line; "" if it is none, such as a hand that is offered for TLS.
std::string path_asked_for(int connection) {
    std::string head(4096, '\0');
    const auto size = ::recv(connection, head.data(), head.size(), 0);
    head.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    if (head.rfind("GET ", 0) != 0) return {};
    return head.substr(4, head.find_first_of(" ?", 4) - 4);
}

void send_all(int connection, const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto more =
            ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (more <= 0) return;
        sent += static_cast<std::size_t>(more);
    }
}

}  // namespace

struct RawServer::State {
    std::map<std::string, RawAnswer> answers;
    int listener = listen_somewhere();
    int stopped[2] = {-1, -1};
    std::vector<int> silent;
    std::thread thread;

    void serve() {
        while (true) {
            pollfd events[] = {{listener, POLLIN, 0}, {stopped[0], POLLIN, 0}};
            if (::poll(events, 2, -1) < 0 || events[1].revents != 0) return;
            const int connection = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection >= 0) answer(connection);
        }
    }

    void answer(int connection) {
        const auto found = answers.find(path_asked_for(connection));
        const RawAnswer answer = found == answers.end() ? RawAnswer{} : found->second;
        send_all(connection, answer.bytes);
        if (answer.end == RawAnswer::End::silent) {
            silent.push_back(connection);
            return;
        }
        if (answer.end == RawAnswer::End::reset) {
            const linger at_once{1, 0};
            ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        }
        ::close(connection);
    }
};

RawServer::RawServer(std::map<std::string, RawAnswer> answers)
    : m_state(std::make_unique<State>()) {
    m_state->answers = std::move(answers);
    if (::pipe2(m_state->stopped, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    m_state->thread = std::thread{[state = m_state.get()] { state->serve(); }};
}

RawServer::~RawServer() {
    ::close(m_state->stopped[1]);
    m_state->thread.join();
    for (const int descriptor : m_state->silent)
        ::close(descriptor);
    ::close(m_state->listener);
    ::close(m_state->stopped[0]);
}

int RawServer::port() const {
    return port_of(m_state->listener);
}

}  // namespace pressings::test
