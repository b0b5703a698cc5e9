#include "cli/settings.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "cli/common_options.hpp"
#include "cli/environment.hpp"
#include "cli/output.hpp"

namespace pressings::cli {

namespace {

std::vector<CLI::App*> tool_and_commands(CLI::App& app) {
    auto all = app.get_subcommands([](CLI::App*) { return true; });
    all.insert(all.begin(), &app);
    return all;
}

CLI::Option* setting_of(CLI::App& app, const std::string& name) {
    auto* option = app.get_option_no_throw("--" + name);
    return option != nullptr && option->get_configurable() ? option : nullptr;
}

/// Every option that the setting stands for: in the tool, or in one or several of its commands.
std::vector<CLI::Option*> options_named(CLI::App& app, const std::string& name) {
    std::vector<CLI::Option*> found;
    for (CLI::App* one : tool_and_commands(app)) {
        if (auto* option = setting_of(*one, name)) found.push_back(option);
    }
    return found;
}

std::string name_of(const CLI::Option& option) {
    return option.get_lnames().front();
}

/// Where a setting stands, for a message.
std::string place_of(const ConfigFile& config, const Setting& setting) {
    return fmt::format("{}:{}", escape_controls(config.path), setting.line);
}

[[noreturn]] void refuse_at_top(CLI::App& app, const ConfigFile& config, const Setting& setting) {
    throw UsageError(fmt::format("{}: {} is a setting of {} alone; put it under [{}]",
                                 place_of(config, setting), setting.name, app.get_name(),
                                 app.get_name()));
}

[[noreturn]] void refuse_unknown(CLI::App& app, const ConfigFile& config, const Setting& setting) {
    std::set<std::string> names;
    for (CLI::App* one : tool_and_commands(app)) {
        if (one->get_option_no_throw("--" + setting.name) != nullptr) {
            throw UsageError(fmt::format("{}: --{} can only be given on the command line",
                                         place_of(config, setting), setting.name));
        }
        for (const auto* option :
             one->get_options([](const CLI::Option* any) { return any->get_configurable(); })) {
            if (option->nonpositional()) names.insert(name_of(*option));
        }
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = closest(setting.name, views);
    throw UsageError(fmt::format("{}: {} has no setting {}{}", place_of(config, setting),
                                 app.get_name(), quote(setting.name),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)));
}

std::string home_folder() {
    std::string home = environment("HOME");
    if (!home.empty()) return home;
    throw UsageError("a path of the configuration begins with ~/, but HOME is not set");
}

/// Whether an option's values are paths, alone or behind a scheme.
bool takes_path(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    constexpr std::array<std::string_view, 4> k_kinds{"PATH", "FILE", "FOLDER", "SOURCE"};
    return std::any_of(k_kinds.begin(), k_kinds.end(),
                       [&](std::string_view kind) { return type.find(kind) != std::string::npos; });
}

/// What a value without a scheme in front is.
enum class Bare { path, no_path };

Bare bare_value_of(const CLI::Option& option) {
    return option.get_type_name() == "SOURCE" ? Bare::no_path : Bare::path;
}

/// A path in a file is of the file's folder, wherever the tool is started.
std::string resolved(const std::string& value, const std::filesystem::path& folder, Bare bare) {
    const bool is_no_path =
        value == "-" || value.find("://") != std::string::npos || value.starts_with("service=");
    if (is_no_path) return value;
    std::string scheme;
    for (const std::string_view one : {"sqlite:", "file:", "mirror:"}) {
        if (value.starts_with(one)) scheme = one;
    }
    const std::string path = value.substr(scheme.size());
    if (path.empty() || (bare == Bare::no_path && scheme.empty())) return value;
    if (path == "~" || path.starts_with("~/")) return scheme + home_folder() + path.substr(1);
    if (path.starts_with("~")) {
        throw UsageError(fmt::format(
            "{}: only ~/ is known, the home folder of whoever starts the tool; write the path "
            "of another, or ./~ for a name with a tilde",
            quote(path)));
    }
    return scheme + (folder / path).lexically_normal().string();
}

nlohmann::ordered_json json_of(const std::vector<std::string>& values) {
    if (values.empty()) return nullptr;
    if (values.size() > 1) return values;
    if (values.front() == "true" || values.front() == "false") return values.front() == "true";
    return values.front();
}

void refuse_wrong_count(const CLI::Option& option, const std::vector<std::string>& values) {
    const bool is_empty =
        values.empty() || std::find(values.begin(), values.end(), "") != values.end();
    if (is_empty) throw UsageError("its value is empty; leave it out if none is meant");
    const auto most = static_cast<std::size_t>(std::max(option.get_items_expected_max(), 1));
    if (values.size() > most) throw UsageError("it takes one value, not a list");
}

/// What is wrong with a value, by the checks of its option; nothing if it will do.
std::string fault_of(CLI::Option& option, std::string value) {
    if (!takes_value(option)) {
        if (value == "true" || value == "false") return {};
        return fmt::format("{} is neither true nor false", quote(value));
    }
    try {
        for (int number = 0;; ++number) {
            std::string fault = (*option.get_validator(number))(value);
            if (!fault.empty()) return fault;
        }
    } catch (const CLI::OptionNotFound&) {
        return {};  // that was the last check
    }
}

/// The values as they would be typed. UsageError if one is wrong, whether or not it counts here: it
/// will somewhere.
std::vector<std::string> checked_values(CLI::Option& option, std::vector<std::string> values,
                                        const std::filesystem::path& folder) {
    for (std::string& value : values) {
        if (takes_path(option)) value = resolved(value, folder, bare_value_of(option));
        if (const auto fault = fault_of(option, value); !fault.empty()) throw UsageError(fault);
    }
    return values;
}

/// What an option has that was not given.
std::vector<std::string> built_in(CLI::Option& option) {
    if (!takes_value(option)) return {"false"};
    if (option.get_default_str().empty()) option.capture_default_str();
    const std::string value = option.get_default_str();
    if (value.empty() || value == "[]") return {};
    return {value};
}

}  // namespace

CLI::App& innermost(CLI::App& app) {
    const auto used = app.get_subcommands();
    return used.empty() ? app : *used.front();
}

bool takes_value(const CLI::Option& option) {
    return option.get_items_expected_max() > 0;
}

bool is_from_environment(const CLI::Option& option, const Words& words) {
    if (option.get_envname().empty() || option.get_lnames().empty()) return false;
    if (environment(option.get_envname().c_str()).empty()) return false;
    const std::string name = "--" + name_of(option);
    return std::none_of(words.begin(), words.end(), [&](const std::string& word) {
        return word == name || word.starts_with(name + "=");
    });
}

void Settings::apply(const ConfigFile& config) {
    for (const Setting& setting : config.of_tool) {
        if (options_named(m_app, setting.name).empty()) refuse_unknown(m_app, config, setting);
        apply(config, setting);
    }
    for (const Setting& setting : config.common) {
        if (options_named(m_app, setting.name).empty()) refuse_unknown(m_app, config, setting);
        const auto* option = setting_of(m_app, setting.name);
        const bool is_common = option != nullptr && option->get_group() == k_common_group;
        if (!is_common) refuse_at_top(m_app, config, setting);
        apply(config, setting);
    }
}

/// Whether the command line has it, or what excludes it: --quiet beats `verbose` of a file.
bool Settings::is_settled(const CLI::Option& option) const {
    if (option.count() > 0) return true;
    const auto excluded = option.get_excludes();
    return std::any_of(excluded.begin(), excluded.end(), [&](const CLI::Option* other) {
        return other->count() > 0 && !m_files.contains(other);
    });
}

void Settings::apply(const ConfigFile& config, const Setting& setting) {
    const std::string place = place_of(config, setting);
    const auto folder = std::filesystem::absolute(config.path).parent_path();
    for (CLI::App* one : tool_and_commands(m_app)) {
        CLI::Option* option = setting_of(*one, setting.name);
        if (option == nullptr) continue;
        try {
            refuse_wrong_count(*option, setting.values);
            const auto values = checked_values(*option, setting.values, folder);
            if (is_settled(*option)) continue;
            for (const std::string& value : values)
                option->add_result(value);
            // Commands that are not in use share their variables with the one that is.
            if (one == &m_app || one == &innermost(m_app)) option->run_callback();
        } catch (const UsageError& error) {
            throw UsageError(
                fmt::format("{}: {}: {}", place, setting.name, std::string_view{error.what()}));
        }
        m_files[option] = place;
    }
}

/// A setting with its value and where that is from.
struct Settings::InForce {
    std::string name;
    std::vector<std::string> values;  ///< none: not set, and nothing built in
    std::string origin;
    bool is_common = false;  ///< may stand at the top of a file
};

std::vector<Settings::InForce> Settings::in_force() const {
    std::vector<InForce> all;
    std::set<std::string> seen;
    for (CLI::App* one : tool_and_commands(m_app)) {
        for (CLI::Option* any :
             one->get_options([](CLI::Option* any) { return any->get_configurable(); })) {
            if (!any->nonpositional() || !seen.insert(name_of(*any)).second) continue;
            CLI::Option* in_use = setting_of(innermost(m_app), name_of(*any));
            CLI::Option* option = in_use != nullptr ? in_use : any;
            InForce setting{name_of(*option), option->results(), "built in",
                            option->get_group() == k_common_group};
            if (const auto file = m_files.find(option); file != m_files.end()) {
                setting.origin = file->second;
            } else if (option->count() > 0) {
                setting.origin =
                    is_from_environment(*option, m_words) ? option->get_envname() : "command line";
            } else {
                setting.values = built_in(*option);
            }
            for (std::string& value : setting.values)
                value = without_password(value);
            all.push_back(std::move(setting));
        }
    }
    return all;
}

std::string Settings::text() const {
    std::string text;
    bool is_table = false;
    for (const InForce& setting : in_force()) {
        if (!setting.is_common && !is_table) text += fmt::format("\n[{}]\n", m_app.get_name());
        is_table = is_table || !setting.is_common;
        text += setting.values.empty() ? fmt::format("# {}: not set\n", setting.name)
                                       : fmt::format("{} = {}  # {}\n", setting.name,
                                                     json_text(json_of(setting.values)),
                                                     escape_controls(setting.origin));
    }
    return text;
}

std::string Settings::json() const {
    nlohmann::ordered_json settings = nlohmann::ordered_json::array();
    for (const InForce& setting : in_force()) {
        settings.push_back({{"name", setting.name},
                            {"value", json_of(setting.values)},
                            {"origin", setting.values.empty() ? "not set" : setting.origin}});
    }
    return json_text({{"tool", m_app.get_name()}, {"settings", std::move(settings)}});
}

}  // namespace pressings::cli
