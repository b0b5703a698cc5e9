#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "mirror/file/database.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror/file/packing.hpp"

namespace pressings::mirror {

/// Which file a path leads to, and whether it was written since.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;
    std::int64_t bytes = 0;
    std::int64_t changed_ns = 0;

    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// Error if there is no such file.
FileIdentity identity_of(const std::string& path);

/// A connection to a mirror, with what unpacks its documents. For one thread at a time.
struct Reading {
    /// Error if it is no mirror, was never loaded to its end, or is of a newer version.
    explicit Reading(const std::string& path);

    /// Reads the first and the last document of each kind; Error or SQLite::Exception if it cannot.
    void probe();

    std::optional<std::string> fact(const std::string& name);
    std::int64_t number(const std::string& name);
    std::optional<KindFacts> kind_facts(DumpKind kind);

    /// The documents in the last column of what is left of the rows.
    std::vector<std::string> documents(Query& rows);
    std::optional<std::string> document(Query& rows);

    /// A full-text search: how many there are, and some of them.
    struct SearchSql {
        const char* count;
        const char* page;
    };
    FoundGroups search(const SearchSql& statements, const std::string& full_text,
                       std::size_t offset, std::size_t limit);

    FileIdentity identity;
    Database database;
    Unpacker unpacker;

  private:
    void check(const std::string& path);
};

}  // namespace pressings::mirror
