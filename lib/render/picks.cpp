#include "render/picks.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/json_values.hpp"
#include "cli/wrap.hpp"
#include "render/catalogue_json.hpp"
#include "render/release_text.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;

ordered_json reasons_json(const PickedEdition& picked) {
    ordered_json reasons = ordered_json::array();
    for (const WishOutcome& outcome : picked.outcomes) {
        reasons.push_back({{"key", to_string(outcome.wish.key)},
                           {"wanted", outcome.wish.values},
                           {"value", cli::or_null(outcome.has)},
                           {"met", outcome.is_met}});
    }
    return reasons;
}

/// What decided against the next best; an MBID where nothing else did.
ordered_json decision_json(const PickedRelease& pick) {
    const PickedEdition& picked = *pick.choice.picked;
    if (!picked.decision) return nullptr;
    const Decision& decision = *picked.decision;
    return {{"key", decision.key ? to_string(*decision.key) : "mbid"},
            {"value", cli::or_null(decision.has)},
            {"next_value", cli::or_null(decision.next_has)},
            {"next_mbid", pick.editions[decision.next].release.mbid.to_string()}};
}

std::string album_name(const Album& album) {
    const std::string artist = credit_text(album.artist_credit);
    const std::string title = album.title.value_or("(title not known yet)");
    return artist.empty() ? title : artist + " - " + title;
}

/// "2007-12-31 GB CD XL Recordings XLCD 324", then the MBID.
std::string edition_line(const Release& release) {
    std::vector<std::string> parts;
    for (const std::string& part :
         {date_text(release.date), release.country.value_or(""), media_text(release),
          label_names(release), catalogue_numbers(release)}) {
        if (!part.empty()) parts.push_back(part);
    }
    parts.push_back(release.mbid.to_string());
    return fmt::format("{}", fmt::join(parts, " "));
}

std::string outcome_text(const WishOutcome& outcome) {
    const std::string_view key = to_string(outcome.wish.key);
    const std::string wanted = fmt::format("{}", fmt::join(outcome.wish.values, ","));
    const std::string has = outcome.has.value_or("not known");
    const bool is_order =
        outcome.wish.key == EditionKey::date || outcome.wish.key == EditionKey::tracks;
    if (outcome.is_met && is_order) return fmt::format("{} {} ({})", wanted, key, has);
    if (outcome.is_met) return fmt::format("{} {}", key, has);
    return is_order ? fmt::format("not the {} {} ({})", wanted, key, has)
                    : fmt::format("{} not {} ({})", key, wanted, has);
}

std::string reason_line(const PickedRelease& pick) {
    const PickedEdition& picked = *pick.choice.picked;
    if (!picked.decision) return "the only candidate";
    std::vector<std::string> parts;
    for (const WishOutcome& outcome : picked.outcomes)
        parts.push_back(outcome_text(outcome));
    const Decision& decision = *picked.decision;
    const std::string next = pick.editions[decision.next].release.mbid.to_string();
    if (decision.key) {
        parts.push_back(fmt::format("before {} by {} ({} against {})", next,
                                    to_string(*decision.key), decision.has.value_or("not known"),
                                    decision.next_has.value_or("not known")));
    } else {
        parts.push_back(fmt::format("before {} by nothing but the MBID", next));
    }
    return fmt::format("best of {}: {}", pick.choice.candidates, fmt::join(parts, "; "));
}

std::string without_edition(std::size_t editions) {
    if (editions == 0) return "no edition is known";
    return editions == 1 ? "its only edition is excluded"
                         : fmt::format("all {} editions are excluded", editions);
}

}  // namespace

ordered_json pick_json(const PickedRelease& pick) {
    const auto& picked = pick.choice.picked;
    return {
        {"album", album_json(pick.album)},
        {"release", picked ? release_json(pick.editions[picked->place]) : ordered_json(nullptr)},
        {"candidates", pick.choice.candidates},
        {"excluded", pick.editions.size() - pick.choice.candidates},
        {"reasons", picked ? reasons_json(*picked) : ordered_json::array()},
        {"decided_by", picked ? decision_json(pick) : ordered_json(nullptr)}};
}

void print_pick(const PickedRelease& pick, const cli::Screen& screen, cli::Output& output) {
    constexpr std::size_t k_indent = 4;
    const auto write = [&](const std::string& text) {
        cli::write_wrapped(output, screen, escape_controls(text), k_indent);
    };
    const std::string name = album_name(pick.album.album);
    if (!pick.choice.picked) {
        write(name + ": none");
        write("    " + without_edition(pick.editions.size()));
        return;
    }
    write(name + ": " + edition_line(pick.editions[pick.choice.picked->place].release));
    write("    " + reason_line(pick));
}

}  // namespace pressings::render
