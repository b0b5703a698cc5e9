#include "domain/oddity.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings {

bool is_of_group(const Oddity& oddity) {
    return !oddity.release && oddity.field.starts_with("release-group");
}

std::string described(const Oddity& oddity) {
    std::string text = oddity.release        ? "release " + oddity.release->to_string()
                       : is_of_group(oddity) ? "the release group"
                                             : "a release without a readable MBID";
    text += ": ";
    if (!oddity.field.empty()) text += escape_controls(oddity.field) + " ";
    return text + escape_controls(oddity.problem);
}

std::vector<Mbid> listed_mbids(const std::vector<Release>& releases,
                               const std::vector<Oddity>& oddities) {
    std::vector<Mbid> listed;
    for (const Release& release : releases)
        listed.push_back(release.mbid);
    for (const Oddity& odd : oddities) {
        if (odd.release) listed.push_back(*odd.release);
    }
    return listed;
}

}  // namespace pressings
