#include "mirror/mirror.hpp"

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "mirror/database.hpp"
#include "mirror/mirror_sql.hpp"
#include "mirror/name_query.hpp"

namespace pressings::mirror {

namespace {

/// Which file a path leads to at the moment.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;

    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

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
    return {status.st_dev, status.st_ino};
}

/// A connection with what unpacks its documents.
struct Reading {
    explicit Reading(const std::string& path)
        : identity(identity_of(path)), database(path, Database::Purpose::read) {
        check(path);
        auto& dictionaries = database.statement(sql::k_dictionaries);
        while (dictionaries.executeStep())
            unpacker.add_dictionary(bytes_of(dictionaries.getColumn(0)));
    }

    void check(const std::string& path) {
        if (database.integer("PRAGMA application_id") != sql::k_application_id) {
            throw Error(fmt::format("{} is no mirror of MusicBrainz", escape_controls(path)));
        }
        if (database.integer("PRAGMA user_version") > sql::k_version) {
            throw Error(fmt::format("the mirror {} is from a newer version of this tool",
                                    escape_controls(path)));
        }
        if (fact("state") != "whole") {
            throw Error(
                fmt::format("the mirror {} was never loaded to its end", escape_controls(path)));
        }
    }

    std::optional<std::string> fact(const std::string& name) {
        auto& reading = bound(database.statement(sql::k_fact), name);
        return reading.executeStep() ? maybe_text(reading.getColumn(0)) : std::nullopt;
    }

    std::int64_t number(const std::string& name) {
        auto& reading = bound(database.statement(sql::k_fact), name);
        return reading.executeStep() ? reading.getColumn(0).getInt64() : 0;
    }

    /// The documents in the last column of what is left of the rows.
    std::vector<std::string> documents(SQLite::Statement& rows) {
        std::vector<std::string> all;
        while (rows.executeStep())
            all.push_back(unpacker.unpack(bytes_of(rows.getColumn(rows.getColumnCount() - 1))));
        rows.reset();
        return all;
    }

    std::optional<std::string> document(SQLite::Statement& rows) {
        auto all = documents(rows);
        return all.empty() ? std::nullopt : std::optional{std::move(all.front())};
    }

    std::optional<KindFacts> kind_facts(DumpKind kind) {
        const std::string name{to_string(kind)};
        auto& reading = bound(database.statement(sql::k_dump), name);
        if (!reading.executeStep()) return std::nullopt;
        KindFacts facts;
        facts.timestamp = maybe_text(reading.getColumn(0));
        if (facts.timestamp) facts.snapshot_ms = parse_snapshot_time(*facts.timestamp);
        facts.replication_sequence = maybe_integer(reading.getColumn(1));
        facts.schema_sequence = maybe_integer(reading.getColumn(2));
        facts.loaded_at_ms = reading.getColumn(3).getInt64();
        facts.incremental_dumps = reading.getColumn(4).getInt64();
        reading.reset();
        facts.documents = number(name + " documents");
        facts.json_bytes = number(name + " json bytes");
        facts.packed_bytes = number(name + " packed bytes");
        return facts;
    }

    FileIdentity identity;
    Database database;
    Unpacker unpacker;
};

}  // namespace

struct Mirror::State {
    explicit State(std::string file) : path(std::move(file)) {}

    /// Runs `work` with a connection of its own; one that is idle, or a new one.
    template <typename Work>
    auto read(Work work) {
        return guarded(path, [&] {
            std::unique_ptr<Reading> reading = take();
            auto result = work(*reading);
            const std::lock_guard lock{mutex};
            idle.push_back(std::move(reading));
            return result;
        });
    }

    std::unique_ptr<Reading> take() {
        const FileIdentity now = identity_of(path);
        const std::lock_guard lock{mutex};
        std::erase_if(idle, [&](const auto& reading) { return !(reading->identity == now); });
        if (idle.empty()) return std::make_unique<Reading>(path);
        auto reading = std::move(idle.back());
        idle.pop_back();
        return reading;
    }

    std::string path;
    std::mutex mutex;
    std::vector<std::unique_ptr<Reading>> idle;
};

Mirror::Mirror(std::string path) : m_state(std::make_unique<State>(std::move(path))) {
    m_state->read([](Reading&) { return 0; });
}

Mirror::~Mirror() = default;

MirrorFacts Mirror::facts() const {
    return m_state->read([&](Reading& reading) {
        MirrorFacts facts;
        facts.releases = reading.kind_facts(DumpKind::release);
        facts.release_groups = reading.kind_facts(DumpKind::release_group);
        facts.groups_of_releases = reading.number("groups of releases");
        facts.releases_without_group = reading.number("releases without group");
        facts.groups_without_releases = reading.number("groups without releases");
        facts.artists = reading.number("artists");
        facts.dictionary_bytes = reading.database.integer(sql::k_dictionary_bytes);
        struct stat status {};
        if (::stat(m_state->path.c_str(), &status) == 0) facts.file_bytes = status.st_size;
        return facts;
    });
}

std::optional<std::string> Mirror::release(const Mbid& mbid) const {
    return m_state->read([&](Reading& reading) {
        return reading.document(bound(reading.database.statement(sql::k_release), mbid));
    });
}

std::optional<std::string> Mirror::release_group(const Mbid& mbid) const {
    return m_state->read([&](Reading& reading) {
        return reading.document(bound(reading.database.statement(sql::k_group), mbid));
    });
}

std::optional<Mbid> Mirror::group_with(const Mbid& release) const {
    return m_state->read([&](Reading& reading) -> std::optional<Mbid> {
        auto& row = bound(reading.database.statement(sql::k_release_key), release);
        if (!row.executeStep()) return std::nullopt;
        return Mbid::from_bytes(bytes_of(row.getColumn(1)));
    });
}

std::vector<std::string> Mirror::releases_of(const Mbid& release_group) const {
    return m_state->read([&](Reading& reading) {
        return reading.documents(
            bound(reading.database.statement(sql::k_releases_of_group), release_group));
    });
}

std::vector<std::string> Mirror::groups_of(const Mbid& artist) const {
    return m_state->read([&](Reading& reading) {
        return reading.documents(
            bound(reading.database.statement(sql::k_groups_of_artist), artist));
    });
}

std::vector<std::string> Mirror::groups_named(const NameQuery& query, std::size_t most) const {
    const std::string title = fold(query.title);
    const std::string match = full_text_query(title, fold(query.artist), query.credited);
    const auto limit = static_cast<std::int64_t>(most);
    return m_state->read([&](Reading& reading) {
        std::unordered_set<std::int64_t> known;
        std::vector<std::string> found;
        const auto take = [&](SQLite::Statement& rows) {
            while (found.size() < most && rows.executeStep()) {
                if (!known.insert(rows.getColumn(0).getInt64()).second) continue;
                found.push_back(reading.unpacker.unpack(bytes_of(rows.getColumn(1))));
            }
            rows.reset();
        };
        Database& database = reading.database;
        if (is_wordless(title)) take(bound(database.statement(sql::k_groups_titled), title, limit));
        if (!match.empty()) take(bound(database.statement(sql::k_groups_named), match, limit));
        return found;
    });
}

FoundGroups Mirror::search_groups(const std::string& full_text, std::size_t offset,
                                  std::size_t limit) const {
    return m_state->read([&](Reading& reading) {
        FoundGroups found;
        Database& database = reading.database;
        auto& count = bound(database.statement(sql::k_count_search), full_text);
        if (count.executeStep()) found.count = count.getColumn(0).getInt64();
        count.reset();
        auto& rows = bound(database.statement(sql::k_search_groups), full_text,
                           static_cast<std::int64_t>(limit), static_cast<std::int64_t>(offset));
        double best = 0;  // ranks are negative, the least is the best
        while (rows.executeStep()) {
            const double rank = rows.getColumn(0).getDouble();
            best = std::min(best, rank);
            const int score = best < 0 ? static_cast<int>(100 * rank / best) : 100;
            found.groups.push_back(
                {reading.unpacker.unpack(bytes_of(rows.getColumn(1))), std::max(score, 1)});
        }
        rows.reset();
        return found;
    });
}

std::optional<Millis> parse_snapshot_time(const std::string& timestamp) {
    std::string text{trim(timestamp)};
    if (const auto space = text.find(' '); space != std::string::npos) text[space] = 'T';
    if (const auto zone = text.rfind("+00"); zone != std::string::npos) text.resize(zone);
    if (const auto known = parse_time(text)) return known;
    return parse_time(text + "Z");
}

}  // namespace pressings::mirror
