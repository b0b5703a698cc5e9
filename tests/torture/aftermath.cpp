#include "torture/aftermath.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "store/open_store.hpp"
#include "support/child.hpp"
#include "support/import_reports.hpp"
#include "torture/catalogue_contents.hpp"
#include "torture/worker_reports.hpp"

namespace pressings::test {

namespace {

/// What the workers went through: without it, nothing was put to the test.
void tell_attempts(const std::string& db) {
    std::string list;
    for (const auto& [outcome, count] : attempts_of(db))
        list += " " + outcome + " " + std::to_string(count);
    std::cout << "torture: attempts:" << list << '\n';
}

}  // namespace

void Subject::write_list(const std::string& file, std::size_t begin, std::size_t end) const {
    std::ofstream lines{file};
    for (std::size_t i = begin; i < end; ++i)
        lines << groups[i] << '\n';
}

std::vector<std::string> Subject::tool(const std::string& name,
                                       std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), bin + "/" + name);
    return arguments;
}

std::vector<std::string> Subject::worker(const std::string& db, double rate) const {
    return tool("release-worker", {"run", "--db", db, "--source", server.root(), "--rate",
                                   std::to_string(rate), "--concurrency", "4", "-q"});
}

void Subject::fault(const std::string& text) {
    ++faults;
    std::cerr << "torture: " << text << '\n';
}

void Subject::must(const std::vector<std::string>& command) {
    Child child{command};
    if (const int status = child.wait(); status != 0) {
        fault(command[0] + " " + command[1] + " ended with " + std::to_string(status) + ": " +
              child.error_output());
    }
}

void Subject::finish(const std::string& db) {
    constexpr double k_no_limit = 1000.0;
    must(tool("album-import", {"--db", db, "--from", list, "-q"}));
    for (int round = 0; round < 50; ++round) {
        Child{worker(db, k_no_limit)}.wait();
        const auto left = open_jobs(db);
        if (left.failed + left.pending == 0) return;
        if (left.failed > 0)
            must(tool("release-worker", {"retry", "--all-failed", "--db", db, "-q"}));
        must(tool("release-worker", {"run-now", "--all", "--db", db, "-q"}));
    }
    fault("jobs are left over in " + db);
}

void check_reports(Subject& subject, const std::string& db, const std::string& reports) {
    const auto store = store::open_store(db, {}, system_clock());
    std::size_t count = 0;
    std::set<std::int64_t> done;
    for (const DoneReport& report : done_reports(reports)) {
        ++count;
        if (!done.insert(report.job_id).second)
            subject.fault("job " + std::to_string(report.job_id) + " was reported done twice");
        if (was_done(store->jobs(), report)) continue;
        subject.fault("job " + std::to_string(report.job_id) + ", attempt " +
                      std::to_string(report.attempt) +
                      ": reported done by a worker that had lost it");
    }
    std::cout << "torture: " << count << " reports of done jobs\n";
}

void check_imports(Subject& subject, const std::string& db, const std::string& reports) {
    const auto [reported, doubled] = import_reports(reports);
    if (!doubled.empty()) subject.fault("albums were put in twice:" + doubled);
    const auto found = album_numbers(db);
    for (const auto& [mbid, number] : reported) {
        const auto album = found.find(mbid);
        if (album == found.end() || album->second != number) {
            subject.fault("album " + mbid + " was reported as " + std::to_string(number) +
                          ", and is not there");
        }
    }
    std::cout << "torture: " << reported.size() << " reported albums\n";
}

void check_link(Subject& subject, const std::string& link) {
    const auto folder = std::filesystem::path{link}.parent_path();
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
        if (file.path().string().rfind(link + "-", 0) == 0)
            subject.fault(file.path().string() + " lies beside a link to the database");
    }
}

void check_backup(Subject& subject, const std::string& file) {
    for (const std::string& fault : faults_of(file))
        subject.fault("a backup: " + fault);
}

void compare(Subject& subject, const std::string& db, const std::string& calm) {
    tell_attempts(db);
    const auto expected = contents_of(calm);
    const auto found = contents_of(db);
    if (found.albums != subject.groups.size()) subject.fault("albums are missing or doubled");
    for (const std::string& problem : found.problems)
        subject.fault(problem);
    for (const auto& [mbid, release] : expected.releases) {
        const auto other = found.releases.find(mbid);
        if (other == found.releases.end()) {
            subject.fault("release " + mbid + " is missing");
        } else if (other->second != release) {
            subject.fault("release " + mbid + " differs");
        }
    }
    if (found.releases.size() != expected.releases.size()) subject.fault("releases are doubled");
}

void check_rate(Subject& subject, std::size_t first, double rate, int under_way) {
    const auto requests = subject.server.requests();
    std::size_t most = 0;
    std::size_t begin = first;
    for (std::size_t end = first; end < requests.size(); ++end) {
        while (requests[end].at_ms - requests[begin].at_ms >= 1'000)
            ++begin;
        most = std::max(most, end - begin + 1);
    }
    std::cout << "torture: at most " << most << " requests in a second, " << rate << " allowed\n";
    // What was sent in time may arrive bunched: a tenth is left for that.
    if (static_cast<double>(most) > rate * 1.1 + under_way)
        subject.fault("more requests than the rate allows");
}

}  // namespace pressings::test
