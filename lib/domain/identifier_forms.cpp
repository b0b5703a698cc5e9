#include "domain/identifier_forms.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/spelling.hpp"
#include "base/text.hpp"

namespace pressings {

namespace {

bool is_figure(char c) {
    return c >= '0' && c <= '9';
}

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_figure);
}

BadIdentifier bad(std::string_view text, const std::string& why) {
    return {fmt::format("{} {}", quote(text), why)};
}

/// The last figure of a barcode by the others, whatever its length
/// (https://ref.gs1.org/standards/genspecs/, 7.9).
char check_digit(std::string_view others) {
    int sum = 0;
    int weight = 3;
    for (auto figure = others.rbegin(); figure != others.rend(); ++figure) {
        sum += weight * (*figure - '0');
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_right(std::string_view barcode) {
    return barcode.back() == check_digit(barcode.substr(0, barcode.size() - 1));
}

/// Without the blanks and hyphens that are printed between its figures, whatever their width.
std::string figures_of(std::string_view text) {
    std::string figures = plain_letters(text);
    std::erase_if(figures, [](char c) { return c == ' ' || c == '\t' || c == '-'; });
    return figures;
}

/// "7.24383E+11", "7,24E+11", "7E+11", "724382975229.0"
bool is_of_spreadsheet(std::string_view text) {
    const bool has_point = text.find_first_of(".,eE") != std::string_view::npos;
    return has_point && !text.empty() && is_figure(text.front()) &&
           text.find_first_not_of("0123456789.,eE+") == std::string_view::npos;
}

/// Without what keeps a spreadsheet from making a number of it: 'TEXT and ="TEXT".
std::string_view without_text_mark(std::string_view text) {
    if (text.starts_with('\'')) return text.substr(1);
    if (text.size() > 3 && text.starts_with("=\"") && text.ends_with('"')) {
        return text.substr(2, text.size() - 3);
    }
    return text;
}

constexpr std::string_view k_lengths =
    "a barcode has 13 figures (EAN), 12 (UPC) or 8 (EAN-8), its check digit included";

BadIdentifier wrong_length(std::string_view text, const std::string& figures) {
    for (const std::size_t length : {std::size_t{12}, std::size_t{13}}) {
        const bool is_near = figures.size() < length && figures.size() + 3 >= length;
        if (!is_near || !is_right(figures)) continue;
        const std::string whole = std::string(length - figures.size(), '0') + figures;
        return bad(text, fmt::format("has {} figures; {}; if a spreadsheet took the zeros in front "
                                     "away, it is {}",
                                     figures.size(), k_lengths, whole));
    }
    return bad(text, fmt::format("has {} figures; {}", figures.size(), k_lengths));
}

/// SHA-1 in MusicBrainz's Base64: of the last letter four bits are used, so not any may stand there
/// (https://musicbrainz.org/doc/Disc_ID_Calculation).
constexpr std::string_view k_last_letters = "AEIMQUYcgkosw048";

bool is_disc_id_sign(char c) {
    return is_figure(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '_' || c == '-';
}

/// Of the page of a disc at MusicBrainz: "https://musicbrainz.org/cdtoc/XzPS7vW…" has it at its
/// end.
std::string_view without_address(std::string_view text) {
    constexpr std::string_view k_page = "musicbrainz.org/cdtoc/";
    const auto at = text.find(k_page);
    if (at == std::string_view::npos) return text;
    text.remove_prefix(at + k_page.size());
    return text.substr(0, text.find_first_of("/?#"));
}

std::string_view kind_letter(IdentifierKind kind) {
    return kind == IdentifierKind::discogs_master ? "m" : "r";
}

std::string without_leading_zeros(std::string_view number) {
    return std::string{number.substr(std::min(number.find_first_not_of('0'), number.size()))};
}

/// A number that may be an id: twelve figures at most, not nothing.
std::optional<std::string> read_id(std::string_view text) {
    constexpr std::size_t k_most_figures = 12;
    if (!is_number(text)) return std::nullopt;
    std::string id = without_leading_zeros(text);
    if (id.empty() || id.size() > k_most_figures) return std::nullopt;
    return id;
}

/// What is behind "/release/" or "/master/" in a URL of discogs.com: "249504-Rick-Astley",
/// "view/10362"; of its API behind "/releases/" or "/masters/".
std::optional<std::string> id_in_path(std::string_view path, std::string_view entity) {
    const auto at = path.find(entity);
    if (at == std::string_view::npos) return std::nullopt;
    path.remove_prefix(at + entity.size());
    if (path.starts_with("view/")) path.remove_prefix(5);
    const auto end = std::find_if_not(path.begin(), path.end(), is_figure);
    const auto length = static_cast<std::size_t>(end - path.begin());
    if (length < path.size() && std::string_view{"/-?#"}.find(path[length]) == std::string::npos) {
        return std::nullopt;
    }
    return read_id(path.substr(0, length));
}

std::optional<std::string> id_in_mark(std::string_view text, std::string_view letter) {
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    if (text.empty() || ascii_lower(text.substr(0, 1)) != letter) return std::nullopt;
    return read_id(text.substr(text.starts_with("r=") || text.starts_with("m=") ? 2 : 1));
}

/// The path of a URL of discogs.com; nothing if it is none.
std::optional<std::string_view> discogs_path(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (ascii_lower(text.substr(0, scheme.size())) != scheme) continue;
        text.remove_prefix(scheme.size());
        break;
    }
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string host = ascii_lower(text.substr(0, slash));
    if (host != "discogs.com" && !host.ends_with(".discogs.com")) return std::nullopt;
    return text.substr(slash, text.find_first_of("?#", slash) - slash);
}

}  // namespace

ReadIdentifier read_barcode(std::string_view text) {
    constexpr std::size_t k_gtin = 14;  // as shops write any of them, with zeros in front
    const auto told = trim(text);
    std::string figures = figures_of(without_text_mark(told));
    if (is_number(figures) && figures.size() == k_gtin && figures[0] == '0') figures.erase(0, 1);
    if (!is_number(figures)) {
        if (is_of_spreadsheet(figures)) {
            return bad(told,
                       "is a barcode that a spreadsheet made a number of, and lost figures; "
                       "make its column text and enter it again");
        }
        return bad(told, fmt::format("is no barcode: {}", k_lengths));
    }
    if (figures.find_first_not_of('0') == std::string::npos) {
        return bad(told, "is no barcode: it has nothing but zeros");
    }
    if (figures.size() != 8 && figures.size() != 12 && figures.size() != 13) {
        return wrong_length(told, figures);
    }
    if (!is_right(figures)) {
        const std::string_view others{figures.data(), figures.size() - 1};
        return bad(told, fmt::format("is no barcode: by the other figures the last one, its check "
                                     "digit, would be {}; a figure is wrong, or two changed places",
                                     check_digit(others)));
    }
    return Identifier{IdentifierKind::barcode, figures};
}

ReadIdentifier read_disc_id(std::string_view text) {
    constexpr std::size_t k_length = 28;
    const auto id = without_address(trim(text));
    if (id.size() == 8 &&
        id.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos) {
        return bad(id,
                   "is a FreeDB id, which several discs may have; MusicBrainz's disc id has 28 "
                   "signs");
    }
    const bool is_formed = id.size() == k_length && id.back() == '-' &&
                           std::all_of(id.begin(), id.end(), is_disc_id_sign);
    if (!is_formed) {
        return bad(id,
                   "is no disc id: that has 28 letters, figures, dots, underlines and hyphens, "
                   "a hyphen last, as XzPS7vW.HPHsYemQh0HBUGr8vuU-");
    }
    if (k_last_letters.find(id[k_length - 2]) == std::string_view::npos) {
        return bad(id, "is no disc id: none ends so; a sign of it is wrong");
    }
    return Identifier{IdentifierKind::disc_id, std::string{id}};
}

ReadIdentifier read_discogs_id(IdentifierKind kind, std::string_view text) {
    const auto told = trim(text);
    if (auto id = read_id(told)) return Identifier{kind, *id};
    const auto named = read_discogs_reference(told);
    if (named && named->kind == kind) return *named;
    const bool is_master = kind == IdentifierKind::discogs_master;
    if (named) {
        return bad(told,
                   fmt::format("is a {} at Discogs, and no {}", is_master ? "release" : "master",
                               is_master ? "master" : "release"));
    }
    if (is_of_spreadsheet(told)) {
        return bad(told,
                   "is an id of Discogs' that a spreadsheet made another number of; make its "
                   "column text and enter it again");
    }
    return bad(told, fmt::format("is no Discogs {}: give its number, or a URL such as "
                                 "https://www.discogs.com/{}",
                                 is_master ? "master" : "release",
                                 is_master ? "master/10362" : "release/249504"));
}

std::optional<Identifier> read_discogs_reference(std::string_view text) {
    const auto told = trim(text);
    const auto path = discogs_path(told);
    for (const auto kind : {IdentifierKind::discogs_release, IdentifierKind::discogs_master}) {
        const std::string entity = kind == IdentifierKind::discogs_master ? "/master" : "/release";
        auto id = path ? id_in_path(*path, entity + '/') : id_in_mark(told, kind_letter(kind));
        if (path && !id) id = id_in_path(*path, entity + "s/");
        if (id) return Identifier{kind, *id};
    }
    return std::nullopt;
}

}  // namespace pressings
