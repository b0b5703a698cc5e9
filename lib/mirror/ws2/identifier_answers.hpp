#pragma once

#include <optional>
#include <string_view>

#include "mirror/ws2/ws2_answers.hpp"

namespace pressings::mirror {

/// Answers who asks by what stands on a release, or where it or its group is linked: a search of
/// releases in barcode or catno (and label with it), each with a phrase, or in reid;
/// /ws/2/discid/ID; /ws/2/url?resource=…. Nothing for any other path or search.
std::optional<Ws2Answer> answer_identified(const Mirror& mirror, std::string_view path,
                                           const Ws2Parameters& parameters);

}  // namespace pressings::mirror
