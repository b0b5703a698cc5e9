// A release, as a lookup or a line of a JSON dump has it.
#include "fuzz/answer.hpp"
#include "fuzz/musicbrainz_writer.hpp"
#include "fuzz/require_release.hpp"

namespace pressings::fuzz {

void take(std::string_view input) {
    const auto parsed = read_answer(input, source::parse_release);
    if (!parsed) return;
    require_whole(parsed->release);
    if (parsed->release_group) require_whole(*parsed->release_group);
    const std::string written = write(*parsed);
    require(write(source::parse_release(written)) == written, "written and read, it is equal");
}

}  // namespace pressings::fuzz
