#include "bench/measure.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/utsname.h>
#include <unistd.h>

namespace pressings::bench {

namespace {

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    if (values.size() % 2 == 1) return values[middle];
    return (values[middle - 1] + values[middle]) / 2;
}

std::string shown(double value) {
    if (value >= 1000) return fmt::format("{:.0f}", value);
    return value >= 10 ? fmt::format("{:.1f}", value) : fmt::format("{:.3g}", value);
}

/// The value behind "key : " in a file of /proc.
std::string proc_value(const char* file, const std::string& key) {
    std::ifstream lines{file};
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(key, 0) != 0) continue;
        const auto at = line.find_first_not_of(" \t", line.find(':') + 1);
        return at == std::string::npos ? "" : line.substr(at);
    }
    return "";
}

}  // namespace

Result take(const Measure& measure) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int run = 0; run < measure.runs; ++run) {
        ours.push_back(measure.ours());
        if (measure.theirs) theirs.push_back(measure.theirs());
    }
    Result result;
    result.name = measure.name;
    result.what = measure.what;
    result.against = measure.against;
    result.unit = measure.unit;
    result.kind = measure.kind;
    result.target = measure.target;
    result.ours = median(ours);
    if (!theirs.empty()) result.theirs = median(theirs);
    result.ratio = result.theirs ? result.ours / *result.theirs : result.ours;
    result.most = measure.most;
    result.is_met = measure.kind == Measure::Target::at_most ? result.ratio <= measure.target
                                                             : result.ratio >= measure.target;
    if (measure.most > 0 && result.ours > measure.most) result.is_met = false;
    return result;
}

std::string table(const std::vector<Result>& results) {
    std::string text =
        "| measure | ours | against | theirs | ratio | target | |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n";
    for (const Result& result : results) {
        const std::string theirs =
            result.theirs ? fmt::format("{} {}", shown(*result.theirs), result.unit) : "";
        const bool at_most = result.kind == Measure::Target::at_most;
        std::string target = fmt::format("{} {}", at_most ? "≤" : "≥", shown(result.target));
        if (result.most > 0) target += fmt::format(", ≤ {} {}", shown(result.most), result.unit);
        text += fmt::format("| {} | {} {} | {} | {} | {} | {} | {} |\n", result.what,
                            shown(result.ours), result.unit, result.against, theirs,
                            shown(result.ratio), target, result.is_met ? "met" : "MISSED");
    }
    return text;
}

std::string table(const Survey& survey) {
    std::string text =
        survey.what + "\n\n| " + fmt::format("{}", fmt::join(survey.columns, " | ")) + " |\n|";
    for (std::size_t i = 0; i < survey.columns.size(); ++i)
        text += " --- |";
    text += '\n';
    for (const auto& row : survey.rows) {
        text += '|';
        for (const double value : row)
            text += ' ' + shown(value) + " |";
        text += '\n';
    }
    return text;
}

std::string json(const std::vector<Result>& results, const std::vector<Survey>& surveys,
                 const std::string& machine) {
    using Json = nlohmann::ordered_json;
    Json document{{"machine", machine}, {"measures", Json::array()}, {"surveys", Json::array()}};
    for (const Survey& survey : surveys) {
        Json rows = Json::array();
        for (const auto& row : survey.rows) {
            Json& named = rows.emplace_back(Json::object());
            for (std::size_t i = 0; i < row.size(); ++i)
                named[survey.columns[i]] = row[i];
        }
        document["surveys"].push_back(
            {{"name", survey.name}, {"what", survey.what}, {"rows", rows}});
    }
    for (const Result& result : results) {
        nlohmann::ordered_json theirs = nullptr;
        if (result.theirs) theirs = *result.theirs;
        const bool at_most = result.kind == Measure::Target::at_most;
        nlohmann::ordered_json target{{at_most ? "at_most" : "at_least", result.target}};
        if (result.most > 0) target["ours_at_most"] = result.most;
        document["measures"].push_back({{"name", result.name},
                                        {"what", result.what},
                                        {"against", result.against},
                                        {"unit", result.unit},
                                        {"ours", result.ours},
                                        {"theirs", theirs},
                                        {"ratio", result.ratio},
                                        {"target", target},
                                        {"met", result.is_met}});
    }
    return document.dump(2) + "\n";
}

std::string machine() {
    utsname system{};
    ::uname(&system);
    return fmt::format("{}, {} cores, {} of memory, {} {}",
                       proc_value("/proc/cpuinfo", "model name"),
                       std::thread::hardware_concurrency(), proc_value("/proc/meminfo", "MemTotal"),
                       system.sysname, system.release);
}

}  // namespace pressings::bench
