#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// Tracks by themselves as JSON, an object a line; the schema is schema/json/track.json. There are
/// millions of them, so they are written as they come, and what most of them share, the credits, is
/// made once.
class TrackLines {
  public:
    /// Good until the next call; without a line end.
    std::string_view line(const store::TrackRecord& track);

  private:
    /// A credit as JSON: as one line of text, and as the list of its artists.
    struct CreditJson {
        std::string text;
        std::string names;
    };

    const CreditJson& credit(const store::CreditRecord& credit);

    std::string m_line;
    std::unordered_map<std::int64_t, CreditJson> m_credits;
};

}  // namespace pressings::render
