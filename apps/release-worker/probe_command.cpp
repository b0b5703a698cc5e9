#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "cli/settings.hpp"
#include "cli/table.hpp"
#include "commands.hpp"
#include "domain/mbid.hpp"
#include "render/job_json.hpp"
#include "run_context.hpp"
#include "source/json/json_unknown.hpp"

namespace pressings {

namespace {

using nlohmann::ordered_json;
using source::ErrorKind;
using source::SourceError;

constexpr std::size_t k_some_albums = 3;

/// Albums that MusicBrainz has had for long: Rumours, In Rainbows, Queen's Greatest Hits.
constexpr std::array<const char*, k_some_albums> k_well_known{
    "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6", "6e335887-60ba-38f0-95af-fae7774336bf",
    "69ce61c8-127f-3809-95d8-62fdf3ae1347"};

/// What came of asking for one album.
struct Asked {
    Mbid mbid;
    std::size_t releases = 0;
    int requests = 0;
    std::optional<SourceError> error;
};

std::vector<Mbid> named_albums(const WorkerOptions& options) {
    std::vector<Mbid> albums;
    for (const std::string& text : options.probe.albums)
        albums.push_back(*Mbid::parse(text));
    return albums;
}

std::vector<Mbid> well_known_albums() {
    std::vector<Mbid> albums;
    for (const char* text : k_well_known)
        albums.push_back(*Mbid::parse(text));
    return albums;
}

/// Some that MusicBrainz has, as far as the catalogue knows.
std::vector<Mbid> imported_albums(store::CatalogueReader& catalogue) {
    std::vector<Mbid> albums;
    store::AlbumFilter first;
    first.limit = 100;
    catalogue.albums(first, [&](const store::AlbumRecord& record) {
        const bool is_there = record.imported_at_ms && !record.removed_at_ms && record.album.mbid;
        if (is_there && albums.size() < k_some_albums) albums.push_back(*record.album.mbid);
    });
    return albums;
}

std::vector<Mbid> albums_to_ask_for(const WorkerOptions& options, store::Store& store) {
    auto albums = named_albums(options);
    if (albums.empty()) albums = imported_albums(store.catalogue());
    return albums.empty() ? well_known_albums() : albums;
}

Asked ask(source::ReleaseSource& source, const Mbid& mbid) {
    Asked asked{mbid, 0, 0, std::nullopt};
    try {
        const auto found = source.releases_of(mbid, {});
        asked.releases = found.releases.size();
        asked.requests = found.requests;
    } catch (const SourceError& error) {
        asked.requests = error.requests;
        asked.error = error;
    }
    return asked;
}

/// Who is turned away, told to be quiet, or finds nobody, asks for no more.
bool is_worth_going_on(const Asked& asked) {
    if (!asked.error) return true;
    return asked.error->kind != ErrorKind::throttled &&
           asked.error->reach == source::Reach::answered;
}

std::vector<Asked> ask_for_all(source::ReleaseSource& source, const std::vector<Mbid>& albums) {
    std::vector<Asked> all;
    for (const Mbid& mbid : albums) {
        all.push_back(ask(source, mbid));
        if (!is_worth_going_on(all.back())) break;
    }
    return all;
}

ordered_json album_json(const Asked& asked) {
    std::optional<JobError> error;
    if (asked.error) error = JobError{asked.error->code, asked.error->what(), {}};
    return {{"mbid", asked.mbid.to_string()},
            {"releases", asked.releases},
            {"requests", asked.requests},
            {"error", render::error_json(error)}};
}

ordered_json probe_json(const WorkerOptions& options, const std::vector<Asked>& albums,
                        const std::vector<source::UnknownFields::Field>& unknown) {
    ordered_json document{{"source", without_password(options.probe.asking.source)},
                          {"albums", ordered_json::array()},
                          {"unknown_fields", ordered_json::array()}};
    for (const Asked& asked : albums)
        document["albums"].push_back(album_json(asked));
    for (const auto& field : unknown) {
        document["unknown_fields"].push_back(
            {{"path", field.path}, {"times", field.times}, {"example", field.example}});
    }
    return document;
}

void print_fields(const std::vector<source::UnknownFields::Field>& unknown,
                  const WorkerOptions& options, cli::Output& output) {
    if (unknown.empty()) return output.line("every field is known");
    cli::Table table{{{"UNKNOWN FIELD"},
                      {"TIMES", cli::Table::Align::right},
                      {"EXAMPLE", cli::Table::Align::left, true}}};
    for (const auto& field : unknown)
        table.add_row({field.path, std::to_string(field.times), field.example});
    table.print(output, cli::screen_of(options.common));
}

void print_albums(const std::vector<Asked>& albums, cli::Output& output) {
    for (const Asked& asked : albums) {
        if (asked.error) continue;
        output.line(fmt::format("{}: releases {}, requests {}", asked.mbid.to_string(),
                                asked.releases, asked.requests));
    }
}

/// 3 if the source answered nothing of use, by no fault of the albums that were asked for.
int status_of(const std::vector<Asked>& albums, bool has_unknown) {
    const auto failed = [](const Asked& asked) { return asked.error.has_value(); };
    const auto is_uncertain = [](const Asked& asked) {
        return asked.error && asked.error->kind != ErrorKind::permanent;
    };
    const bool none_answered = std::all_of(albums.begin(), albums.end(), failed);
    if (none_answered && std::any_of(albums.begin(), albums.end(), is_uncertain))
        return cli::k_environment;
    const bool some_failed = std::any_of(albums.begin(), albums.end(), failed);
    return has_unknown || some_failed ? cli::k_part_failed : cli::k_done;
}

}  // namespace

int probe_command(const WorkerOptions& options, cli::Output& output) {
    require_contact(options.probe.asking);
    source::UnknownFields fields;
    auto asking = source_options(options.probe.asking);
    asking.on_answer = [&](std::string_view answer) { fields.take(answer); };
    RunContext place;
    open_context(options.common, options.probe.asking, asking, place);
    const auto albums = ask_for_all(*place.source, albums_to_ask_for(options, *place.store));
    const auto unknown = fields.found();
    if (options.common.json) {
        output.json_line(probe_json(options, albums, unknown));
    } else {
        print_albums(albums, output);
        print_fields(unknown, options, output);
    }
    for (const Asked& asked : albums) {
        if (!asked.error) continue;
        cli::log(cli::LogLevel::error,
                 fmt::format("{}: {}", asked.mbid.to_string(), asked.error->what()));
    }
    return status_of(albums, !unknown.empty());
}

}  // namespace pressings
