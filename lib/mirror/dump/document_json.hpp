#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/identifier.hpp"
#include "domain/mbid.hpp"
#include "mirror/dump/dump_error.hpp"
#include "mirror/dump/dump_reader.hpp"

namespace pressings::mirror {

/// What a document is found by.
struct DocumentKeys {
    DumpKind kind = DumpKind::release;
    Mbid mbid;
    Mbid release_group;  ///< of a release: its group; of a group: itself
    /// What is to be kept in its place: the same, but for values that no parser can hold.
    std::optional<std::string> boxed{};
};

/// A document that is JSON and cannot be found by anything; `what()` reads behind its place.
class OddDocument : public DumpError {
  public:
    using DumpError::DumpError;
};

/// What a release group is found by when it is named: folded, each name a line.
struct GroupNames {
    std::string titles;          ///< its title and aliases
    std::string artists;         ///< its credit as a line, and every name of the artists in it
    std::vector<Mbid> credited;  ///< the artists, each once
};

/// By which a mirror finds what has an identifier: its kind and what is compared of it.
std::string identifier_key(const Identifier& identifier);

/// Reads of documents no more than they are found by. One a thread; it keeps its memory.
class DocumentParser {
  public:
    DocumentParser();
    ~DocumentParser();

    /// `json` is parsed whole, so what is stored can be parsed again. Behind it must be 64 bytes
    /// that may be read. DumpError says in what it is no document: "is no JSON: …"; OddDocument if
    /// it is one of nothing that is known.
    DocumentKeys keys(std::string_view json);

    /// Of the release group that was parsed last.
    GroupNames names() const;

    /// The same of the release that was parsed last; nothing if it is called as its group is.
    std::optional<GroupNames> other_names() const;

    /// Of the document that was parsed last: what stands on a release and where either is linked
    /// to, as identifier_key has them, each once.
    std::vector<std::string> identifiers() const;

    /// The same of a document by itself, without bytes to spare.
    GroupNames names_in(const std::string& json);
    std::vector<std::string> identifiers_in(const std::string& json);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The names of the labels of a release.
std::vector<std::string> label_names(const std::string& json);

/// The text of a member of an object, as it is there, without white space around; nothing if it is
/// missing or null. For giving a part of a document away. Error if `json` is no JSON object.
std::optional<std::string> member_text(const std::string& json, std::string_view key);

}  // namespace pressings::mirror
