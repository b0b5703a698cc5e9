#include "cli/run_main.hpp"

#include <csignal>
#include <exception>
#include <new>
#include <string>

#include "base/error.hpp"
#include "cli/log.hpp"

namespace pressings::cli {

int run_main(std::string_view tool, const std::function<int(Output&)>& body, int if_closed) {
    // A closed pipe and a file that would grow too long are errors of the write, not deaths.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    set_up_log(tool, LogFormat::text, LogLevel::info);
    Output output;
    try {
        const int status = body(output);
        output.flush();
        return status;
    } catch (const OutputClosed&) {
        return if_closed;
    } catch (const UsageError& error) {
        log(LogLevel::error, error.what());
        return k_usage;
    } catch (const std::bad_alloc&) {
        log(LogLevel::error, "memory ran out; what was reported as done is saved");
        return k_surroundings;
    } catch (const std::exception& error) {
        log(LogLevel::error, error.what());
        return k_surroundings;
    }
}

}  // namespace pressings::cli
