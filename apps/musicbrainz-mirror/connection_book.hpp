#pragma once

#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>

#include "base/time.hpp"

namespace pressings {

/// The connections of a server, each with what it is at and since when; safe from several threads.
/// It decides which are ended: those that take too long, whatever trickles in or out meanwhile, and
/// the oldest when there are too many. To end one is to shut its socket down; the server then sees
/// that it is at its end, and closes it.
class ConnectionBook {
  public:
    struct Limits {
        std::size_t connections = 1'000;
        /// For a request to come (counted from the connection, or from the answer before), and
        /// likewise for its answer to be taken.
        Millis time_ms = 30'000;
        /// Of answers that have not been taken yet, in all.
        std::size_t answer_bytes = std::size_t{128} << 20U;
    };

    explicit ConnectionBook(Limits limits) : m_limits(limits) {}
    ConnectionBook(const ConnectionBook&) = delete;
    ConnectionBook& operator=(const ConnectionBook&) = delete;

    struct Connection {
        int socket = -1;
        Millis since_ms = 0;           ///< steady
        std::size_t answer_bytes = 0;  ///< of an answer that has not been taken yet
        std::list<Connection>* place = nullptr;
        std::list<Connection>::iterator self;
    };

    /// `socket` is open until `closed` has been called. The connection lives as long.
    Connection* opened(int socket);
    void asked(Connection& connection);
    void answered(Connection& connection, std::size_t bytes);
    /// The answer was taken, or it never will be.
    void done(Connection& connection);
    void closed(Connection* connection);

    /// Ends those that are over their time, or whose client has gone before its request was whole.
    void end_overdue();

    /// Waits until no answer is under way, `longest_ms` at most.
    void wait_for_answers(Millis longest_ms);

  private:
    void move(Connection& connection, std::list<Connection>& to);
    void end(Connection& connection);
    void end_overdue(std::list<Connection>& connections, Millis now_ms);
    void end_gone(Millis now_ms);
    void forget_answer(Connection& connection);

    Limits m_limits;
    std::mutex m_mutex;
    std::condition_variable m_no_answers;
    // In each the longest there comes first.
    std::list<Connection> m_waiting;    ///< for a request to be whole
    std::list<Connection> m_answering;  ///< a request that is
    std::list<Connection> m_ended;      ///< and not closed yet
    std::size_t m_answer_bytes = 0;
};

}  // namespace pressings
