#include "connection_book.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

namespace pressings {

ConnectionBook::Connection* ConnectionBook::opened(int socket) {
    const std::lock_guard lock{m_mutex};
    // Who only waits is the first to go: an answer that is under way is taken soon, or overdue.
    if (m_waiting.size() + m_answering.size() >= m_limits.connections) {
        end(m_waiting.empty() ? m_answering.front() : m_waiting.front());
    }
    Connection& connection = m_waiting.emplace_back();
    connection.socket = socket;
    connection.since_ms = system_clock().steady_ms();
    connection.place = &m_waiting;
    connection.self = std::prev(m_waiting.end());
    return &connection;
}

void ConnectionBook::asked(Connection& connection) {
    const std::lock_guard lock{m_mutex};
    if (connection.place == &m_waiting) move(connection, m_answering);
}

void ConnectionBook::answered(Connection& connection, std::size_t bytes) {
    const std::lock_guard lock{m_mutex};
    connection.answer_bytes = bytes;
    m_answer_bytes += bytes;
    // Those who read take theirs in no time, and so are never the oldest for long.
    std::size_t excess =
        m_answer_bytes > m_limits.answer_bytes ? m_answer_bytes - m_limits.answer_bytes : 0;
    while (excess > 0 && m_answering.size() > 1) {
        Connection& oldest = m_answering.front();
        excess -= std::min(excess, oldest.answer_bytes);
        end(oldest);
    }
}

void ConnectionBook::done(Connection& connection) {
    const std::lock_guard lock{m_mutex};
    forget_answer(connection);
    if (connection.place == &m_answering) move(connection, m_waiting);
    if (m_answering.empty()) m_no_answers.notify_all();
}

void ConnectionBook::closed(Connection* connection) {
    const std::lock_guard lock{m_mutex};
    forget_answer(*connection);
    connection->place->erase(connection->self);
    if (m_answering.empty()) m_no_answers.notify_all();
}

void ConnectionBook::end_overdue() {
    const std::lock_guard lock{m_mutex};
    const Millis now_ms = system_clock().steady_ms();
    end_overdue(m_waiting, now_ms);
    end_overdue(m_answering, now_ms);
    end_gone(now_ms);
}

void ConnectionBook::wait_for_answers(Millis longest_ms) {
    std::unique_lock lock{m_mutex};
    m_no_answers.wait_for(lock, std::chrono::milliseconds{longest_ms},
                          [&] { return m_answering.empty(); });
}

void ConnectionBook::move(Connection& connection, std::list<Connection>& to) {
    to.splice(to.end(), *connection.place, connection.self);
    connection.place = &to;
    connection.since_ms = system_clock().steady_ms();
}

void ConnectionBook::end(Connection& connection) {
    ::shutdown(connection.socket, SHUT_RDWR);
    move(connection, m_ended);
}

void ConnectionBook::end_overdue(std::list<Connection>& connections, Millis now_ms) {
    while (!connections.empty() && now_ms - connections.front().since_ms >= m_limits.time_ms)
        end(connections.front());
}

/// libmicrohttpd does not see the end of a connection that came together with half a request.
void ConnectionBook::end_gone(Millis now_ms) {
    constexpr Millis k_read_by_then_ms = 1'000;
    std::vector<pollfd> files;
    for (const Connection& connection : m_waiting) {
        if (now_ms - connection.since_ms < k_read_by_then_ms) break;
        files.push_back({connection.socket, POLLRDHUP, 0});
    }
    if (::poll(files.data(), files.size(), 0) <= 0) return;
    auto connection = m_waiting.begin();
    for (const pollfd& file : files) {
        Connection& looked_at = *connection++;
        if (file.revents != 0) end(looked_at);
    }
}

void ConnectionBook::forget_answer(Connection& connection) {
    m_answer_bytes -= std::exchange(connection.answer_bytes, 0);
}

}  // namespace pressings
