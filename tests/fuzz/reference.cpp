// An album or an artist as named on a command line or in a list: an MBID or a URL.
#include <cstdint>
#include <span>

#include "base/text.hpp"
#include "fuzz/target.hpp"
#include "intake/record.hpp"

namespace pressings::fuzz {

namespace {

void require_reason(const intake::Refusal& refusal) {
    require(refusal.code == "bad_mbid" || refusal.code == "wrong_entity", "a code is known");
    require_safe_message(refusal.message);
}

/// Of Discogs'.
void require_page(const AlbumRequest& request) {
    require(request.identifiers.size() == 1 && !request.album.mbid && !request.release_mbid,
            "a page is one thing");
    const Identifier& page = request.identifiers.front();
    const bool is_master = page.kind == IdentifierKind::discogs_master;
    require(is_master || page.kind == IdentifierKind::discogs_release, "and Discogs'");
    const std::string url =
        std::string{"https://www.discogs.com/"} + (is_master ? "master/" : "release/") + page.value;
    require(read_discogs_reference(url) == page, "as a URL it says the same");
}

/// Whatever is taken for a code is the same again when it is read again.
void take_identifier(std::string_view input) {
    for (const IdentifierKind kind : k_identifier_kinds) {
        const auto read = read_identifier(kind, input);
        if (const auto* bad = std::get_if<BadIdentifier>(&read)) {
            require_safe_message(bad->message);
            continue;
        }
        const auto& identifier = std::get<Identifier>(read);
        require(!comparable(identifier).empty(), "there is something to compare");
        require_safe_message(described(identifier));
        const auto again = read_identifier(kind, identifier.value);
        const auto* same = std::get_if<Identifier>(&again);
        require(same != nullptr && *same == identifier, "a code is read as it was kept");
    }
}

void take_album(std::string_view input) {
    const auto read = intake::read_reference(input, {});
    if (const auto* refusal = std::get_if<intake::Refusal>(&read)) return require_reason(*refusal);
    const auto& request = std::get<AlbumRequest>(read);
    if (!request.identifiers.empty()) return require_page(request);
    require(request.album.mbid.has_value() != request.release_mbid.has_value(),
            "a reference is to a release group or to a release");
    const std::string url = request.release_mbid ? "https://musicbrainz.org/release/"
                                                 : "https://musicbrainz.org/release-group/";
    const Mbid mbid = request.release_mbid ? *request.release_mbid : *request.album.mbid;
    const auto again = intake::read_reference(url + mbid.to_string() + "?tab=x#top", {});
    const auto* equal = std::get_if<AlbumRequest>(&again);
    require(equal != nullptr && equal->album.mbid == request.album.mbid &&
                equal->release_mbid == request.release_mbid,
            "as a URL it says the same");
}

void take_artist(std::string_view input) {
    const auto read = intake::read_artist_reference(input);
    if (const auto* refusal = std::get_if<intake::Refusal>(&read)) return require_reason(*refusal);
    require(Mbid::parse(std::get<Mbid>(read).to_string()) == std::get<Mbid>(read),
            "an MBID is read as it was printed");
}

void take_mbid(std::string_view input) {
    if (const auto mbid = Mbid::parse(input)) {
        require(mbid->to_string() == ascii_lower(input), "an MBID is printed as it was read");
    }
    const std::span bytes{reinterpret_cast<const std::uint8_t*>(input.data()), input.size()};
    const auto mbid = Mbid::from_bytes(bytes);
    require(mbid.has_value() == (input.size() == Mbid::k_size), "an MBID is 16 bytes");
    if (mbid) require(Mbid::parse(mbid->to_string()) == mbid, "whatever they are");
}

}  // namespace

void take(std::string_view input) {
    take_album(input);
    take_artist(input);
    take_identifier(input);
    take_mbid(input);
}

}  // namespace pressings::fuzz
