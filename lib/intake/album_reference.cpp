#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "intake/record.hpp"

namespace pressings::intake {

namespace {

/// What a musicbrainz.org URL names: "release-group" and its MBID.
struct Named {
    std::string entity;
    std::string mbid;
};

bool is_musicbrainz(std::string_view host) {
    constexpr std::array<std::string_view, 4> k_hosts{
        "musicbrainz.org", "www.musicbrainz.org", "beta.musicbrainz.org", "test.musicbrainz.org"};
    for (const std::string_view known : k_hosts) {
        if (host == known) return true;
    }
    return false;
}

std::string_view take_until(std::string_view& text, std::string_view any_of) {
    const auto end = text.find_first_of(any_of);
    const auto part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end);
    return part;
}

/// Takes a URL of a musicbrainz.org page apart; nothing if it is none.
std::optional<Named> read_url(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (ascii_lower(text.substr(0, scheme.size())) == scheme) {
            text.remove_prefix(scheme.size());
            break;
        }
    }
    if (!is_musicbrainz(ascii_lower(take_until(text, "/?#")))) return std::nullopt;
    if (text.empty() || text.front() != '/') return std::nullopt;
    text.remove_prefix(1);
    Named named;
    named.entity = std::string{take_until(text, "/?#")};
    if (text.empty() || text.front() != '/') return std::nullopt;
    text.remove_prefix(1);
    named.mbid = std::string{take_until(text, "/?#")};
    return named;
}

Refusal bad_mbid(std::string_view text) {
    return {"bad_mbid", fmt::format("{} is neither an MBID (36 characters such as "
                                    "f5093c06-23e3-404f-aeaa-40f72885ee3a) nor a musicbrainz.org "
                                    "URL",
                                    quote(text))};
}

std::string_view way_out(const Named& named) {
    if (named.entity == "artist") return "; --discography takes all albums of an artist";
    const bool is_list = named.entity == "collection" || named.entity == "series";
    return is_list ? "; name it on the command line to take all that it has" : "";
}

Refusal wrong_entity(const Named& named) {
    return {"wrong_entity",
            fmt::format("it is a URL of a MusicBrainz {}, not of a release group or release{}",
                        quote(named.entity), way_out(named))};
}

bool is_url_of_discogs(std::string_view text) {
    const std::string lower = ascii_lower(text.substr(0, text.find_first_of("?#")));
    return lower.find("discogs.com/") != std::string::npos;
}

/// What else it may be, and how that is told.
std::string_view way_to_tell(std::string_view text) {
    const auto is_read = [&](IdentifierKind kind) {
        return std::holds_alternative<Identifier>(read_identifier(kind, text));
    };
    if (is_read(IdentifierKind::barcode)) {
        return "; a barcode is told with --barcode, or in a column barcode";
    }
    if (is_read(IdentifierKind::disc_id)) {
        return "; a disc id is told with --disc-id, or in a column disc_id";
    }
    if (is_read(IdentifierKind::discogs_release)) {
        return "; of Discogs a release is told as r249504, a master as m10362";
    }
    return "";
}

Refusal bad_reference(std::string_view text) {
    if (!is_url_of_discogs(text)) {
        Refusal refusal = bad_mbid(text);
        refusal.message += way_to_tell(text);
        return refusal;
    }
    return {"wrong_entity",
            fmt::format("{} is a URL of Discogs, but of no release (/release/249504) and no master "
                        "(/master/10362)",
                        quote(text))};
}

/// "https://musicbrainz.org/cdtoc/XzPS7vW.HPHsYemQh0HBUGr8vuU-", the page of a disc.
ReadAlbum read_disc(std::string_view id, AlbumRequest request) {
    auto read = read_identifier(IdentifierKind::disc_id, id);
    if (const auto* const bad = std::get_if<BadIdentifier>(&read)) {
        return Refusal{"bad_disc_id", bad->message};
    }
    request.identifiers.push_back(std::get<Identifier>(std::move(read)));
    return request;
}

}  // namespace

ReadAlbum read_reference(std::string_view text, const RecordDefaults& defaults) {
    text = trim(text);
    AlbumRequest request;
    request.queue = defaults.queue;
    request.priority = defaults.priority;
    request.moves_job = defaults.told;
    if (const auto mbid = Mbid::parse(text)) {
        request.album.mbid = mbid;
        return request;
    }
    if (const auto identifier = read_discogs_reference(text)) {
        request.identifiers.push_back(*identifier);
        return request;
    }
    const auto named = read_url(text);
    if (!named) return bad_reference(text);
    const auto mbid = Mbid::parse(named->mbid);
    if (named->entity == "cdtoc") return read_disc(named->mbid, std::move(request));
    if (named->entity != "release-group" && named->entity != "release") {
        return wrong_entity(*named);
    }
    if (!mbid) return bad_mbid(named->mbid);
    (named->entity == "release" ? request.release_mbid : request.album.mbid) = mbid;
    return request;
}

std::variant<Mbid, Refusal> read_mbid_reference(std::string_view text) {
    auto read = read_reference(text, {});
    if (auto* const refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
    const auto& request = std::get<AlbumRequest>(read);
    if (request.album.mbid) return *request.album.mbid;
    if (request.release_mbid) return *request.release_mbid;
    return Refusal{"wrong_entity",
                   fmt::format("{} names a disc, or a page of Discogs'; write an MBID, or a URL of "
                               "a release group or release at MusicBrainz",
                               quote(trim(text)))};
}

std::optional<ListReference> read_list_reference(std::string_view text) {
    const auto named = read_url(trim(text));
    if (!named) return std::nullopt;
    const auto mbid = Mbid::parse(named->mbid);
    if (!mbid) return std::nullopt;
    if (named->entity == "collection") return ListReference{JobKind::collection, *mbid};
    if (named->entity == "series") return ListReference{JobKind::series, *mbid};
    return std::nullopt;
}

std::variant<Mbid, Refusal> read_artist_reference(std::string_view text) {
    text = trim(text);
    if (const auto mbid = Mbid::parse(text)) return *mbid;
    const auto named = read_url(text);
    if (!named) return bad_mbid(text);
    if (named->entity != "artist") {
        return Refusal{"wrong_entity", fmt::format("it is a URL of a MusicBrainz {}, not of an "
                                                   "artist",
                                                   quote(named->entity))};
    }
    const auto mbid = Mbid::parse(named->mbid);
    if (!mbid) return bad_mbid(named->mbid);
    return *mbid;
}

std::variant<EntityReference, Refusal> read_entity_reference(std::string_view text) {
    text = trim(text);
    if (const auto mbid = Mbid::parse(text)) return EntityReference{std::nullopt, *mbid};
    const auto named = read_url(text);
    if (!named) return bad_mbid(text);
    const auto entity = parse_entity_type(named->entity);
    if (!entity) {
        return Refusal{"wrong_entity", fmt::format("it is a URL of a MusicBrainz {}, not of an "
                                                   "artist, a label or a series",
                                                   quote(named->entity))};
    }
    const auto mbid = Mbid::parse(named->mbid);
    if (!mbid) return bad_mbid(named->mbid);
    return EntityReference{entity, *mbid};
}

}  // namespace pressings::intake
