#include "mirror/file/reading.hpp"

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "mirror/file/mirror_sql.hpp"

namespace pressings::mirror {

FileIdentity identity_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        throw Error(
            fmt::format("cannot read the mirror {}: {}; make one with "
                        "`musicbrainz-mirror load --mirror FILE release.tar.xz "
                        "release-group.tar.xz`",
                        escape_controls(path), errno_text(errno)));
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error(fmt::format("cannot read the mirror {}: it is no file", escape_controls(path)));
    }
    constexpr std::int64_t k_second_ns = 1'000'000'000;
    return {status.st_dev, status.st_ino, status.st_size,
            status.st_mtim.tv_sec * k_second_ns + status.st_mtim.tv_nsec};
}

Reading::Reading(const std::string& path)
    : identity(identity_of(path)), database(path, Database::Purpose::read) {
    check(path);
    Query dictionaries = database.query(sql::k_dictionaries);
    while (dictionaries.step())
        unpacker.add_dictionary(dictionaries.bytes(0));
}

void Reading::check(const std::string& path) {
    if (database.integer("PRAGMA application_id") != sql::k_application_id) {
        throw UsageError(
            fmt::format("{} is no mirror of MusicBrainz; name another file with --mirror",
                        escape_controls(path)));
    }
    if (database.integer("PRAGMA user_version") > sql::k_version) {
        throw Error(fmt::format("the mirror {} is from a newer version of this tool",
                                escape_controls(path)));
    }
    if (database.integer("PRAGMA user_version") < sql::k_version) {
        throw Error(
            fmt::format("the mirror {} was made by an earlier version of this tool; remove "
                        "it and load its dumps again",
                        escape_controls(path)));
    }
    if (fact("state") != "whole") {
        throw Error(
            fmt::format("the mirror {} was never loaded to its end", escape_controls(path)));
    }
}

void Reading::probe() {
    for (const char* statement : {sql::k_first_release_document, sql::k_last_release_document,
                                  sql::k_first_group_document, sql::k_last_group_document}) {
        Query row = database.query(statement);
        document(row);
    }
}

std::optional<std::string> Reading::fact(const std::string& name) {
    Query reading = database.query(sql::k_fact);
    return reading.bind(name).step() ? reading.maybe_text(0) : std::nullopt;
}

std::int64_t Reading::number(const std::string& name) {
    Query reading = database.query(sql::k_fact);
    return reading.bind(name).step() ? reading.integer(0) : 0;
}

std::vector<std::string> Reading::documents(Query& rows) {
    std::vector<std::string> all;
    while (rows.step())
        all.push_back(unpacker.unpack(rows.bytes(rows.columns() - 1)));
    return all;
}

std::optional<std::string> Reading::document(Query& rows) {
    auto all = documents(rows);
    return all.empty() ? std::nullopt : std::optional{std::move(all.front())};
}

std::optional<KindFacts> Reading::kind_facts(DumpKind kind) {
    const std::string name{to_string(kind)};
    Query reading = database.query(sql::k_dump);
    if (!reading.bind(name).step()) return std::nullopt;
    KindFacts facts;
    facts.timestamp = reading.maybe_text(0);
    if (facts.timestamp) facts.snapshot_ms = parse_snapshot_time(*facts.timestamp);
    facts.replication_sequence = reading.maybe_integer(1);
    facts.schema_sequence = reading.maybe_integer(2);
    facts.loaded_at_ms = reading.integer(3);
    facts.incremental_dumps = reading.integer(4);
    facts.odd_documents = reading.integer(5);
    facts.documents = number(name + " documents");
    facts.json_bytes = number(name + " json bytes");
    facts.packed_bytes = number(name + " packed bytes");
    return facts;
}

FoundGroups Reading::search(const SearchSql& statements, const std::string& full_text,
                            std::size_t offset, std::size_t limit) {
    FoundGroups found;
    Query count = database.query(statements.count);
    if (count.bind(full_text).step()) found.count = count.integer(0);
    Query rows = database.query(statements.page);
    rows.bind(full_text, static_cast<std::int64_t>(limit), static_cast<std::int64_t>(offset));
    double best = 0;  // ranks are negative, the least is the best
    while (rows.step()) {
        const double rank = rows.number(0);
        best = std::min(best, rank);
        const int score = best < 0 ? static_cast<int>(100 * rank / best) : 100;
        found.groups.push_back({unpacker.unpack(rows.bytes(1)), std::max(score, 1)});
    }
    return found;
}

}  // namespace pressings::mirror
