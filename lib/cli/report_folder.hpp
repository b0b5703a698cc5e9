#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/draft.hpp"

namespace pressings::cli {

/// A folder of web pages that is there as a whole or not at all: it is built beside its place,
/// hidden, and put there in one step, in place of an earlier report. Names in it are ours, made of
/// ids.
class ReportFolder {
  public:
    /// UsageError if `path` cannot be a report's: it lies in no folder, is a file, or has something
    /// in it that no report has. Error if nothing can be written beside it.
    explicit ReportFolder(const std::string& path);
    /// Removes what was not published, or what it replaced.
    ~ReportFolder();
    ReportFolder(const ReportFolder&) = delete;
    ReportFolder& operator=(const ReportFolder&) = delete;

    /// Adds a file; `name` is index_name(), album_name() or k_statistics_name. Error if it cannot
    /// be written whole.
    void add(const std::string& name, std::string_view text);
    /// Brings all to the disk and into place. Error if it cannot be done; then nothing changed.
    void publish();

    std::int64_t pages() const { return m_pages; }

  private:
    void put_in_place();
    void take_back_if_foreign();

    std::string m_path;
    Draft m_draft;
    std::string m_replaced;  ///< the earlier report, if it got another name
    std::int64_t m_pages = 0;
};

inline constexpr const char* k_statistics_name = "statistics.html";

/// The name of a page of the list of albums, from 1: "index.html", "albums-2.html".
std::string index_name(std::int64_t page);

/// The name of an album's page: "albums/12/12345.html".
std::string album_name(std::int64_t album_id);

/// The way from an album's page to the first one.
inline constexpr const char* k_root_of_album = "../../";

}  // namespace pressings::cli
