#include "domain/identifier.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/name_words.hpp"
#include "base/text.hpp"
#include "domain/identifier_forms.hpp"

namespace pressings {

namespace {

constexpr std::array<std::string_view, 5> k_names{"discogs_master", "discogs_release", "disc_id",
                                                  "barcode", "catno"};
constexpr std::size_t k_longest_catno = 200;

bool is_letter_or_figure(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 128;
}

/// As MusicBrainz's index compares them: without case, blanks and separators
/// (github.com/metabrainz/mbsssss common/fieldtypes.xml, strip_spaces_and_separators).
std::string comparable_catno(std::string_view catno) {
    std::string folded = fold(catno);
    std::erase_if(folded, [](char c) { return !is_letter_or_figure(c); });
    return folded;
}

std::string without_leading_zeros(std::string_view digits) {
    return std::string{digits.substr(std::min(digits.find_first_not_of('0'), digits.size()))};
}

ReadIdentifier read_catno(std::string_view text) {
    const auto catno = trim(text);
    if (catno.size() > k_longest_catno) {
        return BadIdentifier{fmt::format("{} is longer than any catalogue number", quote(catno))};
    }
    if (comparable_catno(catno).empty()) {
        return BadIdentifier{
            fmt::format("{} is no catalogue number: there is no letter and no "
                        "figure in it",
                        quote(catno))};
    }
    if (is_no_catno(catno)) {
        return BadIdentifier{
            fmt::format("{} says that there is no catalogue number; leave it out", quote(catno))};
    }
    return Identifier{IdentifierKind::catno, std::string{catno}};
}

std::set<std::string> words_in(std::string_view label) {
    auto words = words_of(label).readings[0];
    return {words.begin(), words.end()};
}

bool has_disc(const Medium& medium, const std::string& id) {
    return medium.discs && std::any_of(medium.discs->begin(), medium.discs->end(),
                                       [&](const Disc& disc) { return disc.id == id; });
}

bool has_discogs_url(const Release& release, const Identifier& identifier) {
    return release.urls &&
           std::any_of(release.urls->begin(), release.urls->end(), [&](const ReleaseUrl& url) {
               return read_discogs_reference(url.url) == identifier;
           });
}

}  // namespace

std::string_view to_string(IdentifierKind kind) {
    return k_names[static_cast<std::size_t>(kind)];
}

std::optional<IdentifierKind> parse_identifier_kind(std::string_view name) {
    const auto found = std::find(k_names.begin(), k_names.end(), name);
    if (found == k_names.end()) return std::nullopt;
    return static_cast<IdentifierKind>(found - k_names.begin());
}

ReadIdentifier read_identifier(IdentifierKind kind, std::string_view text) {
    switch (kind) {
        case IdentifierKind::discogs_master:
        case IdentifierKind::discogs_release:
            return read_discogs_id(kind, text);
        case IdentifierKind::disc_id:
            return read_disc_id(text);
        case IdentifierKind::barcode:
            return read_barcode(text);
        case IdentifierKind::catno:
            return read_catno(text);
    }
    return BadIdentifier{};
}

bool is_no_catno(std::string_view text) {
    constexpr std::array<std::string_view, 8> k_ways{
        "none", "nocatalognumber", "nocataloguenumber", "nocatno", "nonumber", "unknown",
        "null", "notonlabel"};
    const std::string catno = comparable_catno(text);
    const bool is_not_applicable = catno == "na" && text.find_first_of("/.") != text.npos;
    return is_not_applicable || std::find(k_ways.begin(), k_ways.end(), catno) != k_ways.end();
}

std::string comparable(const Identifier& identifier) {
    switch (identifier.kind) {
        case IdentifierKind::barcode:
            return without_leading_zeros(identifier.value);
        case IdentifierKind::catno:
            return comparable_catno(identifier.value);
        case IdentifierKind::discogs_master:
        case IdentifierKind::discogs_release:
        case IdentifierKind::disc_id:
            return identifier.value;
    }
    return identifier.value;
}

bool is_same_label(std::string_view a, std::string_view b) {
    if (fold(a) == fold(b)) return true;
    const auto words_a = words_in(a);
    const auto words_b = words_in(b);
    const bool some = !words_a.empty() && !words_b.empty();
    return some && (std::includes(words_a.begin(), words_a.end(), words_b.begin(), words_b.end()) ||
                    std::includes(words_b.begin(), words_b.end(), words_a.begin(), words_a.end()));
}

bool bears(const std::vector<LabelInfo>& label_info, const Identifier& catno) {
    const std::string wanted = comparable(catno);
    const auto is_of_label = [&](const LabelInfo& info) {
        return catno.labels.empty() ||
               (info.label && std::any_of(catno.labels.begin(), catno.labels.end(),
                                          [&](const std::string& label) {
                                              return is_same_label(label, info.label->name);
                                          }));
    };
    const bool has_number =
        std::any_of(label_info.begin(), label_info.end(), [&](const LabelInfo& info) {
            return info.catalog_number && comparable_catno(*info.catalog_number) == wanted;
        });
    return has_number && std::any_of(label_info.begin(), label_info.end(), is_of_label);
}

bool bears(const Release& release, const Identifier& identifier) {
    switch (identifier.kind) {
        case IdentifierKind::discogs_master:
            return false;
        case IdentifierKind::discogs_release:
            return has_discogs_url(release, identifier);
        case IdentifierKind::disc_id:
            return std::any_of(
                release.media.begin(), release.media.end(),
                [&](const Medium& medium) { return has_disc(medium, identifier.value); });
        case IdentifierKind::barcode:
            return release.barcode &&
                   without_leading_zeros(*release.barcode) == comparable(identifier);
        case IdentifierKind::catno:
            return bears(release.label_info, {identifier.kind, identifier.value});
    }
    return false;
}

std::string described(const Identifier& identifier) {
    switch (identifier.kind) {
        case IdentifierKind::discogs_master:
            return "Discogs master " + identifier.value;
        case IdentifierKind::discogs_release:
            return "Discogs release " + identifier.value;
        case IdentifierKind::disc_id:
            return "disc id " + identifier.value;
        case IdentifierKind::barcode:
            return "barcode " + identifier.value;
        case IdentifierKind::catno:
            break;
    }
    std::vector<std::string> labels;
    for (const std::string& label : identifier.labels)
        labels.push_back(quote(label));
    return fmt::format("catalogue number {}{}", quote(identifier.value),
                       labels.empty() ? "" : fmt::format(" ({})", fmt::join(labels, ", ")));
}

}  // namespace pressings
