#pragma once

#include <functional>
#include <map>
#include <string>

#include "connection_book.hpp"

struct MHD_Connection;
struct MHD_Daemon;

namespace pressings {

/// A GET or HEAD that came, decoded.
struct HttpRequest {
    std::string path;
    std::multimap<std::string, std::string> parameters;
};

/// What is sent back, as JSON.
struct HttpAnswer {
    int status = 200;
    std::string body;
};

/// Answers HTTP/1.1 for as long as it lives. Connections wait without a thread of their own, so
/// clients that are slow, silent or many keep nobody else from an answer; see ConnectionBook for
/// who is ended. What is longer than 32 KB before the body is refused, and bodies are not kept.
class HttpServer {
  public:
    /// Called on several threads at once. What it throws is answered with 500.
    using Answering = std::function<HttpAnswer(const HttpRequest&)>;

    /// `host` is a name or an address, port 0 picks a free one. Error if it cannot listen there.
    HttpServer(const std::string& host, int port, ConnectionBook::Limits limits,
               Answering answering);
    /// Answers that are under way have a second to be taken.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    int port() const { return m_port; }

    /// To be called every second or so.
    void end_overdue() { m_book.end_overdue(); }

  private:
    struct Callbacks;

    void listen(const std::string& host, int port);
    void start(std::size_t most_connections);
    HttpAnswer answer(const HttpRequest& request) const;

    ConnectionBook m_book;
    Answering m_answering;
    int m_port = 0;
    int m_socket = -1;
    MHD_Daemon* m_daemon = nullptr;
};

}  // namespace pressings
