#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "mirror/dump/document_json.hpp"
#include "mirror/file/database.hpp"
#include "mirror/file/group_index.hpp"
#include "mirror/file/packing.hpp"
#include "mirror/file/release_index.hpp"
#include "mirror/load/mirror_writer.hpp"

namespace pressings::mirror {

/// The file of the next mirror, its statements, and what packs its documents: what MirrorWriter
/// works with. Inside this room only; errors are SQLite::Exception.
struct LoadingFile {
    explicit LoadingFile(const std::string& path);

    /// Opens a transaction, unless one is open.
    void begin();
    void commit();

    template <typename... Values>
    void run(const char* sql, const Values&... values) {
        database.query(sql).bind(values...).run();
    }

    std::optional<std::string> text_fact(const std::string& name);
    bool has_table(const std::string& name);
    /// Whether documents of the kind are not in order yet.
    bool has_staged(DumpKind kind);

    std::string latest_dictionary(DumpKind kind);
    void learn_dictionaries();
    Packer& packer(DumpKind kind);

    struct Stored {
        std::int64_t document = 0;
        std::int64_t json_bytes = 0;
        std::int64_t packed_bytes = 0;
    };
    Stored store(DumpKind kind, std::string_view json);
    std::optional<std::string> document(DumpKind kind, std::int64_t id);
    std::optional<std::int64_t> document_of(const DocumentKeys& keys);
    void drop_document(DumpKind kind, std::int64_t id);
    void put_identifiers(DumpKind kind, std::int64_t document,
                         const std::vector<std::string>& keys);

    /// Makes a mirror known as `old`; no transaction may be open then, so this ends it.
    void attach(const std::string& mirror);
    bool is_in_old(DumpKind kind);

    Database database;
    GroupIndex groups;
    ReleaseIndex releases;
    Unpacker unpacker;
    DocumentParser parser;  ///< for documents that are stored already
    std::array<std::optional<Packer>, 2> packers;
    std::array<KindChanges, 2> put_changes;
    bool is_open = false;
};

/// As the file has it.
const std::string& name_of(DumpKind kind);

}  // namespace pressings::mirror
