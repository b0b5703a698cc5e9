#include "support/multiplied_releases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>

#include <nlohmann/json.hpp>

#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"

namespace pressings::test {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_most_releases = 300;
constexpr std::size_t k_groups_of_an_artist = 20;
constexpr std::size_t k_mbid_length = 36;

/// What a fresh MBID depends on beside the one it stands for.
enum class Role : std::uint64_t { release, group, artist };

std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31U);
}

void append_mbid(std::string& text, std::uint64_t key) {
    constexpr std::string_view k_digits = "0123456789abcdef";
    std::array<std::uint64_t, 2> halves{mixed(key), mixed(key ^ 0x5555555555555555U)};
    for (int digit = 0; digit < 32; ++digit) {
        if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text += '-';
        auto& half = halves.at(digit < 16 ? 0 : 1);
        text += digit == 12 ? '4' : digit == 16 ? '8' : k_digits[half & 15U];
        half >>= 4U;
    }
}

/// A document with its MBIDs cut out.
struct Pattern {
    struct Slot {
        Role role = Role::release;
        std::uint64_t original = 0;
    };
    std::vector<std::string> texts;  ///< one more than there are slots
    std::vector<Slot> slots;

    std::size_t size() const {
        return std::accumulate(texts.begin(), texts.end(), slots.size() * k_mbid_length,
                               [](std::size_t sum, const auto& text) { return sum + text.size(); });
    }
};

/// Puts a mark of its own in place of each MBID that is to be fresh.
class Marker {
  public:
    void release(Json& release) {
        mark(release, Role::release);
        credits(release);
        for (Json& medium : release["media"]) {
            if (medium.contains("id")) mark(medium, Role::release);
            for (const char* key : {"tracks", "data-tracks"}) {
                if (!medium.contains(key)) continue;
                for (Json& one : medium[key])
                    track(one);
            }
            if (medium.contains("pregap")) track(medium["pregap"]);
        }
        group(release["release-group"]);
    }

    void group(Json& group) {
        mark(group, Role::group);
        credits(group);
    }

    Pattern cut(const Json& document) const {
        Pattern pattern;
        const std::string text = document.dump();
        std::size_t at = 0;
        while (true) {
            const auto found = text.find(k_mark, at);
            pattern.texts.push_back(text.substr(at, found - at));
            if (found == std::string::npos) return pattern;
            pattern.slots.push_back(
                m_slots[std::stoul(text.substr(found + k_mark.size(), k_mark_digits))]);
            at = found + k_mark.size() + k_mark_digits;
        }
    }

  private:
    static constexpr std::string_view k_mark = "@MBID@";
    static constexpr std::size_t k_mark_digits = 6;

    void mark(Json& object, Role role) {
        const auto original = std::hash<std::string>{}(object["id"].get<std::string>());
        std::string number = std::to_string(m_slots.size());
        object["id"] =
            std::string{k_mark} + std::string(k_mark_digits - number.size(), '0') + number;
        m_slots.push_back({role, original});
    }

    void credits(Json& object) {
        if (!object.contains("artist-credit")) return;
        for (Json& credit : object["artist-credit"])
            mark(credit["artist"], Role::artist);
    }

    void track(Json& track) {
        if (track.contains("id")) mark(track, Role::release);
        credits(track);
        if (!track.contains("recording")) return;
        mark(track["recording"], Role::group);
        credits(track["recording"]);
    }

    std::vector<Pattern::Slot> m_slots;
};

/// A genuine group with its releases.
struct Family {
    Pattern group;
    std::vector<Pattern> releases;
};

std::vector<Family> families() {
    std::map<std::string, Family> found;
    for (const std::string& text : genuine_releases()) {
        Json release = Json::parse(text);
        const bool is_full = release.contains("media") && release.contains("artist-credit") &&
                             release["release-group"].contains("artist-credit");
        if (!is_full) continue;
        Json group = release["release-group"];
        Family& family = found[group["id"]];
        Marker of_group;
        of_group.group(group);
        family.group = of_group.cut(group);
        Marker of_release;
        of_release.release(release);
        family.releases.push_back(of_release.cut(release));
    }
    std::vector<Family> all;
    for (auto& [mbid, family] : found)
        all.push_back(std::move(family));
    return all;
}

}  // namespace

struct MultipliedReleases::State {
    std::uint64_t seed = 0;
    std::vector<Family> families = test::families();
    std::vector<std::size_t> first_release;  ///< of each group, and behind the last
    std::size_t total = 0;

    std::uint64_t random(std::uint64_t what, std::uint64_t number) const {
        return mixed(mixed(seed + what * 0x1000193U) ^ number);
    }

    /// Half of the groups have one release, one in ten thousand has a hundred.
    std::size_t draw_size(std::size_t group) const {
        const double share =
            (static_cast<double>(random(1, group) >> 11U) + 1) / static_cast<double>(1ULL << 53U);
        return std::min(k_most_releases, static_cast<std::size_t>(1 / std::sqrt(share)));
    }

    const Family& family(std::size_t group) const {
        return families[random(2, group) % families.size()];
    }
    const Pattern& pattern(std::size_t group, std::size_t release) const {
        const auto& patterns = family(group).releases;
        return patterns[random(3, release) % patterns.size()];
    }

    std::uint64_t key(Pattern::Slot slot, std::size_t group, std::size_t release) const {
        switch (slot.role) {
            case Role::release:
                return random(4, release) ^ mixed(slot.original);
            case Role::group:
                return random(5, group) ^ mixed(slot.original);
            case Role::artist:
                return random(6, group / k_groups_of_an_artist) ^ mixed(slot.original);
        }
        return 0;
    }

    void write(const Pattern& pattern, std::size_t group, std::size_t release,
               std::string& text) const {
        text.clear();
        for (std::size_t i = 0; i < pattern.slots.size(); ++i) {
            text += pattern.texts[i];
            append_mbid(text, key(pattern.slots[i], group, release));
        }
        text += pattern.texts.back();
    }

    std::size_t group_of(std::size_t release) const {
        const auto found = std::upper_bound(first_release.begin(), first_release.end(), release);
        return static_cast<std::size_t>(found - first_release.begin()) - 1;
    }
};

MultipliedReleases::MultipliedReleases(std::size_t releases, std::uint64_t seed)
    : m_state(std::make_unique<State>()) {
    m_state->seed = seed;
    while (m_state->total < releases) {
        m_state->first_release.push_back(m_state->total);
        m_state->total +=
            std::min(m_state->draw_size(m_state->first_release.size()), releases - m_state->total);
    }
    m_state->first_release.push_back(m_state->total);
}

MultipliedReleases::~MultipliedReleases() = default;

std::size_t MultipliedReleases::size() const {
    return m_state->total;
}

std::size_t MultipliedReleases::groups() const {
    return m_state->first_release.size() - 1;
}

std::size_t MultipliedReleases::releases_of(std::size_t group) const {
    return m_state->first_release[group + 1] - m_state->first_release[group];
}

std::string MultipliedReleases::group_mbid(std::size_t group) const {
    const auto& slots = m_state->family(group).group.slots;
    const auto own = std::find_if(slots.begin(), slots.end(),
                                  [](const auto& slot) { return slot.role == Role::group; });
    std::string text;
    append_mbid(text, m_state->key(*own, group, 0));
    return text;
}

void MultipliedReleases::each_release(
    const std::function<void(std::string_view json)>& visit) const {
    std::size_t stride = 7'919;  // a prime; with one that divides the total some would never come
    while (std::gcd(stride, size()) != 1)
        ++stride;
    std::string text;
    for (std::size_t i = 0, release = 0; i < size(); ++i, release = (release + stride) % size()) {
        const std::size_t group = m_state->group_of(release);
        m_state->write(m_state->pattern(group, release), group, release, text);
        visit(text);
    }
}

void MultipliedReleases::each_group(const std::function<void(std::string_view json)>& visit) const {
    std::string text;
    for (std::size_t group = 0; group < groups(); ++group) {
        m_state->write(m_state->family(group).group, group, 0, text);
        visit(text);
    }
}

std::uint64_t MultipliedReleases::bytes_of(std::size_t group) const {
    std::uint64_t bytes = 0;
    const std::size_t end = m_state->first_release[group + 1];
    for (std::size_t release = m_state->first_release[group]; release < end; ++release)
        bytes += m_state->pattern(group, release).size();
    return bytes;
}

std::uint64_t MultipliedReleases::release_bytes() const {
    std::uint64_t bytes = size() - 1;
    for (std::size_t group = 0; group < groups(); ++group)
        bytes += bytes_of(group);
    return bytes;
}

namespace {

std::size_t largest_group(const MultipliedReleases& releases) {
    std::size_t largest = 0;
    for (std::size_t group = 1; group < releases.groups(); ++group) {
        if (releases.bytes_of(group) > releases.bytes_of(largest)) largest = group;
    }
    return largest;
}

}  // namespace

void write_dump_folder(const std::string& folder, const MultipliedReleases& releases) {
    DumpForm form;
    form.data_bytes = releases.release_bytes();
    DumpFile of_releases{folder + "/release.tar.xz", form};
    releases.each_release([&](std::string_view json) { of_releases.add(json); });
    of_releases.finish();
    DumpForm form_of_groups;
    form_of_groups.kind = "release-group";
    DumpFile of_groups{folder + "/release-group.tar.xz", form_of_groups};
    releases.each_group([&](std::string_view json) { of_groups.add(json); });
    of_groups.finish();
    write_sums(folder + "/release.tar.xz");
    std::ofstream albums{folder + "/albums.mbid"};
    const std::size_t largest = largest_group(releases);
    albums << releases.group_mbid(largest) << '\n';
    for (std::size_t group = 0; group < releases.groups(); ++group) {
        if (group != largest) albums << releases.group_mbid(group) << '\n';
    }
}

}  // namespace pressings::test
