#include <string_view>
#include <utility>

#include "cli/run_main.hpp"
#include "commands.hpp"

namespace pressings {

namespace {

using Command = int (*)(store::CatalogueReader&, const CatalogOptions&, cli::Output&);

constexpr std::pair<std::string_view, Command> k_commands[] = {
    {"albums", albums_command},     {"album", album_command},       {"releases", releases_command},
    {"stats", stats_command},       {"search", search_command},     {"changes", changes_command},
    {"oddities", oddities_command}, {"export", export_command},     {"pick", pick_command},
    {"compare", compare_command},   {"upcoming", upcoming_command},
};

int run(int argc, char** argv, cli::Output& output) {
    const auto options = parse_catalog_options(argc, argv);
    if (!options) return cli::k_done;
    if (options->command == "copy") return copy_command(*options, output);
    const auto store = options->command == "search" ? open_to_search(*options)
                                                    : cli::open_store_to_read(options->common);
    const bool is_file =
        options->command == "export" || options->upcoming.ical || options->upcoming.atom;
    if (!is_file) cli::page_if_long(output, options->common);
    if (options->command == "report") return report_command(*store, *options, output);
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
