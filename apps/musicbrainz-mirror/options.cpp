#include "options.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "listen_address.hpp"

namespace pressings {

namespace {

constexpr const char* k_description =
    "Turn MusicBrainz's JSON dumps into a local mirror that releases can be imported from.";

constexpr const char* k_examples =
    "Examples:\n"
    "  musicbrainz-mirror load --mirror mb.mirror release.tar.xz release-group.tar.xz\n"
    "  musicbrainz-mirror info --mirror mb.mirror\n"
    "  release-worker run --source mirror:mb.mirror\n"
    "  musicbrainz-mirror get --mirror mb.mirror f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
    "  musicbrainz-mirror serve --mirror mb.mirror --listen 127.0.0.1:5000\n";

void declare_load(CLI::App& app, MirrorOptions& options) {
    CLI::App& load = *app.add_subcommand("load", "Load dumps, making the mirror or replacing it");
    load.add_option("DUMP", options.dumps,
                    "release.tar.xz, release-group.tar.xz, or the files in them; - is standard "
                    "input")
        ->required();
    load.add_flag("--incremental", options.incremental,
                  "Put incremental dumps on top of what the mirror has");
    load.add_flag("--allow-gap", options.allow_gap,
                  "With --incremental: also if dumps between are missing");
}

std::string listen_fault(const std::string& text) {
    if (read_address(text)) return {};
    return fmt::format("{} is not an address and a port; write it like 127.0.0.1:5000",
                       quote(text));
}

void declare_serve(CLI::App& app, MirrorOptions& options) {
    CLI::App& serve =
        *app.add_subcommand("serve", "Answer as MusicBrainz's web service does, from the mirror");
    serve
        .add_option("--listen", options.listen,
                    "Address and port; port 0 picks a free one [default: 127.0.0.1:5000]")
        ->type_name("HOST:PORT")
        ->check(cli::without_fault(listen_fault))
        ->configurable();
    serve
        .add_option("--connections", options.connections,
                    "So many at once; more, and the one that has waited longest is closed")
        ->capture_default_str()
        ->check(cli::integer_between(1, 100'000))
        ->type_name("N")
        ->configurable();
    serve
        .add_option("--client-timeout", options.client_timeout,
                    "How long a client may take to send a request, or to take the answer")
        ->capture_default_str()
        ->type_name("DURATION")
        ->check(cli::duration_from("1ms"))
        ->configurable();
}

}  // namespace

std::optional<MirrorOptions> parse_mirror_options(int argc, char** argv) {
    MirrorOptions options;
    CLI::App app{k_description, "musicbrainz-mirror"};
    cli::add_common_options(app, options.common);
    app.add_option("--mirror", options.mirror, "The file of the mirror")
        ->type_name("FILE")
        ->envname("PRESSINGS_MIRROR")
        ->configurable();
    declare_load(app, options);
    app.add_subcommand("info", "Say what is in the mirror, how old and how large it is");
    app.add_subcommand("get", "Print a release or a release group as it was published")
        ->add_option("MBID", options.mbid, "Of a release or a release group")
        ->required();
    declare_serve(app, options);
    app.require_subcommand(1);
    app.footer(k_examples);
    if (!cli::parse_command_line(app, options.common, argc, argv)) return std::nullopt;
    options.command = app.get_subcommands().front()->get_name();
    if (options.mirror.empty()) {
        throw UsageError("--mirror FILE is needed (see musicbrainz-mirror --help)");
    }
    if (options.allow_gap && !options.incremental) {
        throw UsageError("--allow-gap says something about --incremental only");
    }
    return options;
}

}  // namespace pressings
