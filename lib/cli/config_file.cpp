#include "cli/config_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::cli {

namespace {

constexpr std::size_t k_longest_file = std::size_t{1} << 20U;

std::string read_text(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::string text(k_longest_file + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (!file.eof()) {
        throw UsageError(fmt::format("the configuration file {} cannot be read{}",
                                     escape_controls(path),
                                     text.empty() ? "" : "; it is longer than 1 MiB"));
    }
    return text;
}

std::string value_text(const toml::node& node, const std::string& place) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    throw UsageError(fmt::format("{}: the value must be a string, a number, true or false", place));
}

std::vector<std::string> values_of(const toml::node& node, const std::string& place) {
    std::vector<std::string> values;
    if (const auto* list = node.as_array()) {
        for (const toml::node& item : *list)
            values.push_back(value_text(item, place));
    } else {
        values.push_back(value_text(node, place));
    }
    return values;
}

std::string place_of(const std::string& path, int line, std::string_view name) {
    return fmt::format("{}:{}: {}", escape_controls(path), line, escape_controls(name));
}

/// "log_format" and "log-format" are one key.
void refuse_twice(const std::vector<Setting>& settings, const std::string& path) {
    std::set<std::string_view> names;
    for (const Setting& setting : settings) {
        if (names.insert(setting.name).second) continue;
        throw UsageError(place_of(path, setting.line, setting.name) + " is set twice");
    }
}

/// The keys of a table, as they come.
std::vector<Setting> read_table(const toml::table& table, const std::string& path) {
    std::vector<Setting> settings;
    for (const auto& [key, node] : table) {
        if (node.is_table()) continue;
        Setting setting{std::string{key.str()}, {}, static_cast<int>(node.source().begin.line)};
        std::replace(setting.name.begin(), setting.name.end(), '_', '-');
        setting.values = values_of(node, place_of(path, setting.line, setting.name));
        settings.push_back(std::move(setting));
    }
    std::stable_sort(settings.begin(), settings.end(),
                     [](const Setting& a, const Setting& b) { return a.line < b.line; });
    refuse_twice(settings, path);
    return settings;
}

void refuse_inner_tables(const toml::table& table, const std::string& path,
                         const std::string& tool) {
    for (const auto& [key, node] : table) {
        if (!node.is_table()) continue;
        const std::string name = fmt::format("[{}.{}]", tool, std::string_view{key.str()});
        throw UsageError(
            fmt::format("{}: there is no such table; what stands in [{}] holds for each of its "
                        "commands",
                        place_of(path, static_cast<int>(node.source().begin.line), name), tool));
    }
}

void refuse_unknown_tables(const toml::table& table, const std::string& path) {
    constexpr std::array<std::string_view, 4> k_tools{"album-import", "release-worker",
                                                      "release-catalog", "musicbrainz-mirror"};
    for (const auto& [key, node] : table) {
        if (!node.is_table()) continue;
        if (std::find(k_tools.begin(), k_tools.end(), key.str()) != k_tools.end()) continue;
        const auto near = closest(key.str(), k_tools);
        throw UsageError(fmt::format("{}:{}: there is no tool {}; a table is named for one of {}{}",
                                     escape_controls(path), node.source().begin.line,
                                     quote(key.str()), fmt::join(k_tools, ", "),
                                     near.empty() ? "" : fmt::format("; did you mean {}?", near)));
    }
}

}  // namespace

ConfigFile read_config(const std::string& path, const std::string& tool) {
    try {
        const toml::table table = toml::parse(read_text(path), path);
        refuse_unknown_tables(table, path);
        ConfigFile config{path, read_table(table, path), {}};
        if (const auto* own = table[tool].as_table()) {
            refuse_inner_tables(*own, path, tool);
            config.of_tool = read_table(*own, path);
        }
        return config;
    } catch (const toml::parse_error& error) {
        throw UsageError(fmt::format("{}:{}: {}; see pressings.toml(5)", escape_controls(path),
                                     error.source().begin.line,
                                     escape_controls(error.description())));
    }
}

}  // namespace pressings::cli
