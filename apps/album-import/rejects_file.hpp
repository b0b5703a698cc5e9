#pragma once

#include <string>
#include <string_view>

namespace pressings {

/// Where refused records go, one at a time, so that a run that is killed leaves those it refused.
/// What is there is cleared only when the run begins.
class RejectsFile {
  public:
    /// UsageError if `path` cannot be written, or is a file of another kind.
    explicit RejectsFile(const std::string& path);
    /// Removes a file that it made, if the run did not begin.
    ~RejectsFile();
    RejectsFile(const RejectsFile&) = delete;
    RejectsFile& operator=(const RejectsFile&) = delete;

    /// Clears what an earlier run has left in it. Error if that fails.
    void begin();
    /// Writes one record, a line of JSON, through to the file. Error if that fails.
    void add(std::string_view line);

  private:
    std::string m_path;
    bool m_made = false;
    bool m_begun = false;
    int m_file = -1;
};

}  // namespace pressings
