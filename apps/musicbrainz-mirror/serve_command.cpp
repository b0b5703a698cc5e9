#include "serve_command.hpp"

#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/wake.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "http_server.hpp"
#include "mirror/mirror.hpp"
#include "mirror/ws2_answers.hpp"

namespace pressings {

namespace {

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

HttpAnswer answer(const mirror::Mirror& mirror, const HttpRequest& request) {
    mirror::Ws2Answer answer = answer_ws2(mirror, request.path, request.parameters);
    cli::log(cli::LogLevel::debug,
             fmt::format("{} {}", answer.status, escape_controls(shorten(request.path, 300))));
    return {answer.status, std::move(answer.body)};
}

ConnectionBook::Limits limits_of(const MirrorOptions& options) {
    ConnectionBook::Limits limits;
    limits.connections = options.connections;
    limits.time_ms = cli::duration_option("--client-timeout", options.client_timeout);
    if (limits.time_ms == 0) throw UsageError("--client-timeout must be longer than nothing");
    return limits;
}

void serve_until_the_end(SignalEvents& signals, HttpServer& server) {
    constexpr Millis k_look_every_ms = 500;
    while (true) {
        const int descriptor = signals.descriptor();
        wait_for({&descriptor, 1}, k_look_every_ms);
        while (const auto wish = signals.next()) {
            if (*wish == SignalWish::stop) return;
        }
        server.end_overdue();
    }
}

}  // namespace

int serve(const MirrorOptions& options, cli::Output& output) {
    const Address address = address_of(options.listen);
    const ConnectionBook::Limits limits = limits_of(options);
    SignalEvents signals;  // before any thread is there
    const mirror::Mirror mirror{
        options.mirror, [](const std::string& text) { cli::log(cli::LogLevel::warning, text); }};
    HttpServer server{address.host, address.port, limits,
                      [&](const HttpRequest& request) { return answer(mirror, request); }};
    const bool is_ipv6 = address.host.find(':') != std::string::npos;
    const std::string root =
        fmt::format(fmt::runtime(is_ipv6 ? "http://[{}]:{}/ws/2" : "http://{}:{}/ws/2"),
                    address.host, server.port());
    if (options.common.json) {
        output.json_line({{"root", root}});
    } else {
        output.line(root);
    }
    output.flush();
    serve_until_the_end(signals, server);
    return cli::k_done;
}

}  // namespace pressings
