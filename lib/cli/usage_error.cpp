#include "cli/usage_error.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/help.hpp"

namespace pressings::cli {

namespace {

std::vector<CLI::App*> commands_of(CLI::App& app) {
    return app.get_subcommands([](CLI::App*) { return true; });
}

std::string nearest(std::string_view word, const std::vector<std::string>& names) {
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = closest(word, views);
    return near.empty() ? "" : fmt::format("; did you mean {}?", near);
}

/// The commands that have an option of this name.
std::vector<const CLI::App*> commands_with(CLI::App& app, const std::string& option) {
    std::vector<const CLI::App*> found;
    for (const CLI::App* command : commands_of(app)) {
        if (command->get_option_no_throw(option) != nullptr) found.push_back(command);
    }
    return found;
}

/// What is known is in the wrong place: in front of its command, or behind another.
[[noreturn]] void refuse_misplaced(CLI::App& app, const std::string& option,
                                   const std::vector<const CLI::App*>& owners) {
    const CLI::App* used = &innermost(app);
    if (std::find(owners.begin(), owners.end(), used) != owners.end()) {
        throw UsageError(fmt::format("{} goes behind the command: {} {} (see {} --help)", option,
                                     typed_name(*used), option, typed_name(*used)));
    }
    std::vector<std::string> names;
    for (const CLI::App* owner : owners)
        names.push_back(owner->get_name());
    throw UsageError(fmt::format("{} is an option of {} (see {} --help)", option,
                                 fmt::join(names, ", "), typed_name(*owners.front())));
}

/// Where a long option is mistyped, its value is left over with it.
std::string unexpected(CLI::App& app) {
    const auto words = app.remaining(true);
    const std::string all = fmt::format("{}", fmt::join(words, " "));
    const auto wrong = std::find_if(words.begin(), words.end(),
                                    [](const std::string& word) { return word.starts_with('-'); });
    if (wrong == words.end()) return fmt::format("not expected here: {}", all);
    const std::string option = wrong->substr(0, wrong->find('='));
    if (const auto owners = commands_with(app, option); !owners.empty()) {
        refuse_misplaced(app, option, owners);
    }
    std::vector<std::string> names;
    for (CLI::App* used : {&app, &innermost(app)}) {
        for (const CLI::Option* known : used->get_options())
            names.push_back(known->get_name());
    }
    return fmt::format("not expected here: {}{}", all, nearest(option, names));
}

/// A word where a command should be is why CLI11 finds that the command is missing.
void refuse_unknown_command(CLI::App& app) {
    const auto words = app.remaining();
    const auto commands = commands_of(app);
    if (commands.empty() || !app.get_subcommands().empty()) return;
    std::vector<std::string> names;
    for (const CLI::App* command : commands)
        names.push_back(command->get_name());
    if (words.empty()) {
        throw UsageError(fmt::format("which command? One of {} (see {} --help)",
                                     fmt::join(names, ", "), app.get_name()));
    }
    throw UsageError(fmt::format("there is no command {}{} (see {} --help)", quote(words.front()),
                                 nearest(words.front(), names), app.get_name()));
}

/// An error about an option that nobody typed is about its environment variable.
std::string with_true_name(CLI::App& app, const Words& words, const std::string& message) {
    auto all = commands_of(app);  // the environment is read for each of them
    all.push_back(&app);
    for (const CLI::App* one : all) {
        for (const CLI::Option* option : one->get_options()) {
            const std::string name = option->get_name() + ":";
            if (message.starts_with(name) && is_from_environment(*option, words)) {
                return option->get_envname() + message.substr(name.size() - 1);
            }
        }
    }
    return message;
}

/// "--queue: 1 required Q missing", in words of ours.
std::string count_message(CLI::App& app, const CLI::ParseError& error) {
    const std::string_view message = error.what();
    for (CLI::App* used : {&app, &innermost(app)}) {
        for (const CLI::Option* option : used->get_options()) {
            if (!message.starts_with(option->get_name() + ":")) continue;
            if (option->count() > 1)
                return fmt::format("{} was given more than once", option->get_name());
            return fmt::format("{} needs a value: {} {}", option->get_name(), option->get_name(),
                               option->get_type_name());
        }
    }
    return std::string{message};
}

}  // namespace

[[noreturn]] void throw_usage_error(CLI::App& app, const Words& words,
                                    const CLI::ParseError& error) {
    refuse_unknown_command(app);
    std::string message = with_true_name(app, words, error.what());
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) message = unexpected(app);
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        message = count_message(app, error);
    }
    message = escape_controls(message);
    throw UsageError(fmt::format("{} (see {} --help)", message, typed_name(innermost(app))));
}

}  // namespace pressings::cli
