#include "cli/run_main.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>

#include <unistd.h>

#include "base/error.hpp"
#include "cli/log.hpp"

namespace pressings::cli {

namespace {

constexpr const char* k_no_memory = "memory ran out; what was reported as done is saved";

std::atomic<bool> memory_ran_out = false;

void note_lack_of_memory() {
    memory_ran_out = true;
    throw std::bad_alloc{};
}

/// Memory also runs out where nobody may catch it: on a thread, in a destructor (nlohmann_json
/// takes some to destroy a document), while another error is told of. All that was committed stays,
/// as after a kill; anything else is a mistake of ours, and aborts.
[[noreturn]] void end_without_memory() {
    try {
        if (std::current_exception()) throw;
    } catch (const std::bad_alloc&) {
        log_without_memory(k_no_memory);
        ::_exit(k_environment);
    } catch (...) {
    }
    // Compilers let a noexcept function of a library end without saying of what it does.
    if (!std::current_exception() && memory_ran_out) {
        log_without_memory(k_no_memory);
        ::_exit(k_environment);
    }
    std::abort();
}

/// The status of `body`, or of a reader who has left; what it wrote is shown to its end.
int run_shown(const std::function<int(Output&)>& body, int if_closed) {
    Output output;
    int status = if_closed;
    try {
        status = body(output);
        output.flush();
    } catch (const OutputClosed&) {
        if (output.is_paged()) status = k_done;
    }
    output.finish_paging();
    return status;
}

int run_caught(const std::function<int(Output&)>& body, int if_closed) {
    try {
        return run_shown(body, if_closed);
    } catch (const UsageError& error) {
        log(LogLevel::error, error.what());
        return k_usage;
    } catch (const std::bad_alloc&) {
        log(LogLevel::error, k_no_memory);
        return k_environment;
    } catch (const std::exception& error) {
        log(LogLevel::error, error.what());
        return k_environment;
    }
}

}  // namespace

int run_main(std::string_view tool, const std::function<int(Output&)>& body, int if_closed) {
    std::set_new_handler(note_lack_of_memory);
    std::set_terminate(end_without_memory);
    // A closed pipe and a file that would grow too long are errors of the write, not deaths.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    set_up_log(tool, LogFormat::text, LogLevel::info);
    return run_caught(body, if_closed);
}

}  // namespace pressings::cli
