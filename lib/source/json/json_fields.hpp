#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/json_parser.hpp"
#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"

/// Reading a document that somebody else wrote. Inside this room only: simdjson.h is heavy.
namespace pressings::source {

class JsonField;

/// One parsed document. It must outlive its fields.
class JsonDocument {
  public:
    /// SourceError("bad_answer") if `json` is no JSON or is not UTF-8. A value in it that is beyond
    /// any reader is odd where it stands (see base/boxed_json.hpp). `subject` is what an error is
    /// about: "the list of releases".
    JsonDocument(std::string_view json, std::string subject);

    JsonField root() const;

    const std::string& subject() const { return m_subject; }

    /// Entries of all lists that were read so far. An empty entry is three bytes of an answer and
    /// hundreds of memory, so not only each list is bounded: SourceError("bad_answer") beyond
    /// 1'000'000, a hundred times what the longest genuine answers have.
    std::size_t entries() const { return m_entries; }

    /// From here on a release is read: beyond 200'000 entries it is odd, and costs no other one.
    void begin_release() const {
        m_entries_before = m_entries;
        m_most_entries_here = m_entries + k_most_entries_of_release;
    }
    /// What was read of it is not kept.
    void drop_release() const { m_entries = m_entries_before; }

  private:
    friend class JsonField;
    static constexpr std::size_t k_most_entries_of_release = 200'000;
    bool add_entries(std::size_t entries) const;

    LentJsonParser m_parser;
    simdjson::dom::element m_root;
    std::string m_subject;
    // A tally of reading, no part of the document.
    mutable std::size_t m_entries = 0;
    mutable std::size_t m_entries_before = 0;
    mutable std::size_t m_most_entries_here = std::numeric_limits<std::size_t>::max();
};

/// A place in a document: the value there, if any, and its path for errors. Absent and null are
/// the same, "missing". Every reading function throws OddValue, naming subject and path, if there
/// is something else than what it reads.
class JsonField {
  public:
    bool is_missing() const { return !m_value.has_value(); }

    /// A member of this object; missing where this is missing. The result points to this field, so
    /// this one needs a name of its own.
    JsonField operator[](std::string_view key) const&;
    JsonField operator[](std::string_view key) const&& = delete;

    /// A string of bounded length without NUL. `text`: nothing if missing or empty;
    /// `text_even_empty`: nothing if missing; `required_text`: neither missing nor empty.
    std::optional<std::string> text() const;
    std::optional<std::string> text_even_empty() const;
    std::string required_text() const;

    std::optional<Mbid> mbid() const;
    Mbid required_mbid() const;

    /// Nothing if missing or "".
    std::optional<PartialDate> date() const;

    /// A whole number; digits in a string will do, as old servers sent some.
    std::optional<std::int64_t> number(std::int64_t least, std::int64_t most) const;
    std::optional<int> small_number(int least, int most) const;

    /// true, false, 1 or 0.
    std::optional<bool> flag() const;

    /// How many items this list has; 0 if it is missing or no list.
    std::size_t size() const;

    /// Calls `read(item, index)` for each item of this list; for none if it is missing.
    template <typename Read>
    void for_each(std::size_t most_items, Read read) const {
        if (is_missing()) return;
        std::size_t index = 0;
        for (const simdjson::dom::element item : list(most_items)) {
            read(JsonField{m_document, this, {}, index, item}, index);
            ++index;
        }
    }

    /// Throws the OddValue: `problem` reads "is …" behind the path.
    [[noreturn]] void refuse(std::string_view problem) const;

    /// "releases[3].media[0].format"
    std::string path() const;

    /// What is here, as JSON without white space; nothing if it is missing.
    std::optional<std::string> json() const;

  private:
    friend class JsonDocument;
    static constexpr std::size_t k_no_index = std::numeric_limits<std::size_t>::max();

    JsonField(const JsonDocument* document, const JsonField* parent, std::string_view key,
              std::size_t index, std::optional<simdjson::dom::element> value);

    simdjson::dom::array list(std::size_t most_items) const;
    std::string_view checked_string() const;

    const JsonDocument* m_document;
    const JsonField* m_parent;
    std::string_view m_key;
    std::size_t m_index;
    std::optional<simdjson::dom::element> m_value;
};

}  // namespace pressings::source
