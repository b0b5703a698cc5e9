#include "mirror/dump/dump_reader.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "mirror/dump/dump_sums.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_batch = std::size_t{1} << 20U;
constexpr std::size_t k_chunk = std::size_t{256} * 1024;
constexpr std::size_t k_spare = 64;  // simdjson::SIMDJSON_PADDING, and some
constexpr std::size_t k_longest_fact = 1024;
constexpr std::int64_t k_known_schema = 1;

/// README and COPYING have some kilobytes.
constexpr std::int64_t k_most_small_bytes = std::int64_t{64} << 20U;

constexpr std::string_view k_release = "mbdump/release";
constexpr std::string_view k_release_group = "mbdump/release-group";
constexpr std::string_view k_schema_number = "JSON_DUMPS_SCHEMA_NUMBER";
constexpr std::string_view k_facts[] = {"TIMESTAMP", "REPLICATION_SEQUENCE", "SCHEMA_SEQUENCE"};

std::string_view without_dot(std::string_view member) {
    return member.starts_with("./") ? member.substr(2) : member;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    text = trim(text);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

DumpReader::DumpReader(const std::string& path)
    : m_path(path), m_archive(path), m_expected_sum(published_sum(path)) {}

std::string DumpReader::place(const std::string& member, std::int64_t line) const {
    return fmt::format("{}: {}{}line {}", name(), member, member.empty() ? "" : ", ", line);
}

std::optional<LineBatch> DumpReader::next() {
    while (!m_at_end) {
        if (!m_in_data && !open_next_data()) {
            check_whole();
            m_at_end = true;
            break;
        }
        m_in_data = fill();
        LineBatch batch = cut_batch();
        if (!batch.lines.empty()) return batch;
    }
    return std::nullopt;
}

bool DumpReader::open_next_data() {
    while (const auto member = m_archive.next_member()) {
        const std::string_view path = without_dot(member->name);
        if (!member->is_archive) {
            m_is_archive = false;
            open_data(std::nullopt, "");
            take_facts_above(m_path);
            return true;
        }
        if (path == k_release || path == k_release_group) {
            open_data(path == k_release ? DumpKind::release : DumpKind::release_group,
                      std::string{path});
            return true;
        }
        read_small_member(std::string{path});
    }
    return false;
}

void DumpReader::open_data(std::optional<DumpKind> kind, const std::string& member) {
    bool& seen = m_seen[kind == DumpKind::release_group ? 1 : 0];
    if (seen) throw DumpError(fmt::format("{} is no dump: it has {} twice", name(), member));
    seen = true;
    m_kind = kind;
    m_member = member;
    m_line = 1;
    m_in_data = true;
}

/// Any member but the data. It is read and at most looked at, wherever its name would lead.
void DumpReader::read_small_member(const std::string& member) {
    std::string text;
    std::string chunk(k_chunk, '\0');
    while (const std::size_t size = m_archive.read(chunk)) {
        m_small_bytes += static_cast<std::int64_t>(size);
        if (m_small_bytes > k_most_small_bytes) {
            throw DumpError(
                fmt::format("{} is no dump of releases or release groups: {} is too large", name(),
                            quote(shorten(member, 200))));
        }
        text.append(chunk, 0,
                    std::min(size, k_longest_fact - std::min(k_longest_fact, text.size())));
    }
    take_fact(member, text);
}

void DumpReader::take_fact(std::string_view member, std::string_view text) {
    if (member == k_schema_number) check_schema_number(text);
    if (member == k_facts[0] && !trim(text).empty()) m_facts.timestamp = trim(text);
    if (member == k_facts[1]) m_facts.replication_sequence = parse_number(text);
    if (member == k_facts[2]) m_facts.schema_sequence = parse_number(text);
}

void DumpReader::check_schema_number(std::string_view text) {
    if (parse_number(text) != k_known_schema) {
        throw DumpError(fmt::format(
            "{}: its documents are of schema {}, and only schema {} is understood here; "
            "is there a newer version of this tool?",
            name(), quote(shorten(trim(text), 40)), k_known_schema));
    }
    m_has_schema_number = true;
}

/// tar puts mbdump/release below the folder of the facts.
void DumpReader::take_facts_above(const std::string& path) {
    if (path == "-") return;
    const auto folder = std::filesystem::absolute(path).parent_path().parent_path();
    for (const std::string_view member : {k_facts[0], k_facts[1], k_facts[2], k_schema_number}) {
        std::ifstream file{folder / member, std::ios::binary};
        std::string text(k_longest_fact, '\0');
        if (!file) continue;
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(file.gcount()));
        take_fact(member, text);
    }
}

/// Reads on until there are lines enough for a batch; false at the end of the member.
bool DumpReader::fill() {
    std::size_t last_line = m_rest.rfind('\n');
    while (last_line == std::string::npos || last_line < k_batch) {
        const std::size_t before = m_rest.size();
        const std::size_t line_start = last_line == std::string::npos ? 0 : last_line + 1;
        if (before - line_start > k_longest_line) {
            const auto lines = std::count(m_rest.begin(), m_rest.end(), '\n');
            throw DumpError(fmt::format("{} is longer than {} MiB; nothing of this dump was taken",
                                        place(m_member, m_line + lines), k_longest_line >> 20U));
        }
        m_rest.resize(before + k_chunk);
        const std::size_t size = m_archive.read({m_rest.data() + before, k_chunk});
        m_rest.resize(before + size);
        if (size == 0) return false;
        const std::size_t found = std::string_view{m_rest}.substr(before).rfind('\n');
        if (found != std::string_view::npos) last_line = before + found;
    }
    return true;
}

/// All whole lines; at the end of the member what is left is one.
LineBatch DumpReader::cut_batch() {
    LineBatch batch;
    batch.kind = m_kind;
    batch.member = m_member;
    batch.first_line = m_line;
    const std::size_t end = m_in_data ? m_rest.rfind('\n') + 1 : m_rest.size();
    std::string rest;
    rest.reserve(k_batch + 2 * k_chunk);
    rest.assign(m_rest, end);
    batch.text = std::move(m_rest);
    m_rest = std::move(rest);
    std::size_t start = 0;
    while (start < end) {
        const std::size_t stop = std::min(batch.text.find('\n', start), end);
        const auto line = trim(std::string_view{batch.text}.substr(start, stop - start));
        if (!line.empty()) {
            batch.lines.push_back(
                {static_cast<std::size_t>(line.data() - batch.text.data()), line.size()});
            batch.numbers.push_back(m_line);
        }
        ++m_line;
        start = stop + 1;
    }
    batch.next_line = m_line;
    batch.text.resize(end);
    batch.text.reserve(end + k_spare);
    return batch;
}

void DumpReader::check_whole() {
    if (!m_seen[0] && !m_seen[1]) {
        throw DumpError(
            fmt::format("{} is no dump of releases or release groups: it has no {} and no {}; "
                        "take release.tar.xz and release-group.tar.xz of "
                        "https://data.metabrainz.org/pub/musicbrainz/data/json-dumps/",
                        name(), k_release, k_release_group));
    }
    if (m_is_archive && !m_has_schema_number) {
        throw DumpError(
            fmt::format("{} is cut off: {} should come behind the data; download it again", name(),
                        k_schema_number));
    }
    const std::string sum = m_archive.finish();
    if (m_expected_sum && sum != *m_expected_sum) {
        throw DumpError(
            fmt::format("{}: its SHA-256 is {}, and SHA256SUMS beside it says {}; "
                        "download it again",
                        name(), sum, *m_expected_sum));
    }
}

}  // namespace pressings::mirror
