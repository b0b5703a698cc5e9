#pragma once

#include <string>

#include "cli/output.hpp"

namespace pressings::cli {

/// A file that is written as a whole or not at all: a draft beside it, hidden, takes its place when
/// all is on the disk. A link keeps pointing where it points; what is no plain file (a pipe,
/// /dev/null) is written directly.
class OutputFile {
  public:
    /// UsageError if `path` is a folder or lies in none; Error if nothing can be written there.
    explicit OutputFile(const std::string& path);
    /// Removes the draft unless it was kept.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    Output& output() { return m_output; }
    /// Brings all to the disk and the draft into place. Error if that fails: then nothing changed.
    void keep();

  private:
    std::string m_path;   ///< of the file itself, links followed
    std::string m_draft;  ///< empty if it is written directly, or in place
    int m_descriptor;
    Output m_output;
};

/// Brings the entries of a folder to the disk. Error if it cannot be done.
void sync_folder(const std::string& path);

}  // namespace pressings::cli
