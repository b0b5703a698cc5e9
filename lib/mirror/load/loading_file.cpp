#include "mirror/load/loading_file.hpp"

#include "base/file_uri.hpp"
#include "mirror/file/mirror_sql.hpp"
#include "mirror/load/dump_kind_sql.hpp"

namespace pressings::mirror {

namespace {

bool has_row(SQLite::Statement& reading) {
    const bool has = reading.executeStep();
    reading.reset();
    return has;
}

}  // namespace

const std::string& name_of(DumpKind kind) {
    static const std::array<std::string, 2> k_names{
        std::string{to_string(DumpKind::release)}, std::string{to_string(DumpKind::release_group)}};
    return k_names.at(static_cast<std::size_t>(kind));
}

LoadingFile::LoadingFile(const std::string& path)
    : database(path, Database::Purpose::write), groups(database) {
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
    auto& reading = bound(database.statement(sql::k_fact), name);
    auto value = reading.executeStep() ? maybe_text(reading.getColumn(0)) : std::nullopt;
    reading.reset();
    return value;
}

bool LoadingFile::has_table(const std::string& name) {
    return has_row(bound(database.statement(sql::k_table), name));
}

bool LoadingFile::has_staged(DumpKind kind) {
    return has_table(tables_of(kind).staged);
}

std::string LoadingFile::latest_dictionary(DumpKind kind) {
    auto& reading = bound(database.statement(sql::k_latest_dictionary), name_of(kind));
    std::string dictionary =
        reading.executeStep() ? reading.getColumn(0).getString() : std::string{};
    reading.reset();
    return dictionary;
}

void LoadingFile::learn_dictionaries() {
    auto& reading = database.statement(sql::k_dictionaries);
    while (reading.executeStep())
        unpacker.add_dictionary(bytes_of(reading.getColumn(0)));
    reading.reset();
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
    auto& reading = bound(database.statement(tables_of(kind).document), id);
    if (!reading.executeStep()) return std::nullopt;
    std::string json = unpacker.unpack(bytes_of(reading.getColumn(0)));
    reading.reset();
    return json;
}

std::optional<std::int64_t> LoadingFile::document_of(const DocumentKeys& keys) {
    auto& reading = bound(database.statement(tables_of(keys.kind).key), keys.mbid);
    const auto id = reading.executeStep() ? maybe_integer(reading.getColumn(0)) : std::nullopt;
    reading.reset();
    return id;
}

void LoadingFile::drop_document(DumpKind kind, std::int64_t id) {
    if (kind == DumpKind::release_group) {
        if (const auto json = document(kind, id)) groups.drop(id, parser.names_in(*json));
    }
    run(tables_of(kind).drop_document, id);
}

void LoadingFile::attach(const std::string& mirror) {
    commit();
    run(sql::k_attach, immutable_uri(mirror));
}

bool LoadingFile::is_in_old(DumpKind kind) {
    return has_row(bound(database.statement(sql::k_old_table), tables_of(kind).table));
}

}  // namespace pressings::mirror
