#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/file_source.hpp"
#include "source/host.hpp"
#include "source/mirror_source.hpp"
#include "source/release_source.hpp"
#include "source/ws2/ws2_source.hpp"

namespace pressings::source {

namespace {

constexpr std::string_view k_file = "file:";
constexpr std::string_view k_mirror = "mirror:";

[[noreturn]] void refuse(const std::string& spec, std::string_view problem) {
    throw UsageError(
        fmt::format("{} {}; a source is https://… or http://… (the root of a MusicBrainz web "
                    "service, such as https://musicbrainz.org/ws/2), mirror:FILE (made by "
                    "musicbrainz-mirror) or file:FOLDER (recorded answers)",
                    quote(spec), problem));
}

}  // namespace

void check_source(const std::string& spec) {
    if (const auto host = host_of(spec)) {
        if (host->empty()) refuse(spec, "names no host");
        if (spec.find_first_of("?#") != std::string::npos) refuse(spec, "is more than a root");
    } else if (spec == k_file) {
        refuse(spec, "names no folder");
    } else if (spec == k_mirror) {
        refuse(spec, "names no file");
    } else if (!spec.starts_with(k_file) && !spec.starts_with(k_mirror)) {
        refuse(spec, "is no source");
    }
}

std::unique_ptr<ReleaseSource> make_source(const std::string& spec, const SourceOptions& options) {
    check_source(spec);
    if (host_of(spec)) return make_ws2_source(spec, options);
    if (spec.starts_with(k_file)) return make_file_source(spec.substr(k_file.size()), options);
    return make_mirror_source(spec.substr(k_mirror.size()), options);
}

}  // namespace pressings::source
