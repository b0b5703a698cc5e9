#include "cli/completion.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::cli {

namespace {

struct Candidate {
    std::string word;
    std::string what;
};
using Candidates = std::vector<Candidate>;

constexpr std::int64_t k_most_ids = 50;
constexpr std::size_t k_longest_description = 60;

bool is_words(std::string_view type) {
    return !type.empty() && std::all_of(type.begin(), type.end(), [](unsigned char c) {
        return std::islower(c) != 0 || c == '|' || c == '-';
    });
}

Candidates split(std::string_view list) {
    Candidates words;
    while (!list.empty()) {
        const auto end = std::min(list.find('|'), list.size());
        words.push_back({std::string{list.substr(0, end)}, ""});
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return words;
}

/// The catalogue that is asked, read while a person waits for a Tab: never made, never waited for.
void with_store(const CommonOptions& options, const std::function<void(store::Store&)>& ask) {
    try {
        CommonOptions impatient = options;
        impatient.busy_timeout = "100ms";
        ask(*open_store_to_read(impatient));
    } catch (const Error&) {
        return;  // a completion has no place for an error
    }
}

Candidates jobs(const CommonOptions& options) {
    Candidates found;
    with_store(options, [&](store::Store& store) {
        store::JobFilter latest;
        latest.limit = k_most_ids;
        store.jobs().jobs(latest, [&](const store::JobRecord& job) {
            found.push_back({std::to_string(job.id),
                             fmt::format("{} {}", to_string(job.state), job.title.value_or(""))});
        });
    });
    return found;
}

Candidates queues(const CommonOptions& options) {
    std::set<std::string> names;
    with_store(options, [&](store::Store& store) {
        for (const auto& count : store.jobs().status().counts)
            names.insert(count.queue);
    });
    Candidates found;
    for (const std::string& name : names)
        found.push_back({name, "queue"});
    return found;
}

Candidates albums(const CommonOptions& options) {
    Candidates found;
    with_store(options, [&](store::Store& store) {
        store::AlbumFilter latest;
        latest.limit = k_most_ids;
        store.catalogue().albums(latest, [&](const store::AlbumRecord& album) {
            found.push_back({std::to_string(album.id), album.album.title.value_or("")});
        });
    });
    return found;
}

/// The words that the check of an option lets through, if it is that kind of check.
std::string words_of_check(CLI::Option& option) {
    try {
        return option.get_validator(0)->get_name();
    } catch (const CLI::OptionNotFound&) {
        return {};
    }
}

/// Values of an option or a positional, by the type that its help shows.
Candidates values_of(CLI::Option& option, const CommonOptions& options) {
    if (const auto words = words_of_check(option); is_words(words)) return split(words);
    const std::string name = option.get_positional() ? option.get_name(true) : "";
    const std::string type = option.get_type_name();
    if (name == "JOB") return jobs(options);
    if (name == "ALBUM" || type == "ID" || type == "ID|MBID") return albums(options);
    if (option.get_name() == "--queue") return queues(options);
    if (type == "FOLDER") return {{":folders", ""}};
    const bool is_file = type == "FILE" || type == "PATH|URI" || type == "SOURCE" ||
                         name == "FILE" || name == "DUMP";
    if (is_file) return {{":files", ""}};
    return {};
}

/// The option of this name that takes a value.
CLI::Option* option_with_value(const std::vector<CLI::App*>& apps, const std::string& name) {
    for (CLI::App* app : apps) {
        auto* option = name.starts_with("-") ? app->get_option_no_throw(name) : nullptr;
        if (option != nullptr && takes_value(*option)) return option;
    }
    return nullptr;
}

std::vector<CLI::App*> commands_of(CLI::App& app) {
    return app.get_subcommands([](CLI::App*) { return true; });
}

/// The command among the words before the last; the value of an option is none.
CLI::App* command_in(CLI::App& app, const Words& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (i > 0 && option_with_value({&app}, words[i - 1]) != nullptr) continue;
        for (CLI::App* command : commands_of(app)) {
            if (command->get_name() == words[i]) return command;
        }
    }
    return nullptr;
}

Candidates option_names(const std::vector<CLI::App*>& apps) {
    Candidates names;
    for (const CLI::App* app : apps) {
        for (const CLI::Option* option : app->get_options()) {
            for (const std::string& name : option->get_lnames())
                names.push_back({"--" + name, option->get_description()});
        }
    }
    return names;
}

Candidates command_names(CLI::App& app) {
    Candidates names;
    for (const CLI::App* command : commands_of(app))
        names.push_back({command->get_name(), command->get_description()});
    return names;
}

Candidates positional_values(CLI::App& app, const CommonOptions& options) {
    for (CLI::Option* option : app.get_options()) {
        if (option->get_positional()) return values_of(*option, options);
    }
    return {};
}

/// Values for "--name=": whole words, for the shell puts them in place of the whole.
Candidates assigned_values(const std::vector<CLI::App*>& apps, const CommonOptions& options,
                           const std::string& name) {
    auto* option = option_with_value(apps, name);
    if (option == nullptr) return {};
    Candidates values = values_of(*option, options);
    for (Candidate& value : values) {
        if (!value.word.starts_with(':')) value.word = name + "=" + value.word;
    }
    return values;
}

Candidates candidates(CLI::App& app, const CommonOptions& options, const Words& words) {
    CLI::App* command = command_in(app, words);
    std::vector<CLI::App*> apps{&app};
    if (command != nullptr) apps.insert(apps.begin(), command);
    const std::string& current = words.back();
    const std::string previous = words.size() > 1 ? words[words.size() - 2] : "";
    if (auto* option = option_with_value(apps, previous)) return values_of(*option, options);
    const auto equals = current.find('=');
    if (current.starts_with("--") && equals != std::string::npos)
        return assigned_values(apps, options, current.substr(0, equals));
    if (current.starts_with("-")) return option_names(apps);
    if (command != nullptr || commands_of(app).empty())
        return positional_values(*apps.front(), options);
    Candidates names = command_names(app);
    if (words.size() == 1) names.push_back({"help", "Tell more of a command"});
    return names;
}

}  // namespace

std::string completions(CLI::App& app, const CommonOptions& options, const Words& words) {
    if (words.empty()) return {};
    std::string text;
    for (const Candidate& one : candidates(app, options, words)) {
        const bool is_for_shell = one.word.starts_with(':');
        if (!is_for_shell && !one.word.starts_with(words.back())) continue;
        text += fmt::format("{}\t{}\n", escape_controls(one.word),
                            escape_controls(shorten(one.what, k_longest_description)));
    }
    return text;
}

}  // namespace pressings::cli
