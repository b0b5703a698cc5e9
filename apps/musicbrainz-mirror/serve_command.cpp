#include "serve_command.hpp"

#include <charconv>
#include <thread>

#include <fmt/format.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/wake.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "mirror/mirror.hpp"
#include "mirror/ws2_answers.hpp"

namespace pressings {

namespace {

constexpr std::size_t k_threads = 8;
constexpr Millis k_forever_ms = 24 * 60 * 60 * 1000;
constexpr const char* k_json = "application/json; charset=utf-8";

struct Address {
    std::string host = "127.0.0.1";
    int port = 5000;
};

Address address_of(const std::string& text) {
    Address address;
    if (text.empty()) return address;
    const auto colon = text.rfind(':');
    const char* const end = text.data() + text.size();
    const char* const start = colon == std::string::npos ? end : text.data() + colon + 1;
    const auto [stop, error] = std::from_chars(start, end, address.port);
    if (error != std::errc{} || stop != end || address.port < 0 || address.port > 65535 ||
        colon == 0) {
        throw UsageError(
            fmt::format("--listen {}: not an address; write it like 127.0.0.1:5000", quote(text)));
    }
    address.host = text.substr(0, colon);
    if (address.host.starts_with('[') && address.host.ends_with(']')) {
        address.host = address.host.substr(1, address.host.size() - 2);
    }
    return address;
}

void answer(const mirror::Mirror& mirror, const httplib::Request& request,
            httplib::Response& response) {
    mirror::Ws2Answer answer;
    try {
        answer = answer_ws2(mirror, request.path, {request.params.begin(), request.params.end()});
    } catch (const std::exception& error) {
        cli::log(cli::LogLevel::error, error.what());
        answer = mirror::ws2_error(500, "the mirror cannot be read");
    }
    response.status = answer.status;
    response.set_content(answer.body, k_json);
    cli::log(cli::LogLevel::debug,
             fmt::format("{} {}", answer.status, escape_controls(shorten(request.target, 300))));
}

/// Listens as long as it lives.
class Listening {
  public:
    Listening(const mirror::Mirror& mirror, const Address& address) {
        m_server.new_task_queue = [] { return new httplib::ThreadPool(k_threads); };
        m_server.set_tcp_nodelay(true);
        m_server.set_keep_alive_max_count(1'000'000);
        m_server.Get(".*", [&mirror](const auto& request, auto& response) {
            answer(mirror, request, response);
        });
        m_port = address.port == 0 ? m_server.bind_to_any_port(address.host)
                 : m_server.bind_to_port(address.host, address.port) ? address.port
                                                                     : -1;
        if (m_port <= 0) {
            throw Error(fmt::format("cannot listen on {}:{}; is something else doing so?",
                                    escape_controls(address.host), address.port));
        }
        m_thread = std::thread{[this] { m_server.listen_after_bind(); }};
    }
    ~Listening() {
        while (!m_server.is_running())
            std::this_thread::yield();
        m_server.stop();
        m_thread.join();
    }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    int port() const { return m_port; }

  private:
    httplib::Server m_server;
    int m_port = 0;
    std::thread m_thread;
};

void wait_for_the_end(SignalEvents& signals) {
    while (true) {
        const int descriptor = signals.descriptor();
        wait_for({&descriptor, 1}, k_forever_ms);
        while (const auto wish = signals.next()) {
            if (*wish == SignalWish::stop) return;
        }
    }
}

}  // namespace

int serve(const MirrorOptions& options, cli::Output& output) {
    const Address address = address_of(options.listen);
    SignalEvents signals;  // before any thread is there
    const mirror::Mirror mirror{options.mirror};
    const Listening listening{mirror, address};
    const bool is_ipv6 = address.host.find(':') != std::string::npos;
    const std::string root =
        fmt::format(fmt::runtime(is_ipv6 ? "http://[{}]:{}/ws/2" : "http://{}:{}/ws/2"),
                    address.host, listening.port());
    if (options.common.json) {
        output.json_line({{"root", root}});
    } else {
        output.line(root);
    }
    output.flush();
    wait_for_the_end(signals);
    return cli::k_done;
}

}  // namespace pressings
