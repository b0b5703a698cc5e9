#include "intake/columns.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "intake/told_identifiers.hpp"

namespace pressings::intake {

namespace {

using Put = void (*)(ToldAlbum&, const std::string&);

template <std::optional<std::string> ToldAlbum::*Field>
void put(ToldAlbum& told, const std::string& field) {
    told.*Field = field;
}

template <std::vector<std::string> ToldAlbum::*List>
void put_one(ToldAlbum& told, const std::string& field) {
    told.*List = {field};
}

void put_discogs_catnos(ToldAlbum& told, const std::string& field) {
    told.catnos = discogs_catnos(field);
}

void put_discogs_labels(ToldAlbum& told, const std::string& field) {
    told.labels = discogs_labels(field);
}

void put_discogs_artist(ToldAlbum& told, const std::string& field) {
    told.artist = without_discogs_numbers(field);
}

void put_types(ToldAlbum& told, const std::string& field) {
    std::string_view list = field;
    while (!list.empty()) {
        const auto end = std::min(list.find_first_of(";|"), list.size());
        const auto type = trim(list.substr(0, end));
        if (!type.empty()) told.secondary_types.emplace_back(type);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

struct Meaning {
    std::string_view column;
    Put put = nullptr;
};

constexpr Meaning k_columns[] = {{"mbid", put<&ToldAlbum::mbid>},
                                 {"artist", put<&ToldAlbum::artist>},
                                 {"title", put<&ToldAlbum::title>},
                                 {"year", put<&ToldAlbum::year>},
                                 {"first_release_date", put<&ToldAlbum::first_release_date>},
                                 {"primary_type", put<&ToldAlbum::primary_type>},
                                 {"secondary_types", put_types},
                                 {"disambiguation", put<&ToldAlbum::disambiguation>},
                                 {"barcode", put<&ToldAlbum::barcode>},
                                 {"catno", put_one<&ToldAlbum::catnos>},
                                 {"label", put_one<&ToldAlbum::labels>},
                                 {"disc_id", put<&ToldAlbum::disc_id>},
                                 {"discogs_release", put<&ToldAlbum::discogs_release>},
                                 {"discogs_master", put<&ToldAlbum::discogs_master>},
                                 {"queue", put<&ToldAlbum::queue>},
                                 {"priority", put<&ToldAlbum::priority>}};

/// Of https://www.discogs.com/users/export, as of 2026: of a collection, a wantlist ("catalog#") or
/// what one sells ("catno"). "Released" is the year of the edition, and says little of the album's.
constexpr Meaning k_discogs_columns[] = {
    {"catalog#", put_discogs_catnos}, {"catno", put_discogs_catnos},
    {"artist", put_discogs_artist},   {"title", put<&ToldAlbum::title>},
    {"label", put_discogs_labels},    {"release_id", put<&ToldAlbum::discogs_release>}};

template <typename Meanings>
Put meaning_of(const Meanings& meanings, std::string_view name) {
    const auto found = std::find_if(std::begin(meanings), std::end(meanings),
                                    [&](const Meaning& known) { return known.column == name; });
    return found == std::end(meanings) ? nullptr : found->put;
}

constexpr std::string_view k_identifying[] = {"mbid",    "barcode",         "catno",
                                              "disc_id", "discogs_release", "discogs_master"};

}  // namespace

Columns::Columns(const std::vector<std::string>& header) {
    for (const std::string& title : header)
        m_names.push_back(ascii_lower(trim(title)));
    m_is_discogs = has("release_id") && (has("catalog#") || has("listing_id"));
    for (std::size_t i = 0; i < header.size(); ++i) {
        const Put meaning = m_is_discogs ? meaning_of(k_discogs_columns, m_names[i])
                                         : meaning_of(k_columns, m_names[i]);
        m_puts.push_back(meaning);
        const std::string title{trim(header[i])};
        const bool is_new = std::find(m_unused.begin(), m_unused.end(), title) == m_unused.end();
        if (meaning == nullptr && !title.empty() && is_new) m_unused.push_back(title);
    }
}

bool Columns::has(std::string_view name) const {
    return std::find(m_names.begin(), m_names.end(), name) != m_names.end();
}

bool Columns::name_albums() const {
    return m_is_discogs || (has("artist") && has("title")) ||
           std::any_of(std::begin(k_identifying), std::end(k_identifying),
                       [&](std::string_view name) { return has(name); });
}

ToldAlbum Columns::read(const std::vector<std::string>& fields) const {
    ToldAlbum told;
    for (std::size_t i = 0; i < std::min(m_puts.size(), fields.size()); ++i) {
        if (m_puts[i] != nullptr) m_puts[i](told, fields[i]);
    }
    return told;
}

bool Columns::may_have(std::size_t fields) const {
    if (fields == m_puts.size()) return true;
    return m_is_discogs && fields < m_puts.size() &&
           std::all_of(m_puts.begin() + static_cast<std::ptrdiff_t>(fields), m_puts.end(),
                       [](Put put) { return put == nullptr; });
}

bool is_telling_column(std::string_view name) {
    return name == "artist" || name == "title" || name == "catalog#" ||
           std::find(std::begin(k_identifying), std::end(k_identifying), name) !=
               std::end(k_identifying);
}

}  // namespace pressings::intake
