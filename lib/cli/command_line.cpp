#include "cli/command_line.hpp"

#include <algorithm>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/completion.hpp"
#include "cli/config_file.hpp"
#include "cli/environment.hpp"
#include "cli/help.hpp"
#include "cli/settings.hpp"
#include "cli/usage_error.hpp"
#include "cli/version.hpp"
#include "store/engine.hpp"

namespace pressings::cli {

namespace {

constexpr const char* k_system_config = "/etc/pressings/config.toml";

bool is_file(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

/// The file that was named, alone; else the user's and the machine's, those that are there.
std::vector<std::string> config_paths(const CommonOptions& options) {
    if (!options.config.empty()) {
        if (is_file(options.config)) return {options.config};
        throw UsageError(fmt::format("the configuration file {} cannot be read",
                                     escape_controls(options.config)));
    }
    std::vector<std::string> paths;
    if (!environment("XDG_CONFIG_HOME").empty() || !environment("HOME").empty()) {
        paths.push_back(xdg_folder("XDG_CONFIG_HOME", ".config") / "pressings" / "config.toml");
    }
    paths.emplace_back(k_system_config);
    std::erase_if(paths, [](const std::string& path) { return !is_file(path); });
    return paths;
}

/// An unset variable of a script must mean neither the user's own catalogue nor every album.
void refuse_empty_values(CLI::App& app) {
    for (CLI::App* used : {&app, &innermost(app)}) {
        for (const CLI::Option* option : used->get_options()) {
            const auto& values = option->results();
            const bool has_empty = std::find(values.begin(), values.end(), "") != values.end();
            if (!has_empty || !option->nonpositional()) continue;
            throw UsageError(
                fmt::format("{}: its value is empty; leave the option out if none is "
                            "meant",
                            option->get_name()));
        }
    }
}

std::string version_text(const std::string& tool) {
    const store::Engine engine = store::engine();
    std::string text =
        fmt::format("{} {}\n{} {}\ncatalogue schema {}\ncompiled by {}\n", tool, k_version,
                    engine.name, engine.version, engine.schema, k_compiler);
    if (engine.note) text += "note: " + *engine.note + "\n";
    return text;
}

/// Writes what was asked for; a reader that leaves early has read enough.
void show(const std::string& text, int descriptor = STDOUT_FILENO) {
    Output output{descriptor, descriptor == STDOUT_FILENO ? "standard output" : "standard error"};
    try {
        output.write(text);
        output.flush();
    } catch (const OutputClosed&) {
        return;
    }
}

void set_up_log_as_told(const CLI::App& app, const CommonOptions& options) {
    const LogLevel least = options.quiet     ? LogLevel::warning
                           : options.verbose ? LogLevel::debug
                                             : LogLevel::info;
    set_up_log(app.get_name(), options.log_format == "json" ? LogFormat::json : LogFormat::text,
               least);
}

/// "release-worker help run" is "release-worker run --help".
Words without_help_command(const CLI::App& app, Words words) {
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty() || words.empty() || words.front() != "help") return words;
    if (words.size() == 1) return {"--help"};
    const bool is_known = std::any_of(commands.begin(), commands.end(), [&](const CLI::App* one) {
        return one->get_name() == words[1];
    });
    if (!is_known) return {words[1]};  // which is refused as any unknown command is
    return {words[1], "--help"};
}

/// What is wrong with the command line is told in the form that was asked for, too.
void set_up_log_for_usage(const CLI::App& app, const Words& words) {
    std::string format = environment("PRESSINGS_LOG_FORMAT");
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].starts_with("--log-format=")) format = words[i].substr(13);
        if (words[i] == "--log-format" && i + 1 < words.size()) format = words[i + 1];
    }
    set_up_log(app.get_name(), format == "json" ? LogFormat::json : LogFormat::text,
               LogLevel::info);
}

/// A tool that was given nothing at all: somebody who does not know it, or a script whose variable
/// is empty. So it is an error, but one that tells all.
[[noreturn]] void refuse_bare(const CLI::App& app) {
    if (environment("PRESSINGS_LOG_FORMAT") != "json") {
        show(help_text(app, help_width(STDERR_FILENO)) + '\n', STDERR_FILENO);
    }
    throw UsageError(fmt::format("nothing was asked for (see {} --help)", app.get_name()));
}

void print_config(const Settings& settings, const CommonOptions& options) {
    show(options.json ? settings.json() + "\n" : settings.text());
}

void parse(CLI::App& app, Words words) {
    std::reverse(words.begin(), words.end());  // as CLI11 wants them
    app.parse(std::move(words));
}

/// As far as it goes: the words of a command line that is still being typed.
void parse_unfinished(CLI::App& app, const CommonOptions& options, const Words& words) {
    Words known;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const bool names_file = words[i] == "--db" || words[i] == "--config";
        if (names_file) known.insert(known.end(), {words[i], words[i + 1]});
        const bool has_file = words[i].starts_with("--db=") || words[i].starts_with("--config=");
        if (has_file) known.push_back(words[i]);
    }
    try {
        parse(app, known);
    } catch (const CLI::ParseError&) {
        // the command is missing, for one
    }
    try {
        Settings settings{app, words};
        for (const std::string& path : config_paths(options))
            settings.apply(read_config(path, app.get_name()));
    } catch (const Error&) {
        return;  // it will be said when the command line is run
    }
}

void print_completions(CLI::App& app, const CommonOptions& options, const Words& words) {
    parse_unfinished(app, options, words);
    show(completions(app, options, words));
}

}  // namespace

bool parse_command_line(CLI::App& app, CommonOptions& options, int argc, char** argv) {
    const Words words = without_help_command(app, Words(argv + std::min(argc, 1), argv + argc));
    set_up_log_for_usage(app, words);
    if (words.empty()) refuse_bare(app);
    if (words.front() == "--complete") {
        print_completions(app, options, Words(words.begin() + 1, words.end()));
        return false;
    }
    const bool wants_config =
        std::find(words.begin(), words.end(), "--print-config") != words.end();
    if (wants_config) app.require_subcommand(0, 1);
    Settings settings{app, words};
    std::vector<std::string> paths;
    try {
        parse(app, words);
        paths = config_paths(options);
        for (const std::string& path : paths)
            settings.apply(read_config(path, app.get_name()));
    } catch (const CLI::CallForHelp&) {
        show(help_text(innermost(app), help_width(STDOUT_FILENO)));
        return false;
    } catch (const CLI::CallForVersion&) {
        show(version_text(app.get_name()));
        return false;
    } catch (const CLI::ParseError& error) {
        refuse_empty_values(app);
        throw_usage_error(app, words, error);
    }
    refuse_empty_values(app);
    set_up_log_as_told(app, options);
    for (const std::string& path : paths)
        log(LogLevel::debug, "settings " + path);
    if (options.print_config) {
        app.get_option("--db")->default_str(database_location(options));
        print_config(settings, options);
    }
    return !options.print_config;
}

}  // namespace pressings::cli
