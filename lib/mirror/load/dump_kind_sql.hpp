#pragma once

#include <string>

#include "mirror/dump/dump_reader.hpp"

/// The statements of each kind of document. Inside this room only.
namespace pressings::mirror {

struct KindTables {
    std::string table;
    std::string staged;  ///< what is not in order yet
    const char* make;
    const char* add_document;
    const char* drop_document;
    const char* document;
    const char* key;
    const char* sort;
    const char* earlier;  ///< pairs of documents: one that was superseded, and its successor
    const char* drop_staged;
    const char* sum;
    const char* take;
    const char* count_added;
    const char* count_old;
};

const KindTables& tables_of(DumpKind kind);

}  // namespace pressings::mirror
