#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/catalogue_json.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/catalogue_text.hpp"
#include "cli/json_values.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "options.hpp"

namespace pressings {

namespace {

using store::CatalogueReader;

int print(const cli::Table& table, const CatalogOptions& options, cli::Output& output) {
    table.print(output, cli::terminal_columns(),
                cli::wants_color(cli::color_choice(options.common)));
    return cli::k_done;
}

int albums(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const store::AlbumFilter filter{options.artist, options.title, options.type, options.year,
                                    options.limit};
    cli::Table table = cli::album_table();
    catalogue.albums(filter, [&](const store::AlbumRecord& album) {
        if (options.common.json) {
            output.json_line(cli::album_json(album));
        } else {
            cli::add_album(table, album);
        }
    });
    return options.common.json ? cli::k_done : print(table, options, output);
}

int album(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const std::int64_t id = cli::find_album(catalogue, options.album);
    const auto record = catalogue.album(id);
    store::ReleaseFilter filter;
    filter.album_id = id;
    filter.with_tracks = true;
    filter.with_removed = true;
    if (!options.common.json) cli::print_album(*record, output);
    auto json = cli::album_json(*record);
    json["releases"] = nlohmann::ordered_json::array();
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
        if (options.common.json) {
            json["releases"].push_back(cli::release_json(release));
        } else {
            cli::print_release(release, output);
        }
    });
    if (options.common.json) output.json_line(json);
    return cli::k_done;
}

int releases(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    store::ReleaseFilter filter;
    if (!options.album.empty()) filter.album_id = cli::find_album(catalogue, options.album);
    if (options.format) filter.format = parse_plain_format(*options.format);
    filter.country = options.country;
    filter.status = options.status;
    filter.label = options.label;
    filter.with_removed = options.removed;
    filter.with_tracks = options.tracks;
    filter.limit = options.limit;
    cli::Table table = cli::release_table();
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
        if (options.common.json) {
            output.json_line(cli::release_json(release));
        } else {
            cli::add_release(table, release);
        }
    });
    return options.common.json ? cli::k_done : print(table, options, output);
}

int stats(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const auto stats = catalogue.stats();
    if (options.common.json) {
        output.json_line(cli::stats_json(stats));
    } else {
        cli::print_stats(stats, output);
    }
    return cli::k_done;
}

int search(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const std::string words = fmt::format("{}", fmt::join(options.words, " "));
    cli::Table table = cli::album_table();
    catalogue.search(words, options.limit, [&](const store::AlbumRecord& album) {
        if (options.common.json) {
            output.json_line(cli::album_json(album));
        } else {
            cli::add_album(table, album);
        }
    });
    return options.common.json ? cli::k_done : print(table, options, output);
}

using Command = int (*)(CatalogueReader&, const CatalogOptions&, cli::Output&);

constexpr std::pair<std::string_view, Command> k_commands[] = {
    {"albums", albums}, {"album", album},   {"releases", releases},
    {"stats", stats},   {"search", search}, {"changes", changes_command}};

int run(int argc, char** argv, cli::Output& output) {
    const auto options = parse_catalog_options(argc, argv);
    if (!options) return cli::k_done;
    const auto store = cli::open_store(options->common);
    for (const auto& [name, command] : k_commands) {
        if (name == options->command) return command(store->catalogue(), *options, output);
    }
    return cli::k_usage;
}

}  // namespace

}  // namespace pressings

int main(int argc, char** argv) {
    using namespace pressings;
    return cli::run_main("release-catalog",
                         [&](cli::Output& output) { return run(argc, argv, output); });
}
