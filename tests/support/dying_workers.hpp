#pragma once

#include <csignal>
#include <memory>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/eventually.hpp"
#include "support/open_catalogue.hpp"

/// Workers that die. A closed store stands for a killed process: the kernel frees its locks, and
/// closes its connections, either way.
namespace pressings::test {

/// A worker of its own that takes one job; it lives as long as the store that it gives.
struct OtherWorker {
    std::unique_ptr<store::Store> store;
    ClaimedJob job;
};

inline OtherWorker take_a_job(OpenCatalogue& catalogue) {
    OtherWorker worker{catalogue.reopen(), {}};
    worker.store->queue().start_worker("other");
    worker.job = worker.store->queue().claim({}, 60'000).at(0);
    return worker;
}

/// The jobs of a worker that has just gone: a server needs a moment to notice.
inline std::vector<store::Recovered> recovered_jobs(OpenCatalogue& catalogue) {
    std::vector<store::Recovered> recovered;
    REQUIRE(eventually([&] {
        recovered = catalogue.store->queue().recover();
        return !recovered.empty();
    }));
    return recovered;
}

/// A process of its own takes a job and dies of the signal. The job is taken back.
inline std::vector<store::Recovered> die_of(OpenCatalogue& catalogue, int number) {
    catalogue.store.reset();  // an open database is not taken through a fork
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(number, SIG_DFL);  // doctest's own handler would tell of a failed test
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        const auto worker = take_a_job(catalogue);
        ::raise(number);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(WTERMSIG(status) == number);
    catalogue.store = catalogue.reopen();
    catalogue.store->queue().start_worker("test");
    return recovered_jobs(catalogue);
}

inline void check_sound(OpenCatalogue& catalogue) {
    for (const auto& fault : catalogue.store->maintenance().check().faults)
        FAIL_CHECK(fault.what);
}

inline std::string_view last_outcome(OpenCatalogue& catalogue, std::int64_t job) {
    return to_string(catalogue.store->jobs().attempts(job).back().outcome);
}

inline std::vector<ClaimedJob> claim(OpenCatalogue& catalogue, int limit = 1) {
    store::ClaimFilter filter;
    filter.limit = limit;
    return catalogue.store->queue().claim(filter, 60'000);
}

}  // namespace pressings::test
