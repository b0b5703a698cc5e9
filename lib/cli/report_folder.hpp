#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/draft.hpp"

namespace pressings::cli {

/// A folder of web pages and their data that is there as a whole or not at all: it is built beside
/// its place, hidden, and put there in one step, in place of an earlier report. Names in it are
/// ours: "index.html", "report.js", "data/albums-12.js"; is_of_report() in report_folder.cpp has
/// all of them.
class ReportFolder {
  public:
    /// UsageError if `path` cannot be a report's: it lies in no folder, is a file, or has something
    /// in it that no report has. Error if nothing can be written beside it.
    explicit ReportFolder(const std::string& path);
    /// Removes what was not published, or what it replaced.
    ~ReportFolder();
    ReportFolder(const ReportFolder&) = delete;
    ReportFolder& operator=(const ReportFolder&) = delete;

    /// Adds a file. Error if it is there already or cannot be written whole.
    void add(const std::string& name, std::string_view text);
    /// Adds to the end of a file that was added. Error as above.
    void append(const std::string& name, std::string_view text);
    /// Brings all to the disk and into place. Error if it cannot be done; then nothing changed.
    void publish();

    std::int64_t files() const { return m_files; }
    std::int64_t bytes() const { return m_bytes; }

  private:
    void write(const std::string& name, std::string_view text, const char* mode);
    void put_in_place();
    void take_back_if_foreign();

    std::string m_path;
    Draft m_draft;
    std::string m_replaced;  ///< the earlier report, if it got another name
    std::int64_t m_files = 0;
    std::int64_t m_bytes = 0;
};

}  // namespace pressings::cli
