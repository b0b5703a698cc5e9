#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/draft.hpp"
#include "cli/output.hpp"

namespace pressings::cli {

/// What an output may be written over: an empty file, or an earlier one of its own kind.
struct OutputKind {
    std::string_view name;                           ///< "an export of this tool"
    bool (*is_earlier)(std::string_view beginning);  ///< by its first 4 KB
};

/// UsageError if there is a file at `path` that is neither empty nor of the kind. What is no plain
/// file, such as a pipe or /dev/null, is of every kind.
void refuse_other_kinds(const std::string& path, const OutputKind& kind);

/// The file that a path means, its links followed; the path itself where that cannot be told.
std::string resolved(const std::string& path);

/// The file that a database can be made as, links followed: not there yet, or of this kind.
/// UsageError if `path` is anything else, or if a program has what is there open (SQLite's log
/// beside it would become the log of the new one).
std::string new_database(const std::string& path, const OutputKind& kind);

/// The descriptor that -, /dev/stdout, /dev/stderr, /dev/fd/N or /proc/self/fd/N names.
std::optional<int> named_descriptor(std::string_view path);

/// A file that is written as a whole or not at all: a draft beside it takes its place when all is
/// on the disk. A link keeps pointing where it points; what is no plain file (a pipe, /dev/null),
/// and what is open already (/dev/stdout), is written directly.
class OutputFile {
  public:
    /// UsageError if `path` is a folder, lies in none, or is a file of another kind; Error if
    /// nothing can be written there.
    OutputFile(const std::string& path, const OutputKind& kind);
    /// Removes the draft unless it was kept.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    Output& output() { return m_output; }
    /// Brings all to the disk and the draft into place. Error if that fails: then nothing changed.
    void keep();

  private:
    std::string m_path;  ///< of the file itself, links followed
    std::optional<Draft> m_draft;
    int m_direct;  ///< what is written directly; -1 if there is a draft
    Output m_output;
};

}  // namespace pressings::cli
