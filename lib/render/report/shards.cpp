#include "render/report/shards.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings::render::report {

namespace {

constexpr std::size_t k_gathered_at_most = std::size_t{6} * 1024 * 1024;

std::int64_t parts(std::int64_t bytes, std::int64_t at_most) {
    constexpr std::int64_t k_wanted_bytes = 250'000;
    return std::clamp<std::int64_t>((bytes + k_wanted_bytes - 1) / k_wanted_bytes, 1, at_most);
}

std::string file_name(const std::string& name) {
    return "data/" + name + ".js";
}

}  // namespace

ShardCounts shard_counts(const store::CatalogueStats& stats) {
    const std::int64_t releases = stats.releases + stats.releases_removed;
    ShardCounts counts;
    counts.albums = parts(stats.albums * 250 + releases * 260, 320);
    counts.tracks = parts(releases * 120 + stats.tracks * 20, 320);
    counts.artists = parts(stats.albums * 200, 64);
    counts.labels = parts(stats.albums * 150 + releases * 100, 128);
    counts.lists =
        std::max<std::int64_t>(1, (stats.albums + k_albums_in_a_list - 1) / k_albums_in_a_list);
    return counts;
}

std::int64_t part_of(const Mbid& mbid, std::int64_t count) {
    return (mbid.bytes()[0] * 256 + mbid.bytes()[1]) % count;
}

std::string script_safe(std::string_view json) {
    std::string safe;
    safe.reserve(json.size());
    for (const char c : json) {
        if (c == '<') {
            safe += "\\u003c";
        } else {
            safe += c;
        }
    }
    return safe;
}

void put_shown(cli::JsonWriter& json, std::string_view text) {
    json.value(escape_controls(text));
}

void put_maybe(cli::JsonWriter& json, const std::optional<std::string>& text) {
    text ? put_shown(json, *text) : json.null();
}

void member_shown(cli::JsonWriter& json, std::string_view name, std::string_view text) {
    if (!text.empty()) json.member(name, escape_controls(text));
}

Shards::File& Shards::file(std::string_view kind, std::int64_t part) {
    const std::string name = fmt::format("{}-{}", kind, part);
    const auto [found, is_new] = m_files.try_emplace(name);
    if (is_new) found->second.text = fmt::format("shard(\"{}\",[0", name);
    return found->second;
}

void Shards::add(std::string_view kind, std::int64_t part, std::string_view json) {
    const std::string record = ",\n" + script_safe(json);
    file(kind, part).text += record;
    m_gathered += record.size();
    if (m_gathered > k_gathered_at_most) write_out();
}

void Shards::begin(std::string_view kind, std::int64_t part) {
    file(kind, part);
}

void Shards::finish() {
    for (auto& [name, file] : m_files)
        file.text += "\n]);\n";
    write_out();
}

void Shards::write_out() {
    for (auto& [name, file] : m_files) {
        if (file.text.empty()) continue;
        const std::string text = std::exchange(file.text, {});
        if (file.is_there) {
            m_folder.append(file_name(name), text);
        } else {
            m_folder.add(file_name(name), text);
        }
        file.is_there = true;
    }
    m_gathered = 0;
}

}  // namespace pressings::render::report
