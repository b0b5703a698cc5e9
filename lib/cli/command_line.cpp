#include "cli/command_line.hpp"

#include <algorithm>
#include <filesystem>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/config_file.hpp"
#include "cli/environment.hpp"
#include "cli/version.hpp"
#include "store/engine.hpp"

namespace pressings::cli {

namespace {

/// The sub-command in use, else the application itself.
CLI::App& innermost(CLI::App& app) {
    const auto used = app.get_subcommands();
    return used.empty() ? app : *used.front();
}

/// The option that a setting stands for, in the command in use or in the tool; only those that are
/// settings, not what is asked for just now.
CLI::Option* find_setting(CLI::App& app, const std::string& name) {
    for (CLI::App* used : {&innermost(app), &app}) {
        auto* option = used->get_option_no_throw("--" + name);
        if (option != nullptr && option->get_configurable()) return option;
    }
    return nullptr;
}

bool any_command_takes(CLI::App& app, const std::string& name) {
    auto apps = app.get_subcommands([](CLI::App*) { return true; });
    apps.push_back(&app);
    return std::any_of(apps.begin(), apps.end(), [&](CLI::App* command) {
        const auto* option = command->get_option_no_throw("--" + name);
        return option != nullptr && option->get_configurable();
    });
}

void apply(CLI::App& app, const std::string& name, const std::vector<std::string>& values) {
    CLI::Option* option = find_setting(app, name);
    if (option == nullptr || option->count() > 0) return;  // for another command, or told already
    option->add_result(values);
    option->run_callback();
}

void apply_config(CLI::App& app, const ConfigFile& config) {
    for (const auto& [name, values] : config.of_tool) {
        if (!any_command_takes(app, name)) {
            throw UsageError(fmt::format("{}: {} has no setting \"{}\"",
                                         escape_controls(config.path), app.get_name(),
                                         escape_controls(name)));
        }
        apply(app, name, values);
    }
    for (const auto& [name, values] : config.common) {
        const auto* option = app.get_option_no_throw("--" + name);
        if (option == nullptr || option->get_group() != k_common_group) {
            throw UsageError(fmt::format("{}: there is no setting \"{}\" for all tools",
                                         escape_controls(config.path), escape_controls(name)));
        }
        apply(app, name, values);
    }
}

std::string config_path(const CommonOptions& options) {
    if (!options.config.empty()) {
        if (!std::filesystem::is_regular_file(options.config)) {
            throw UsageError(fmt::format("the configuration file {} cannot be read",
                                         escape_controls(options.config)));
        }
        return options.config;
    }
    if (environment("XDG_CONFIG_HOME").empty() && environment("HOME").empty()) return {};
    const auto path = xdg_folder("XDG_CONFIG_HOME", ".config") / "pressings" / "config.toml";
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored) ? path.string() : std::string{};
}

/// What nothing takes, and "did you mean --format?": where an option is mistyped, its value is left
/// over with it.
std::string unexpected(CLI::App& app) {
    const auto words = app.remaining(true);
    const std::string all = escape_controls(fmt::format("{}", fmt::join(words, " ")));
    const auto wrong = std::find_if(words.begin(), words.end(),
                                    [](const std::string& word) { return word.starts_with('-'); });
    if (wrong == words.end()) return fmt::format("not expected here: {}", all);
    std::vector<std::string> names;
    for (CLI::App* used : {&app, &innermost(app)}) {
        for (const CLI::Option* option : used->get_options())
            names.push_back(option->get_name());
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = closest(wrong->substr(0, wrong->find('=')), views);
    return fmt::format("not expected here: {}{}", all,
                       near.empty() ? "" : fmt::format("; did you mean {}?", near));
}

/// A word where a command should be is why CLI11 finds that the command is missing.
void refuse_unknown_command(CLI::App& app) {
    const auto commands = app.get_subcommands([](CLI::App*) { return true; });
    const auto words = app.remaining();
    if (commands.empty() || !app.get_subcommands().empty() || words.empty()) return;
    std::vector<std::string> names;
    for (const CLI::App* command : commands)
        names.push_back(command->get_name());
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = closest(words.front(), views);
    throw UsageError(fmt::format("there is no command {}{} (see {} --help)", quote(words.front()),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near),
                                 app.get_name()));
}

[[noreturn]] void throw_usage(CLI::App& app, const CLI::ParseError& error) {
    refuse_unknown_command(app);
    const bool extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    throw UsageError(fmt::format("{} (see {} --help)",
                                 extra ? unexpected(app) : escape_controls(error.what()),
                                 app.get_name()));
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
    std::string text = fmt::format("{} {}\n{} {}\n", tool, k_version, engine.name, engine.version);
    if (engine.note) text += "note: " + *engine.note + "\n";
    return text;
}

/// Writes help or version to standard output; a reader that leaves early has read enough.
void show(const std::string& text) {
    Output output;
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

}  // namespace

bool parse_command_line(CLI::App& app, CommonOptions& options, int argc, char** argv) {
    std::string settings;
    try {
        app.parse(argc, argv);
        settings = config_path(options);
        if (!settings.empty()) apply_config(app, read_config(settings, app.get_name()));
    } catch (const CLI::CallForHelp&) {
        CLI::App& used = innermost(app);
        show(used.help(&used == &app ? "" : app.get_name()));
        return false;
    } catch (const CLI::CallForVersion&) {
        show(version_text(app.get_name()));
        return false;
    } catch (const CLI::ParseError& error) {
        throw_usage(app, error);
    }
    refuse_empty_values(app);
    set_up_log_as_told(app, options);
    if (!settings.empty()) log(LogLevel::debug, "settings " + settings);
    return true;
}

}  // namespace pressings::cli
