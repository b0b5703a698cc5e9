#include "serve_command.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "base/wake.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "http_server.hpp"
#include "listen_address.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror/ws2/ws2_answers.hpp"

namespace pressings {

namespace {

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
    return limits;
}

void serve_until_the_end(SignalEvents& signals, HttpServer& server) {
    constexpr Millis k_look_every_ms = 500;
    while (true) {
        const int descriptor = signals.descriptor();
        wait_for({&descriptor, 1}, k_look_every_ms);
        while (const auto wish = signals.next()) {
            if (*wish == SignalRequest::stop) return;
        }
        server.end_overdue();
    }
}

}  // namespace

int serve(const MirrorOptions& options, cli::Output& output) {
    const ListenAddress address = *read_address(options.listen);
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
