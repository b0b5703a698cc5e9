#include "domain/new_editions.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text_list.hpp"

namespace pressings {

namespace {

std::vector<Mbid> sorted(std::span<const Mbid> mbids) {
    std::vector<Mbid> all{mbids.begin(), mbids.end()};
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace

std::string watched_arguments(std::span<const Mbid> release_groups) {
    std::vector<std::string> texts;
    for (const Mbid& group : release_groups)
        texts.push_back(group.to_string());
    return join_list(texts, ',').value_or("");
}

std::vector<Mbid> watched_groups(const std::string& arguments) {
    std::vector<Mbid> groups;
    for (const std::string& text : split_list(arguments, ',')) {
        if (const auto group = Mbid::parse(text)) groups.push_back(*group);
    }
    return groups;
}

EditionsVerdict compare_editions(const ListedEditions* listed, std::span<const Mbid> known) {
    if (listed == nullptr) return EditionsVerdict::unsure;
    return sorted(listed->releases) == sorted(known) ? EditionsVerdict::same
                                                     : EditionsVerdict::differs;
}

std::string listing_mark(const ListedEditions* listed) {
    if (listed == nullptr) return "listed:none";
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const Mbid& release : sorted(listed->releases)) {
        for (const char c : release.to_string())
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return fmt::format("listed:{:016x}", hash);
}

}  // namespace pressings
