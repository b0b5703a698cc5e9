#include "domain/job.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "domain/new_editions.hpp"
#include "domain/watch.hpp"

namespace pressings {

namespace {

constexpr std::string_view k_asked = "; asked: ";

constexpr std::array<std::string_view, 6> k_states{"pending", "running",   "done",
                                                   "failed",  "cancelled", "superseded"};
constexpr std::array<std::string_view, 6> k_kinds{"releases",   "discography", "new_editions",
                                                  "collection", "series",      "watch"};
constexpr std::array<std::string_view, 9> k_outcome_names{"running", "done",     "retrying",
                                                          "failed",  "released", "crashed",
                                                          "killed",  "expired",  "cancelled"};

template <typename Enum, std::size_t Size>
std::optional<Enum> find_name(const std::array<std::string_view, Size>& names,
                              std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

std::string subject_text(const ClaimedJob& job) {
    return job.subject ? job.subject->to_string() : "?";
}

}  // namespace

bool is_queue_name(std::string_view name) {
    constexpr std::size_t k_longest = 64;
    return !name.empty() && name.size() <= k_longest &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '.' || c == ':' || c == '-';
           });
}

std::string_view to_string(JobState state) {
    return k_states[static_cast<std::size_t>(state)];
}

std::optional<JobState> parse_job_state(std::string_view name) {
    return find_name<JobState>(k_states, name);
}

std::string_view to_string(JobKind kind) {
    return k_kinds[static_cast<std::size_t>(kind)];
}

std::optional<JobKind> parse_job_kind(std::string_view name) {
    return find_name<JobKind>(k_kinds, name);
}

std::string_view to_string(Outcome outcome) {
    return k_outcome_names[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> parse_outcome(std::string_view name) {
    return find_name<Outcome>(k_outcome_names, name);
}

const std::string& known_job_kinds() {
    static const std::string names = fmt::format(",{},", fmt::join(k_kinds, ","));
    return names;
}

std::string described(const ClaimedJob& job) {
    switch (job.kind) {
        case JobKind::releases: {
            std::string name = fmt::format("album {}", job.album_id.value_or(0));
            if (job.album.title) {
                name += " (" + *job.album.title + ")";
            } else if (!job.identifiers.empty()) {
                name += " (" + described(job.identifiers.front()) + ")";
            }
            return name;
        }
        case JobKind::discography:
            return "discography of artist " + subject_text(job);
        case JobKind::collection:
            return "collection " + subject_text(job);
        case JobKind::series:
            return "series " + subject_text(job);
        case JobKind::new_editions:
            return fmt::format("new editions of {} albums", watched_groups(job.arguments).size());
        case JobKind::watch: {
            const auto entity = parse_watch_look(job.arguments).entity;
            return fmt::format("watch of {} {}", entity ? to_string(*entity) : "",
                               subject_text(job));
        }
    }
    return {};
}

std::string with_address(std::string_view what, std::string_view address) {
    return std::string{what} + std::string{k_asked} + std::string{address};
}

std::string in_one_line(const JobError& error) {
    return error.code + ": " + error.message.substr(0, error.message.find(k_asked));
}

}  // namespace pressings
