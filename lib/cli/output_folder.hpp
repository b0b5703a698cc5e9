#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/draft.hpp"
#include "cli/output.hpp"

namespace pressings::cli {

/// What a folder of ours is, so that nothing else is written over.
struct FolderKind {
    std::string_view noun;       ///< "report"
    std::string_view mark;       ///< the file that each has: ".pressings-report"
    std::string_view mark_text;  ///< what it says to whom looks into it
    /// Whether one may have this in it; the path begins at the folder.
    bool (*has_file)(const std::string& path);
    bool (*has_folder)(const std::string& path);
};

/// A folder that is there as a whole or not at all: it is built beside its place, hidden, and put
/// there in one step, in place of an earlier one of its kind.
class OutputFolder {
  public:
    /// UsageError if `path` lies in no folder, is a file, or has something in it that is not of the
    /// kind. Error if nothing can be written beside it. `option` is what named it.
    OutputFolder(const std::string& path, const FolderKind& kind, std::string_view option);
    /// Removes what was not published, or what it replaced.
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /// Adds a file. Error if it is there already or cannot be written whole.
    void add(const std::string& name, std::string_view text);
    /// Adds to the end of a file, or makes it. Error if it cannot be written whole.
    void append(const std::string& name, std::string_view text);
    /// Brings all to the disk and into place. Error if it cannot be done; then nothing changed.
    void publish();

    /// What was added so far.
    std::int64_t files() const { return m_files; }
    std::int64_t bytes() const { return m_bytes; }

  private:
    friend class FolderFile;

    void put_in_place();
    void take_back_if_foreign();

    std::string m_path;
    const FolderKind& m_kind;
    Draft m_draft;
    std::string m_replaced;  ///< the earlier one, if it got another name
    std::int64_t m_files = 0;
    std::int64_t m_bytes = 0;
};

/// A file of a folder, written bit by bit. Flush its output before the folder is published.
class FolderFile {
  public:
    enum class Begin { anew, at_end };

    /// Error if it cannot be made, or is there already and is to be begun anew.
    FolderFile(OutputFolder& folder, const std::string& name, Begin begin = Begin::anew);
    ~FolderFile();
    FolderFile(const FolderFile&) = delete;
    FolderFile& operator=(const FolderFile&) = delete;

    Output& output() { return m_output; }

  private:
    int m_descriptor;
    Output m_output;
};

}  // namespace pressings::cli
