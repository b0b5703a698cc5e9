#include "http_server.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/log.hpp"
#include "libmicrohttpd.hpp"

namespace pressings {

namespace {

constexpr unsigned k_threads = 8;
constexpr const char* k_json = "application/json; charset=utf-8";

/// Files that the process needs beside its connections.
constexpr std::size_t k_other_files = 100;

/// How many connections it can really have, with as many files open as it is allowed.
std::size_t raise_file_limit(std::size_t connections) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return connections;
    const rlim_t wanted = connections + k_other_files;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = std::min(limit.rlim_max, wanted);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    const std::size_t allowed = limit.rlim_cur;
    return allowed > 2 * k_other_files ? std::min(connections, allowed - k_other_files)
                                       : std::min(connections, k_other_files);
}

int port_of(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    const auto port = address.ss_family == AF_INET6
                          ? reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port
                          : reinterpret_cast<const sockaddr_in*>(&address)->sin_port;
    return ntohs(port);
}

/// A socket that listens at the address; -1 and errno if that cannot be.
int listen_at(const addrinfo& address) {
    constexpr int k_backlog = 512;
    const int on = 1;
    const int socket = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) return -1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (::bind(socket, address.ai_addr, address.ai_addrlen) == 0 &&
        ::listen(socket, k_backlog) == 0) {
        return socket;
    }
    const int reason = errno;
    ::close(socket);
    errno = reason;
    return -1;
}

}  // namespace

/// What libmicrohttpd calls; no exception may leave it.
struct HttpServer::Callbacks {
    static ConnectionBook::Connection& entry_of(MHD_Connection* connection) {
        const auto* info =
            libmicrohttpd().get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        return *static_cast<ConnectionBook::Connection*>(info->socket_context);
    }

    static void connection_changed(void* server, MHD_Connection* connection, void** entry,
                                   MHD_ConnectionNotificationCode what) {
        ConnectionBook& book = static_cast<HttpServer*>(server)->m_book;
        if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
            book.closed(static_cast<ConnectionBook::Connection*>(*entry));
            return;
        }
        const auto* info =
            libmicrohttpd().get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *entry = book.opened(info->connect_fd);
    }

    static MHD_Result add_parameter(void* request, MHD_ValueKind, const char* key,
                                    std::size_t key_size, const char* value,
                                    std::size_t value_size) {
        static_cast<HttpRequest*>(request)->parameters.emplace(
            std::string{key, key_size},
            value == nullptr ? std::string{} : std::string{value, value_size});
        return MHD_YES;
    }

    static void delete_body(void* body) { delete static_cast<std::string*>(body); }

    static MHD_Result send(HttpServer& server, MHD_Connection* connection, HttpAnswer answer) {
        const auto& http = libmicrohttpd();
        auto body = std::make_unique<std::string>(std::move(answer.body));
        MHD_Response* response =
            http.create_response(body->size(), body->data(), delete_body, body.get());
        if (response == nullptr) return MHD_NO;
        server.m_book.answered(entry_of(connection), body->size());
        static_cast<void>(body.release());  // now the response's
        http.add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, k_json);
        if (answer.status == MHD_HTTP_METHOD_NOT_ALLOWED) {
            http.add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
        }
        const auto queued =
            http.queue_response(connection, static_cast<unsigned>(answer.status), response);
        http.destroy_response(response);
        return queued;
    }

    /// First called when the headers are there, then for each piece of a body, and once more.
    static MHD_Result request_came(void* self, MHD_Connection* connection, const char* path,
                                   const char* method, const char*, const char*,
                                   std::size_t* body_size, void** seen) {
        try {
            auto& server = *static_cast<HttpServer*>(self);
            const std::string_view verb{method};
            if (*seen == nullptr) {
                *seen = self;
                server.m_book.asked(entry_of(connection));
                if (verb == "GET" || verb == "HEAD") return MHD_YES;
                return send(server, connection,
                            {MHD_HTTP_METHOD_NOT_ALLOWED, R"({"error":"only GET is answered"})"});
            }
            if (*body_size > 0) {
                *body_size = 0;
                return MHD_YES;
            }
            HttpRequest request{path, {}};
            libmicrohttpd().get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_parameter,
                                                  &request);
            return send(server, connection, server.answer(request));
        } catch (...) {
            return MHD_NO;  // memory ran out: the connection is closed
        }
    }

    static void request_ended(void* server, MHD_Connection* connection, void**,
                              MHD_RequestTerminationCode) {
        static_cast<HttpServer*>(server)->m_book.done(entry_of(connection));
    }
};

HttpServer::HttpServer(const std::string& host, int port, ConnectionBook::Limits limits,
                       Answering answering)
    : m_book([&] {
          limits.connections = raise_file_limit(limits.connections);
          return limits;
      }()),
      m_answering(std::move(answering)) {
    listen(host, port);
    m_port = port_of(m_socket);
    start(limits.connections);
}

HttpServer::~HttpServer() {
    constexpr Millis k_patience_ms = 1'000;
    m_book.wait_for_answers(k_patience_ms);
    libmicrohttpd().stop_daemon(m_daemon);
}

void HttpServer::listen(const std::string& host, int port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error =
            ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found)) {
        throw Error(fmt::format("cannot listen on {}:{}: {}", escape_controls(host), port,
                                ::gai_strerror(error)));
    }
    for (const addrinfo* address = found; address != nullptr && m_socket < 0;
         address = address->ai_next) {
        m_socket = listen_at(*address);
    }
    const int reason = errno;
    ::freeaddrinfo(found);
    if (m_socket >= 0) return;
    throw Error(fmt::format("cannot listen on {}:{}: {}; is something else doing so?",
                            escape_controls(host), port, errno_text(reason)));
}

void HttpServer::start(std::size_t most_connections) {
    // The book bounds their number; libmicrohttpd's own bound, a share for each thread, would leave
    // new ones waiting in the backlog.
    const auto bound = static_cast<unsigned>(k_threads * (most_connections + k_other_files));
    m_daemon = libmicrohttpd().start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, nullptr, nullptr, Callbacks::request_came,
        this, MHD_OPTION_LISTEN_SOCKET, m_socket, MHD_OPTION_THREAD_POOL_SIZE, k_threads,
        MHD_OPTION_CONNECTION_LIMIT, bound, MHD_OPTION_NOTIFY_CONNECTION,
        Callbacks::connection_changed, this, MHD_OPTION_NOTIFY_COMPLETED, Callbacks::request_ended,
        this, MHD_OPTION_END);
    if (m_daemon != nullptr) return;
    ::close(m_socket);
    throw Error("cannot start to serve: threads or memory ran out");
}

HttpAnswer HttpServer::answer(const HttpRequest& request) const {
    try {
        return m_answering(request);
    } catch (const std::exception& error) {
        cli::log(cli::LogLevel::error, error.what());
        return {MHD_HTTP_INTERNAL_SERVER_ERROR, R"({"error":"the mirror cannot be read"})"};
    }
}

}  // namespace pressings
