#include "support/import_reports.hpp"

#include <fstream>

#include <nlohmann/json.hpp>

namespace pressings::test {

ImportReports import_reports(const std::string& file) {
    ImportReports reports;
    std::ifstream lines{file};
    for (std::string line; std::getline(lines, line);) {
        const auto report = nlohmann::json::parse(line, nullptr, false);
        if (!report.is_object() || !report.contains("album_id")) continue;
        const std::string mbid = report.at("mbid");
        const auto [known, is_new] = reports.albums.emplace(mbid, report.at("album_id"));
        if (!is_new && known->second != report.at("album_id")) reports.doubled += " " + mbid;
    }
    return reports;
}

}  // namespace pressings::test
