#include "cli/common_options.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "cli/environment.hpp"
#include "cli/pager.hpp"
#include "cli/version.hpp"

namespace pressings::cli {

namespace {

/// `>> catalog.db` would write the answer behind the database.
void refuse_as_output(const std::string& location) {
    struct stat status {};
    if (::fstat(STDOUT_FILENO, &status) != 0 || !S_ISREG(status.st_mode)) return;
    if (!store::is_part_of(location, "/proc/self/fd/1")) return;
    throw UsageError("standard output is the database, or belongs to it; send it somewhere else");
}

}  // namespace

void add_common_options(CLI::App& app, CommonOptions& options) {
    app.set_help_flag("-h,--help", "Show this help and exit");
    app.set_version_flag("-V,--version", fmt::format("{} {}", app.get_name(), k_version),
                         "Show the version and exit");
    app.fallthrough();
    app.option_defaults()->group(k_common_group);
    app.add_option("--db", options.db,
                   "SQLite file, or postgresql://USER@HOST/NAME [default: "
                   "~/.local/share/pressings/catalog.db]")
        ->type_name("PATH|URI")
        ->envname("PRESSINGS_DB");
    app.add_flag("--json", options.json, "Write JSON on standard output");
    auto* quiet = app.add_flag("-q,--quiet", options.quiet, "Say nothing as long as all goes well");
    app.add_flag("-v,--verbose", options.verbose, "Log more")->excludes(quiet);
    app.add_option("--log-format", options.log_format, "Log lines for people or for programs")
        ->type_name("text|json")
        ->check(one_of({"text", "json"}))
        ->envname("PRESSINGS_LOG_FORMAT");
    app.add_option("--color", options.color, "Colour the output [default: auto]")
        ->type_name("auto|always|never")
        ->check(one_of({"auto", "always", "never"}));
    app.add_option(
           "--config", options.config,
           "Settings, in place of ~/.config/pressings/config.toml and /etc/pressings/config.toml")
        ->type_name("FILE")
        ->envname("PRESSINGS_CONFIG")
        ->configurable(false);
    app.add_option("--busy-timeout", options.busy_timeout,
                   "How long to wait for a locked database [default: 30s]")
        ->type_name("DURATION")
        ->check(duration());
    app.add_option("--db-pooler", options.db_pooler,
                   "How a connection pooler before PostgreSQL is set up [default: session]")
        ->type_name("session|transaction")
        ->check(one_of({"session", "transaction"}))
        ->envname("PRESSINGS_DB_POOLER");
    app.add_flag("--allow-network-filesystem", options.allow_network_filesystem,
                 "Open a database on NFS, SMB and the like all the same");
    app.add_flag("--no-pager", options.no_pager, "Show long lists without a pager");
    app.add_flag("--print-config", options.print_config,
                 "Show each setting in force and where it is from, and exit")
        ->configurable(false);
    app.option_defaults()->group("Options")->configurable(false);
}

std::string database_location(const CommonOptions& options) {
    if (!options.db.empty()) return options.db;
    return (xdg_folder("XDG_DATA_HOME", ".local/share") / "pressings" / "catalog.db").string();
}

std::string typed_database(const CommonOptions& options) {
    const bool is_plain = options.db.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "/._-:") == std::string::npos;
    const bool is_known = options.db.empty() || options.db == environment("PRESSINGS_DB");
    return is_known || !is_plain ? "" : " --db " + options.db;
}

namespace {

std::unique_ptr<store::Store> open_for(const CommonOptions& options, store::Access access) {
    refuse_as_output(database_location(options));
    store::StoreOptions opening = store_options(options);
    opening.access = access;
    const std::string location = database_location(options);
    log(LogLevel::debug, "database " + without_password(location));
    return store::open_store(location, opening, system_clock());
}

}  // namespace

store::StoreOptions store_options(const CommonOptions& options) {
    store::StoreOptions opening;
    opening.busy_timeout_ms = duration_option("--busy-timeout", options.busy_timeout);
    opening.allow_network_filesystem = options.allow_network_filesystem;
    if (options.db_pooler == "transaction") opening.pooler = store::Pooler::transaction;
    return opening;
}

std::unique_ptr<store::Store> open_store(const CommonOptions& options) {
    return open_for(options, store::Access::write);
}

std::unique_ptr<store::Store> open_store_to_read(const CommonOptions& options) {
    return open_for(options, store::Access::read);
}

void page_if_long(Output& output, const CommonOptions& options) {
    if (options.json || options.no_pager || terminal_lines() == 0) return;
    output.page_with(pager_command(), terminal_lines());
}

Screen screen_of(const CommonOptions& options) {
    const ColorChoice choice = options.color == "always"  ? ColorChoice::always
                               : options.color == "never" ? ColorChoice::never
                                                          : ColorChoice::automatic;
    return {terminal_columns(), wants_color(choice)};
}

Millis duration_option(const std::string& option, const std::string& text) {
    const auto duration = parse_duration(text);
    if (duration) return *duration;
    throw UsageError(fmt::format("{} {}: not a duration; write it like 500ms, 30s, 5m, 12h or 30d",
                                 option, escape_controls(text)));
}

}  // namespace pressings::cli
