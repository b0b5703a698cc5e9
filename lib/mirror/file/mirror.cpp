#include "mirror/file/mirror.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/text.hpp"
#include "mirror/file/mirror_sql.hpp"
#include "mirror/file/name_query.hpp"
#include "mirror/file/reading_pool.hpp"

namespace pressings::mirror {

struct Mirror::State {
    State(std::string file, Warn warn) : path(std::move(file)), pool(path, std::move(warn)) {}

    /// Runs `work` with a connection of its own.
    template <typename Work>
    auto read(Work work) {
        return guarded(path, [&] {
            const ReadingPool::Borrowed reading{pool};
            return work(*reading);
        });
    }

    std::string path;
    ReadingPool pool;
};

Mirror::Mirror(std::string path, Warn warn)
    : m_state(std::make_unique<State>(std::move(path), std::move(warn))) {
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
        facts.file_bytes = reading.identity.bytes;
        return facts;
    });
}

bool Mirror::has_all_releases() const {
    return m_state->read([&](Reading& reading) {
        const auto facts = reading.kind_facts(DumpKind::release);
        return facts && facts->odd_documents == 0;
    });
}

std::optional<std::string> Mirror::release(const Mbid& mbid) const {
    return m_state->read([&](Reading& reading) {
        return reading.document(reading.database.query(sql::k_release).bind(mbid));
    });
}

std::optional<std::string> Mirror::release_group(const Mbid& mbid) const {
    return m_state->read([&](Reading& reading) {
        return reading.document(reading.database.query(sql::k_group).bind(mbid));
    });
}

std::optional<Mbid> Mirror::group_with(const Mbid& release) const {
    return m_state->read([&](Reading& reading) -> std::optional<Mbid> {
        Query row = reading.database.query(sql::k_release_key);
        return row.bind(release).step() ? row.maybe_mbid(1) : std::nullopt;
    });
}

std::vector<std::string> Mirror::releases_of(const Mbid& release_group) const {
    return m_state->read([&](Reading& reading) {
        return reading.documents(
            reading.database.query(sql::k_releases_of_group).bind(release_group));
    });
}

std::vector<Mbid> Mirror::release_mbids_of(const Mbid& release_group) const {
    return m_state->read([&](Reading& reading) {
        std::vector<Mbid> releases;
        Query row = reading.database.query(sql::k_release_mbids_of_group);
        row.bind(release_group);
        while (row.step()) {
            if (const auto mbid = row.maybe_mbid(0)) releases.push_back(*mbid);
        }
        return releases;
    });
}

std::vector<std::string> Mirror::groups_of(const Mbid& artist) const {
    return m_state->read([&](Reading& reading) {
        return reading.documents(reading.database.query(sql::k_groups_of_artist).bind(artist));
    });
}

std::vector<std::string> Mirror::releases_with(const std::string& key, std::size_t most) const {
    return m_state->read([&](Reading& reading) {
        return reading.documents(reading.database.query(sql::k_releases_with)
                                     .bind(key, static_cast<std::int64_t>(most)));
    });
}

std::vector<std::string> Mirror::groups_with(const std::string& key, std::size_t most) const {
    return m_state->read([&](Reading& reading) {
        return reading.documents(
            reading.database.query(sql::k_groups_with).bind(key, static_cast<std::int64_t>(most)));
    });
}

std::vector<std::string> Mirror::groups_named(const NameQuery& query, std::size_t most) const {
    const std::string title = fold(query.title);
    const std::string match = full_text_query(title, fold(query.artist), query.credited);
    const auto limit = static_cast<std::int64_t>(most);
    return m_state->read([&](Reading& reading) {
        std::unordered_set<std::int64_t> known;
        std::vector<std::string> found;
        const auto take = [&](Query& rows) {
            while (found.size() < most && rows.step()) {
                if (!known.insert(rows.integer(0)).second) continue;
                found.push_back(reading.unpacker.unpack(rows.bytes(1)));
            }
        };
        Database& database = reading.database;
        if (is_wordless(title)) take(database.query(sql::k_groups_titled).bind(title, limit));
        if (!match.empty()) take(database.query(sql::k_groups_named).bind(match, limit));
        return found;
    });
}

std::vector<std::string> Mirror::groups_near(const NameQuery& query, std::size_t most) const {
    const std::string artist = fold(query.artist);
    const auto limit = static_cast<std::int64_t>(most);
    return m_state->read([&](Reading& reading) {
        std::vector<std::string> found;
        for (const std::string& match : {near_query(fold(query.title), artist, query.credited),
                                         near_query("", artist, query.credited)}) {
            if (match.empty()) continue;
            Query rows = reading.database.query(sql::k_groups_near);
            rows.bind(match, limit);
            while (rows.step())
                found.push_back(reading.unpacker.unpack(rows.bytes(1)));
        }
        return found;
    });
}

std::vector<std::string> Mirror::releases_named(const NameQuery& query, std::size_t most) const {
    const std::string match =
        full_text_query(fold(query.title), fold(query.artist), query.credited);
    return m_state->read([&](Reading& reading) {
        std::vector<std::string> found;
        if (match.empty()) return found;
        Query rows = reading.database.query(sql::k_releases_named);
        rows.bind(match, static_cast<std::int64_t>(most));
        while (rows.step())
            found.push_back(reading.unpacker.unpack(rows.bytes(1)));
        return found;
    });
}

FoundGroups Mirror::search_groups(const std::string& full_text, std::size_t offset,
                                  std::size_t limit) const {
    return m_state->read([&](Reading& reading) {
        return reading.search({sql::k_count_search, sql::k_search_groups}, full_text, offset,
                              limit);
    });
}

FoundGroups Mirror::search_releases(const std::string& full_text, std::size_t offset,
                                    std::size_t limit) const {
    return m_state->read([&](Reading& reading) {
        return reading.search({sql::k_count_release_search, sql::k_search_releases}, full_text,
                              offset, limit);
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
