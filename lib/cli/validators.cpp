#include "cli/validators.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include <CLI/TypeTools.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "domain/job.hpp"

namespace pressings::cli {

CLI::Validator one_of(std::vector<std::string_view> words) {
    const std::string name = fmt::format("{}", fmt::join(words, "|"));  // for completions
    const auto check = [words = std::move(words)](std::string& text) -> std::string {
        if (std::find(words.begin(), words.end(), text) != words.end()) return {};
        const auto near = closest(text, words);
        return fmt::format("{} is none of {}{}", quote(text), fmt::join(words, ", "),
                           near.empty() ? "" : fmt::format("; did you mean {}?", near));
    };
    return CLI::Validator{check, "", name};
}

CLI::Validator integer_between(std::int64_t least, std::int64_t most) {
    const auto check = [least, most](std::string& text) -> std::string {
        std::int64_t value = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        // CLI11 itself takes 010 for eight.
        const bool is_plain = result.ec == std::errc{} && std::to_string(value) == text;
        if (is_plain && value >= least && value <= most) return {};
        const bool is_open = most == std::numeric_limits<std::int64_t>::max();
        return fmt::format("{} is not a whole number from {}{}", quote(text), least,
                           is_open ? "" : fmt::format(" to {}", most));
    };
    return CLI::Validator{check, ""};
}

CLI::Validator number_between(double least, double most) {
    const auto check = [least, most](std::string& text) -> std::string {
        double value = 0;
        if (CLI::detail::lexical_cast(text, value) && value >= least && value <= most) return {};
        return fmt::format("{} is not a number from {} to {}", quote(text), least, most);
    };
    return CLI::Validator{check, ""};
}

CLI::Validator duration() {
    const auto check = [](std::string& text) -> std::string {
        if (parse_duration(text)) return {};
        return fmt::format("{} is not a duration; write it like 500ms, 30s, 5m, 12h or 30d",
                           quote(text));
    };
    return CLI::Validator{check, ""};
}

CLI::Validator duration_from(std::string_view least) {
    const auto check = [least](const std::string& text) -> std::string {
        const auto value = parse_duration(text);
        if (!value || *value >= *parse_duration(least)) return {};
        return fmt::format("{} is too short; {} is the least", quote(text), least);
    };
    return duration() & without_fault(check);
}

CLI::Validator without_fault(std::function<std::string(const std::string&)> fault) {
    return CLI::Validator{[fault = std::move(fault)](std::string& text) { return fault(text); },
                          ""};
}

CLI::Validator queue_name() {
    const auto check = [](std::string& text) -> std::string {
        if (is_queue_name(text)) return {};
        return fmt::format("{} is no name of a queue; use up to 64 letters, digits and _.:-",
                           quote(text));
    };
    return CLI::Validator{check, ""};
}

}  // namespace pressings::cli
