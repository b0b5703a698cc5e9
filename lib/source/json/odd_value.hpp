#pragma once

#include "domain/oddity.hpp"
#include "source/release_source.hpp"

namespace pressings::source {

/// The version of the reader of releases. It is raised whenever the reader learns to read more, so
/// that albums with oddities of an older one are asked for again.
inline constexpr int k_reader_version = 2;

/// A value inside an answer that is nothing that MusicBrainz sends. One inside a release costs that
/// release alone; wherever else it is, the whole answer: then it is a SourceError as any other,
/// "bad_answer", to be tried again.
class OddValue : public SourceError {
  public:
    /// `subject` is what the document is: "the list of releases".
    OddValue(const std::string& subject, Oddity odd);
    /// About a release, or its group.
    explicit OddValue(Oddity odd);

    Oddity oddity;
    /// Tells releases without a readable MBID apart: equal for the same release on two pages.
    std::size_t likeness = 0;
};

}  // namespace pressings::source
