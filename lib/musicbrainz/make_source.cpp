#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "musicbrainz/file_source.hpp"
#include "musicbrainz/mirror_source.hpp"
#include "musicbrainz/release_source.hpp"
#include "musicbrainz/ws2_source.hpp"

namespace pressings::musicbrainz {

namespace {

constexpr std::string_view k_file = "file:";
constexpr std::string_view k_mirror = "mirror:";

/// The name in front of "://", in small letters.
std::string scheme_of(std::string_view spec) {
    const auto end = spec.find("://");
    return end == std::string_view::npos ? std::string{} : ascii_lower(spec.substr(0, end));
}

bool is_service(std::string_view spec) {
    const std::string scheme = scheme_of(spec);
    return scheme == "http" || scheme == "https";
}

/// "user@host:port" as it stands in the URL.
std::string_view authority_of(std::string_view url) {
    url.remove_prefix(url.find("://") + 3);
    return url.substr(0, url.find_first_of("/?#"));
}

std::string_view without_port(std::string_view host) {
    if (!host.empty() && host.front() == '[') return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

[[noreturn]] void refuse(const std::string& spec, std::string_view problem) {
    throw UsageError(fmt::format(
        "source \"{}\" {}; a source is https://… or http://… (the root of a MusicBrainz web "
        "service, such as https://musicbrainz.org/ws/2), mirror:FILE (made by "
        "musicbrainz-mirror) or file:FOLDER (recorded answers)",
        escape_controls(spec), problem));
}

}  // namespace

std::unique_ptr<ReleaseSource> make_source(const std::string& spec, const SourceOptions& options) {
    if (is_service(spec)) {
        if (host_of(spec).value_or("").empty()) refuse(spec, "names no host");
        if (spec.find_first_of("?#") != std::string::npos) refuse(spec, "is more than a root");
        return make_ws2_source(spec, options);
    }
    if (spec.rfind(k_file, 0) == 0) {
        if (spec.size() == k_file.size()) refuse(spec, "names no folder");
        return make_file_source(spec.substr(k_file.size()), options);
    }
    if (spec.rfind(k_mirror, 0) == 0) {
        if (spec.size() == k_mirror.size()) refuse(spec, "names no file");
        return make_mirror_source(spec.substr(k_mirror.size()), options);
    }
    refuse(spec, "is of no kind known here");
}

std::optional<std::string> host_of(const std::string& spec) {
    if (!is_service(spec)) return std::nullopt;
    std::string_view host = authority_of(spec);
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    return ascii_lower(without_port(host));
}

}  // namespace pressings::musicbrainz
