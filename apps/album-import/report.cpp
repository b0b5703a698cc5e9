#include "report.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"

namespace pressings {

namespace {

using cli::or_null;
using nlohmann::ordered_json;

ordered_json file_json(const std::optional<std::string>& file) {
    return file ? ordered_json(*file) : ordered_json(nullptr);
}

/// What it is called that has neither a title nor an MBID yet.
std::string shown_as(const intake::Outcome& outcome) {
    const AlbumRequest* const request = outcome.request;
    const bool is_by_identifier = request != nullptr && !request->identifiers.empty();
    return is_by_identifier ? described(request->identifiers.front()) : outcome.record.text;
}

std::string id_or_dash(const std::optional<std::int64_t>& id) {
    return id ? std::to_string(*id) : "-";
}

}  // namespace

void ImportReport::begin_file(std::optional<std::string> file) {
    m_file = std::move(file);
    m_file_json = cli::json_text(file_json(m_file));
}

void ImportReport::add(const intake::Outcome& outcome) {
    if (outcome.added != nullptr) {
        added(outcome.record.line, *outcome.added, shown_as(outcome));
    } else {
        refused(outcome.record.line, *outcome.refusal);
        write_reject(outcome.record, *outcome.refusal);
    }
}

void ImportReport::add(std::int64_t line, const store::AddedAlbum& album) {
    if (album.error) {
        refused(line, {"no_such_album", *album.error});
    } else {
        added(line, album, "");
    }
}

void ImportReport::added(std::int64_t line, const store::AddedAlbum& album,
                         std::string_view shown) {
    const std::string status{to_string(album.status)};
    ++m_counts[status];
    const bool is_news = status == "created" || status == "refreshed";
    if (is_news && album.job_id) ++m_queued;
    if (m_audience == cli::Audience::programs) return m_output.line(json_line(line, status, album));
    if (m_audience == cli::Audience::nobody) return;
    constexpr std::size_t k_most_shown = 100;
    const std::string known = album.mbid ? album.mbid->to_string() : shorten(shown, k_most_shown);
    const std::string name = album.title.value_or(known);
    const std::string news =
        album.updated.empty() ? "" : fmt::format(" ({})", fmt::join(album.updated, ", "));
    m_output.line(fmt::format("{:<9} album {:<6} job {:<6} {}{}", status,
                              id_or_dash(album.album_id), id_or_dash(album.job_id),
                              escape_controls(name), news));
}

/// Text by text: a document made for each of a hundred thousand lines takes as long as parsing
/// them.
std::string ImportReport::json_line(std::int64_t line, std::string_view status,
                                    const store::AddedAlbum& album) const {
    const auto number = [](const std::optional<std::int64_t>& id) {
        return id ? std::to_string(*id) : std::string{"null"};
    };
    return fmt::format(
        R"({{"line":{},"status":"{}","album_id":{},"mbid":{},"title":{},"job_id":{},"file":{}{}}})",
        line, status, number(album.album_id),
        album.mbid ? fmt::format(R"("{}")", album.mbid->to_string()) : "null",
        cli::json_text(or_null(album.title)), number(album.job_id), m_file_json,
        album.updated.empty() ? "" : R"(,"updated":)" + cli::json_text(album.updated));
}

void ImportReport::refused(std::int64_t line, const intake::Refusal& refusal) {
    ++m_counts["rejected"];
    if (m_audience == cli::Audience::programs) {
        m_output.json_line({{"line", line},
                            {"status", "rejected"},
                            {"album_id", nullptr},
                            {"mbid", nullptr},
                            {"title", nullptr},
                            {"job_id", nullptr},
                            {"file", file_json(m_file)},
                            {"error", {{"code", refusal.code}, {"message", refusal.message}}}});
    }
    const std::string place =
        m_file ? fmt::format("{}:{}", *m_file, line) : fmt::format("argument {}", line);
    cli::log(cli::LogLevel::warning,
             fmt::format("{}: rejected ({}): {}", place, refusal.code, refusal.message),
             {{"file", file_json(m_file)}, {"line", line}, {"code", refusal.code}});
}

void ImportReport::write_reject(const intake::Record& record, const intake::Refusal& refusal) {
    if (m_rejects == nullptr) return;
    const ordered_json reject{{"file", file_json(m_file)},
                              {"line", record.line},
                              {"error", {{"code", refusal.code}, {"message", refusal.message}}},
                              {"record", record.text}};
    m_rejects->add(cli::json_text(reject));
}

int ImportReport::finish() {
    ordered_json counts{{"dry_run", m_dry_run}};
    std::vector<std::string> parts;
    for (const std::string_view status :
         {"created", "exists", "updated", "refreshed", "rejected"}) {
        const std::int64_t count = m_counts[std::string{status}];
        counts[std::string{status}] = count;
        const bool rare = status == "refreshed" || status == "updated";
        if (count > 0 || !rare) parts.push_back(fmt::format("{} {}", status, count));
    }
    const std::string text =
        fmt::format("{}{}", m_dry_run ? "dry run: " : "", fmt::join(parts, ", "));
    cli::log(cli::LogLevel::info, text, counts);
    return m_counts["rejected"] > 0 ? cli::k_part_failed : cli::k_done;
}

}  // namespace pressings
