// What open albums may be, as a sheet for a spreadsheet.
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/csv.hpp"
#include "cli/log.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "domain/candidate_difference.hpp"
#include "settling.hpp"

namespace pressings {

namespace {

const std::vector<std::string> k_header{"decision",
                                        "album",
                                        "job",
                                        "looked_for",
                                        "artist",
                                        "title",
                                        "year",
                                        "rank",
                                        "mbid",
                                        "candidate_title",
                                        "candidate_artist",
                                        "candidate_year",
                                        "type",
                                        "note",
                                        "why",
                                        "url"};

std::string year_text(const std::optional<int>& year) {
    return year ? std::to_string(*year) : "";
}

std::vector<std::string> album_cells(const OpenAlbum& album) {
    return {"",
            std::to_string(album.album_id),
            std::to_string(album.job_id),
            described(album.named),
            credit_text(album.named.artist_credit),
            album.named.title,
            year_text(album.named.year)};
}

std::vector<std::string> row_of(const OpenAlbum& album, std::size_t rank) {
    auto row = album_cells(album);
    if (rank >= album.candidates.size()) {
        row.resize(k_header.size());
        row[14] = "nothing like it was found";
        return row;
    }
    const Candidate& candidate = album.candidates[rank];
    const std::string mbid = candidate.mbid.to_string();
    const auto& date = candidate.first_release_date;
    std::vector<std::string> types = candidate.secondary_types;
    if (candidate.primary_type) types.insert(types.begin(), *candidate.primary_type);
    for (std::string cell :
         {std::to_string(rank + 1), mbid, candidate.title, candidate.artist,
          date ? year_text(date->year) : "", fmt::format("{}", fmt::join(types, " + ")),
          candidate.disambiguation.value_or(""), difference(album.named, candidate),
          "https://musicbrainz.org/release-group/" + mbid}) {
        row.push_back(std::move(cell));
    }
    return row;
}

/// Somebody's work is not written over.
void refuse_decided(const std::string& file) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    if (error || bytes == 0) return;
    const auto earlier = intake::read_decisions(file);
    if (earlier.decisions.empty() && earlier.refused.empty()) return;
    throw UsageError(
        fmt::format("--candidates {}: there are decisions in it; take them in with "
                    "--decisions, or name another file",
                    escape_controls(file)));
}

}  // namespace

int candidates_command(const ImportRequest& request) {
    const std::string& file = *request.candidates;
    cli::refuse_database(request.common, "--candidates", file);
    cli::refuse_other_kinds(file, cli::k_candidates_kind);
    if (!cli::named_descriptor(file)) refuse_decided(file);
    const auto store = cli::open_store_to_read(request.common);
    const auto albums = open_albums(*store);
    cli::OutputFile written{file, cli::k_candidates_kind};
    cli::CsvWriter csv{written.output(), cli::Formulas::disarm};
    csv.row(k_header);
    std::size_t count = 0;
    for (const OpenAlbum& album : albums) {
        count += album.candidates.size();
        for (std::size_t rank = 0; rank < std::max<std::size_t>(1, album.candidates.size()); ++rank)
            csv.row(row_of(album, rank));
    }
    written.keep();
    cli::log(cli::LogLevel::info,
             fmt::format("{} album{} open, with {} candidate{}", albums.size(),
                         albums.size() == 1 ? " is" : "s are", count, count == 1 ? "" : "s"));
    return cli::k_done;
}

}  // namespace pressings
