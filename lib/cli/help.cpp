#include "cli/help.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/environment.hpp"
#include "cli/output.hpp"
#include "cli/settings.hpp"

namespace pressings::cli {

namespace {

constexpr std::size_t k_names_width = 28;

/// The first word; "[default: 25s]" and "(or VARIABLE)" are not torn apart.
std::size_t end_of_word(std::string_view text) {
    const bool is_pair = text.starts_with("[default: ") || text.starts_with("(or ");
    const std::size_t from = is_pair ? text.find(' ') + 1 : 0;
    return std::min(text.find_first_of(" \n", from), text.size());
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!(text = trim(text)).empty()) {
        const auto end = end_of_word(text);
        words.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

/// `text` broken into lines that end before `columns`; all but the first are indented.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t columns) {
    std::string result;
    std::size_t at = indent;
    for (const std::string_view word : words_of(text)) {
        if (at > indent && at + 1 + word.size() > columns) {
            result += '\n' + std::string(indent, ' ');
            at = indent;
        }
        if (at > indent) {
            result += ' ';
            ++at;
        }
        result += word;
        at += display_width(word);
    }
    return result;
}

/// "  NAMES   what it is", the second column wrapped; on lines of its own if the names are long.
std::string row(const std::string& names, const std::string& what, std::size_t columns) {
    const std::size_t indent = std::min(k_names_width, columns / 3);
    std::string line = "  " + names;
    if (line.size() + 2 > indent) {
        line += '\n' + std::string(indent, ' ');
    } else {
        line.resize(indent, ' ');
    }
    return line + wrapped(what, indent, columns) + '\n';
}

std::string names_of(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.get_snames())
        names.push_back("-" + name);
    for (const std::string& name : option.get_lnames())
        names.push_back("--" + name);
    std::string all = fmt::format("{}", fmt::join(names, ", "));
    if (takes_value(option) && !option.get_type_name().empty()) all += " " + option.get_type_name();
    return all;
}

std::string explanation_of(const CLI::Option& option) {
    std::string text = option.get_description();
    const std::string value = option.get_default_str();
    if (!value.empty()) text += fmt::format(" [default: {}]", value);
    if (!option.get_envname().empty()) text += fmt::format(" (or {})", option.get_envname());
    return text;
}

using Options = std::vector<const CLI::Option*>;

Options options_in(const CLI::App& app, const std::string& group) {
    return app.get_options([&](const CLI::Option* option) {
        return option->get_group() == group && option->nonpositional();
    });
}

/// What CLI11 calls the group of an option that was given none.
constexpr const char* k_no_group = "Options";

/// The options of `app` by groups, but for those in `left_out`; `title` is of those in no group.
std::string groups_of(const CLI::App& app, std::size_t columns,
                      const std::string& title = k_no_group, const Options& left_out = {}) {
    std::string text;
    for (const std::string& group : app.get_groups()) {
        Options options = options_in(app, group);
        std::erase_if(options, [&](const CLI::Option* option) {
            return std::find(left_out.begin(), left_out.end(), option) != left_out.end();
        });
        if (group.empty() || options.empty()) continue;
        text += fmt::format("\n{}:\n", group == k_no_group ? title : group);
        for (const CLI::Option* option : options)
            text += row(names_of(*option), explanation_of(*option), columns);
    }
    return text;
}

Options positionals_of(const CLI::App& app) {
    return app.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

std::string positional_name(const CLI::Option& option) {
    const bool many = option.get_expected_max() > 1;
    const std::string name = option.get_name(true) + (many ? "..." : "");
    return option.get_required() ? name : "[" + name + "]";
}

std::string usage_of(const CLI::App& app, bool has_commands) {
    std::string usage = "Usage: " + typed_name(app);
    if (has_commands) usage += " COMMAND";
    usage += " [OPTIONS]";
    for (const CLI::Option* option : positionals_of(app))
        usage += " " + positional_name(*option);
    return usage;
}

std::string arguments_of(const CLI::App& app, std::size_t columns) {
    std::string text;
    for (const CLI::Option* option : positionals_of(app))
        text += row(option->get_name(true), option->get_description(), columns);
    return text.empty() ? text : "\nArguments:\n" + text;
}

std::string commands_of(const std::vector<const CLI::App*>& commands, std::size_t columns) {
    std::string text;
    for (const CLI::App* command : commands)
        text += row(command->get_name(), command->get_description(), columns);
    return text.empty() ? text : "\nCommands:\n" + text;
}

/// What a command has from its tool: the options of every tool, and the tool's own.
std::string inherited_by(const CLI::App& app, std::size_t columns) {
    const CLI::App* tool = app.get_parent();
    if (tool == nullptr) return "";
    const Options of_tool_alone{tool->get_help_ptr(), tool->get_version_ptr()};
    return groups_of(*tool, columns, "Options of each command", of_tool_alone);
}

/// The tool's examples, of a command those that use it.
std::string examples_of(const CLI::App& app) {
    if (app.get_parent() == nullptr) return app.get_footer();
    std::string own;
    std::istringstream lines{app.get_parent()->get_footer()};
    for (std::string line; std::getline(lines, line);) {
        if ((line + ' ').find(typed_name(app) + ' ') != std::string::npos) own += line + '\n';
    }
    return own.empty() ? own : "Examples:\n" + own;
}

}  // namespace

std::string typed_name(const CLI::App& app) {
    const std::string above =
        app.get_parent() == nullptr ? "" : typed_name(*app.get_parent()) + " ";
    return above + app.get_name();
}

std::string help_text(const CLI::App& app, std::size_t columns) {
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    std::string text = wrapped(app.get_description(), 0, columns);
    text += "\n\n" + wrapped(usage_of(app, !commands.empty()), 7, columns) + '\n';
    text += commands_of(commands, columns) + arguments_of(app, columns);
    text += groups_of(app, columns) + inherited_by(app, columns);
    if (const std::string examples = examples_of(app); !examples.empty()) text += '\n' + examples;
    if (!commands.empty()) {
        text +=
            '\n' + wrapped(fmt::format("{} help COMMAND tells more of a command.", app.get_name()),
                           0, columns);
    }
    if (text.back() != '\n') text += '\n';
    return text;
}

std::size_t help_width(int descriptor) {
    constexpr std::size_t k_usual = 80;
    constexpr std::size_t k_least = 40;
    constexpr std::size_t k_most = 100;
    const std::string told = environment("COLUMNS");
    std::size_t columns = 0;
    std::from_chars(told.data(), told.data() + told.size(), columns);
    if (columns == 0) columns = terminal_columns(descriptor);
    return columns == 0 ? k_usual : std::clamp(columns, k_least, k_most);
}

}  // namespace pressings::cli
