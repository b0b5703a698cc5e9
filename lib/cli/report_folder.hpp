#pragma once

#include <string>

#include "cli/output_folder.hpp"

namespace pressings::cli {

/// A folder of web pages and their data. Names in it are ours: "index.html", "report.js",
/// "data/albums-12.js"; report_folder.cpp has all of them.
class ReportFolder : public OutputFolder {
  public:
    /// Errors as of OutputFolder.
    explicit ReportFolder(const std::string& path);
};

}  // namespace pressings::cli
