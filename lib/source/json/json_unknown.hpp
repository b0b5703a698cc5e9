#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pressings::source {

/// Collects the fields of answers that FIELDS.md has no word on: a canary for what MusicBrainz
/// changes. Not thread-safe.
class UnknownFields {
  public:
    /// Takes a page of releases, a release or a release group, as MusicBrainz writes them. What is
    /// no JSON object is passed over.
    void take(std::string_view answer);

    struct Field {
        std::string path;        ///< as FIELDS.md writes it; of a page itself behind "page."
        std::int64_t times = 0;  ///< how often it was met
        std::string example;     ///< the value that was met first, as JSON, cut short
    };
    /// By path, a thousand at most. What lies below such a field is not listed besides.
    std::vector<Field> found() const;

  private:
    class Walk;
    std::map<std::string, Field> m_fields;
    std::map<std::string, bool> m_known;  ///< what the table said of each path met
};

}  // namespace pressings::source
