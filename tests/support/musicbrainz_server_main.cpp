#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

#include "support/musicbrainz_server.hpp"

/// The tests' MusicBrainz as a program of its own, for tests of the real tools:
///   musicbrainz-test-server --data DIR [--port-file FILE] [--fault-every N]
/// DIR holds release lookups or browse answers. Prints its port and serves until SIGTERM or SIGINT.
/// With --fault-every, each Nth request gets one of the faults, in turn.
namespace {

using namespace pressings::test;

std::map<std::string, std::string> read_options(int argc, char** argv) {
    std::map<std::string, std::string> options;
    for (int at = 1; at + 1 < argc; at += 2)
        options[argv[at]] = argv[at + 1];
    if (argc % 2 == 0 || options.count("--data") == 0) {
        throw std::runtime_error(
            "usage: musicbrainz-test-server --data DIR [--port-file FILE] [--fault-every N]");
    }
    return options;
}

/// Faults from which one attempt recovers, or at worst the next.
Fault fault_of_turn(std::size_t turn) {
    switch (turn % 7) {
        case 0:
            return service_busy();
        case 1:
            return status_fault(500, "Internal Server Error");
        case 2:
            return cut_off();
        case 3:
            return too_fast();
        case 4:
            return html_page();
        case 5:
            return status_fault(502, "<html>Bad Gateway</html>");
        default:
            return delayed(200);
    }
}

void publish_port(const std::map<std::string, std::string>& options, int port) {
    std::cout << port << std::endl;
    const auto file = options.find("--port-file");
    if (file == options.end()) return;
    const std::string unfinished = file->second + ".tmp";
    std::ofstream{unfinished} << port << '\n';
    if (std::rename(unfinished.c_str(), file->second.c_str()) != 0) {
        throw std::runtime_error("cannot write " + file->second);
    }
}

/// Before the server starts its threads, which inherit it.
sigset_t block_end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void serve(const std::map<std::string, std::string>& options) {
    const sigset_t signals = block_end_signals();
    MusicBrainzServer server;
    server.add_folder(options.at("--data"));
    if (const auto every = options.find("--fault-every"); every != options.end()) {
        const auto period = std::stoul(every->second);
        server.set_script([period](const LoggedRequest& request) -> std::optional<Fault> {
            if (period == 0 || request.number % period != 0) return std::nullopt;
            return fault_of_turn(request.number / period);
        });
    }
    publish_port(options, server.port());
    int signal = 0;
    sigwait(&signals, &signal);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        serve(read_options(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << "musicbrainz-test-server: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
