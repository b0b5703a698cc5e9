#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "mirror/dump/document_json.hpp"
#include "mirror/dump/dump_reader.hpp"
#include "mirror/file/packing.hpp"

namespace pressings::mirror {

/// How far a dump was read in.
struct InputProgress {
    std::optional<DumpKind> kind;  ///< nothing before its first document
    std::int64_t lines = 0;        ///< that need not be read again
    std::int64_t documents = 0;
    std::int64_t odd = 0;  ///< documents that were passed over
    DumpFacts facts;
    bool is_done = false;  ///< to its end, and found whole
};

/// What a dump changed.
struct KindChanges {
    std::int64_t added = 0;       ///< documents that were not there before
    std::int64_t replaced = 0;    ///< by other ones; only an incremental dump says so
    std::int64_t unchanged = 0;   ///< likewise
    std::int64_t vanished = 0;    ///< not in the new dump any more
    std::int64_t repeated = 0;    ///< lines of a document that came again, and the same
    std::int64_t superseded = 0;  ///< lines of a document that came again, and another
};

/// Makes the next mirror, in a file that has not its name yet. What was committed is still there
/// when the process is killed, and `plan` says what it was for. Errors are SQLite::Exception.
class MirrorWriter {
  public:
    /// Opens the file or makes it.
    explicit MirrorWriter(const std::string& path);
    ~MirrorWriter();

    /// What `begin` was told when this file was begun; nothing if it was not, or is no such file.
    std::optional<std::string> plan();
    /// Of an empty file: makes its tables. Of a copy of a mirror: makes it one to be changed.
    void begin(const std::string& plan);

    InputProgress input(int number);

    /// From here on documents of the kind are taken that replace all there were.
    void start_kind(DumpKind kind);
    /// From here on documents of the kind are taken that are put among those there are.
    void continue_kind(DumpKind kind);
    bool has_dictionary(DumpKind kind);
    void add_dictionary(DumpKind kind, const std::string& dictionary);

    /// Takes a document. `parser` has just read its keys.
    void add(const DocumentKeys& keys, std::string_view json, const DocumentParser& parser);
    void put(const DocumentKeys& keys, std::string_view json, const DocumentParser& parser);

    /// Makes lasting what came since the last time.
    void commit(int number, const InputProgress& progress);

    /// Puts in order what `add` took.
    KindChanges finish_kind(DumpKind kind);
    /// What `put` did since it was last asked.
    KindChanges take_put_changes(DumpKind kind);
    /// Takes the kind over from a mirror that there is.
    void take_over(DumpKind kind, const std::string& mirror);
    /// Counts what was added and has vanished against that mirror.
    void compare(DumpKind kind, const std::string& mirror, KindChanges& changes);
    bool has_kind(DumpKind kind);
    std::optional<std::int64_t> replication_sequence(DumpKind kind);

    /// Notes what the dump was; `odd` documents of it and those before were passed over.
    void set_dump(DumpKind kind, const DumpFacts& facts, Millis now_ms,
                  std::int64_t incremental_dumps, std::int64_t odd);
    std::int64_t incremental_dumps(DumpKind kind);
    std::int64_t odd_documents(DumpKind kind);

    /// Counts, and declares the file whole. Nothing may be written behind this.
    void conclude();

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace pressings::mirror
