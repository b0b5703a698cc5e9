#include "cli/report_folder.hpp"

#include <regex>

namespace pressings::cli {

namespace {

/// Reports from before 1.0.0 had a page an album, in folders of a thousand.
bool has_file(const std::string& path) {
    static const std::regex k_files{
        R"((index|albums|album|artist|label)\.html|report\.(css|js)|icon\.svg)"
        R"(|data/(list|albums|tracks|artists|labels)-\d+\.js)"
        R"(|statistics\.html|albums-\d+\.html|albums/\d+/\d+\.html)"};
    return std::regex_match(path, k_files);
}

bool has_folder(const std::string& path) {
    static const std::regex k_folders{R"(data|albums(/\d+)?)"};
    return std::regex_match(path, k_folders);
}

constexpr FolderKind k_report_kind{
    "report", ".pressings-report",
    "A report of release-catalog. It is replaced as a whole when it is written again.\n", &has_file,
    &has_folder};

}  // namespace

ReportFolder::ReportFolder(const std::string& path)
    : OutputFolder(path, k_report_kind, "--output") {}

}  // namespace pressings::cli
