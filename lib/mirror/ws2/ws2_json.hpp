#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// What MusicBrainz's web service makes of a document (musicbrainz-server
/// lib/MusicBrainz/Server/Controller/WS/2/Release.pm, Data/Release.pm and WebService/Serializer).
namespace pressings::mirror {

using Inc = std::set<std::string, std::less<>>;

/// The words of an `inc` parameter; "+" between them comes as a space.
Inc parse_inc(std::string_view text);

/// The first word that a release or a release group cannot be asked with; nothing if all can be.
std::optional<std::string> wrong_inc(const Inc& inc);

/// The document without what was not asked for. Error if it is no JSON.
std::string filter_by_inc(const std::string& json, const Inc& inc);

/// By what pages are cut: date, country, barcode, what is missing last; then the MBID, so that no
/// two are equal here.
struct CutKey {
    std::tuple<bool, std::string, bool, std::string, bool, std::string, std::string> order;
    std::size_t tracks = 0;  ///< counted when a page is cut

    const std::string& mbid() const { return std::get<6>(order); }
};
CutKey cut_key(const std::string& json);

/// The artists that a release group is credited to, each as JSON.
std::vector<std::string> credited_artists(const std::string& group_json);

/// `text` as a JSON string, in quotes.
std::string json_string(std::string_view text);

}  // namespace pressings::mirror
