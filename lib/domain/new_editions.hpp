#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/mbid.hpp"

/// Looking for new editions: what an index lists of many release groups, beside what the catalogue
/// has. An index lags behind, so it decides nothing but which albums are imported anew.
namespace pressings {

/// The releases of a group, as an index lists them.
struct ListedEditions {
    Mbid release_group;
    std::vector<Mbid> releases;
};

/// So many groups are asked for in one request, and are in one job.
inline constexpr std::size_t k_most_watched = 100;

/// How many jobs so many albums take.
constexpr std::size_t jobs_to_watch(std::size_t albums) {
    return (albums + k_most_watched - 1) / k_most_watched;
}

/// The arguments of a job of the kind `new_editions`, and the release groups in them.
std::string watched_arguments(std::span<const Mbid> release_groups);
std::vector<Mbid> watched_groups(const std::string& arguments);

/// How a listing is to be understood; nothing listed: the index could not tell.
enum class EditionsVerdict { same, differs, unsure };
EditionsVerdict compare_editions(const ListedEditions* listed, std::span<const Mbid> known);

/// What stands for a listing in the arguments of the import that it led to. The same listing leads
/// to no other for `k_listing_holds_ms`: an index that lags, or lacks an album, for months costs
/// an import a month, and an edition that it cannot tell of is missed for a month at most.
std::string listing_mark(const ListedEditions* listed);
inline constexpr std::int64_t k_listing_holds_ms = std::int64_t{30} * 24 * 3'600'000;

}  // namespace pressings
