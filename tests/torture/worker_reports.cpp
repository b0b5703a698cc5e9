#include "torture/worker_reports.hpp"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

namespace pressings::test {

std::vector<DoneReport> done_reports(const std::string& file) {
    std::vector<DoneReport> reports;
    std::ifstream lines{file};
    for (std::string line; std::getline(lines, line);) {
        const auto report = nlohmann::json::parse(line, nullptr, false);
        if (!report.is_object() || report.value("state", "") != "done") continue;
        reports.push_back({report.at("job_id"), report.at("attempt")});
    }
    return reports;
}

bool was_done(store::JobInspector& jobs, const DoneReport& report) {
    const auto attempts = jobs.attempts(report.job_id);
    return std::any_of(attempts.begin(), attempts.end(), [&](const store::AttemptRecord& attempt) {
        return attempt.attempt == report.attempt && attempt.outcome == Outcome::done;
    });
}

}  // namespace pressings::test
