#include "mirror/load/loading_file.hpp"

#include "base/file_uri.hpp"
#include "mirror/file/mirror_sql.hpp"
#include "mirror/load/dump_kind_sql.hpp"

namespace pressings::mirror {

const std::string& name_of(DumpKind kind) {
    static const std::array<std::string, 2> k_names{
        std::string{to_string(DumpKind::release)}, std::string{to_string(DumpKind::release_group)}};
    return k_names.at(static_cast<std::size_t>(kind));
}

LoadingFile::LoadingFile(const std::string& path)
    : database(path, Database::Purpose::write), groups(database), releases(database) {
    database.execute("PRAGMA page_size = 16384");
    database.execute("PRAGMA locking_mode = EXCLUSIVE");
    database.execute("PRAGMA journal_mode = WAL");
    // A commit survives a kill; after the power has failed, the file is as at a commit before.
    database.execute("PRAGMA synchronous = NORMAL");
    database.execute("PRAGMA wal_autocheckpoint = 2000");
    database.execute("PRAGMA cache_size = -8000");
}

void LoadingFile::begin() {
    if (!is_open) database.execute("BEGIN IMMEDIATE");
    is_open = true;
}

void LoadingFile::commit() {
    if (is_open) database.execute("COMMIT");
    is_open = false;
}

std::optional<std::string> LoadingFile::text_fact(const std::string& name) {
    Query reading = database.query(sql::k_fact);
    return reading.bind(name).step() ? reading.maybe_text(0) : std::nullopt;
}

bool LoadingFile::has_table(const std::string& name) {
    return database.query(sql::k_table).bind(name).step();
}

bool LoadingFile::has_staged(DumpKind kind) {
    return has_table(tables_of(kind).staged);
}

std::string LoadingFile::latest_dictionary(DumpKind kind) {
    Query reading = database.query(sql::k_latest_dictionary);
    return reading.bind(name_of(kind)).step() ? reading.text(0) : std::string{};
}

void LoadingFile::learn_dictionaries() {
    Query reading = database.query(sql::k_dictionaries);
    while (reading.step())
        unpacker.add_dictionary(reading.bytes(0));
}

Packer& LoadingFile::packer(DumpKind kind) {
    auto& packer = packers.at(static_cast<std::size_t>(kind));
    if (!packer) packer.emplace(latest_dictionary(kind));
    return *packer;
}

LoadingFile::Stored LoadingFile::store(DumpKind kind, std::string_view json) {
    const Bytes packed = packer(kind).pack(json);
    run(tables_of(kind).add_document, packed);
    return {database.last_id(), static_cast<std::int64_t>(json.size()),
            static_cast<std::int64_t>(packed.size())};
}

std::optional<std::string> LoadingFile::document(DumpKind kind, std::int64_t id) {
    Query reading = database.query(tables_of(kind).document);
    if (!reading.bind(id).step()) return std::nullopt;
    return unpacker.unpack(reading.bytes(0));
}

std::optional<std::int64_t> LoadingFile::document_of(const DocumentKeys& keys) {
    Query reading = database.query(tables_of(keys.kind).key);
    return reading.bind(keys.mbid).step() ? reading.maybe_integer(0) : std::nullopt;
}

void LoadingFile::drop_document(DumpKind kind, std::int64_t id) {
    if (const auto json = document(kind, id)) {
        const bool is_group = kind == DumpKind::release_group;
        if (is_group) groups.drop(id, parser.names_in(*json));
        const char* const drop =
            is_group ? sql::k_drop_group_identifier : sql::k_drop_release_identifier;
        for (const std::string& key : parser.identifiers_in(*json))
            run(drop, key, id);
    }
    if (kind == DumpKind::release) releases.drop(id);
    run(tables_of(kind).drop_document, id);
}

void LoadingFile::put_identifiers(DumpKind kind, std::int64_t document,
                                  const std::vector<std::string>& keys) {
    const char* const put = kind == DumpKind::release_group ? sql::k_put_group_identifier
                                                            : sql::k_put_release_identifier;
    for (const std::string& key : keys)
        run(put, key, document);
}

void LoadingFile::attach(const std::string& mirror) {
    commit();
    run(sql::k_attach, immutable_uri(mirror));
}

bool LoadingFile::is_in_old(DumpKind kind) {
    return database.query(sql::k_old_table).bind(tables_of(kind).table).step();
}

}  // namespace pressings::mirror
