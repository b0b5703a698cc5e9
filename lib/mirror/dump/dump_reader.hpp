#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mirror/dump/dump_archive.hpp"
#include "mirror/dump/dump_error.hpp"
#include "mirror/dump/dump_facts.hpp"

namespace pressings::mirror {

/// Some lines of a dump, in one buffer. Behind the last line are bytes to spare, as simdjson wants.
struct LineBatch {
    struct Line {
        std::size_t start = 0;
        std::size_t size = 0;
    };

    std::optional<DumpKind> kind;  ///< as the member is called; nothing if it has no name
    std::string member;            ///< "" if it has no name
    std::int64_t first_line = 1;   ///< from 1; empty lines count, but are not among `lines`
    std::int64_t next_line = 1;
    std::string text;
    std::vector<Line> lines;
    std::vector<std::int64_t> numbers;  ///< of each line

    std::string_view line(std::size_t index) const {
        return std::string_view{text}.substr(lines[index].start, lines[index].size);
    }
};

/// Reads a dump line by line and holds it to what a whole one is. The documents are not whole,
/// and nothing of them may be believed, before `next` has given nothing:
/// an archive is whole when it ends with JSON_DUMPS_SCHEMA_NUMBER 1, which comes behind the data;
/// and when there is a SHA256SUMS beside the file that names it, its sum must be that.
/// Of a bare file the facts are read from where tar puts them, in the folder above.
class DumpReader {
  public:
    /// Longer lines are refused without being held.
    static constexpr std::size_t k_longest_line = std::size_t{32} << 20U;

    explicit DumpReader(const std::string& path);

    /// The next lines, about a megabyte of them. Error if the dump is not whole, is damaged, is of
    /// another form, or has a line that is too long.
    std::optional<LineBatch> next();

    /// What was read of it up to here.
    const DumpFacts& facts() const { return m_facts; }
    /// Whether a sum for the file was there, and so was checked when `next` gave nothing.
    bool is_summed() const { return m_expected_sum.has_value(); }

    const std::string& name() const { return m_archive.name(); }
    /// "release.tar.xz: mbdump/release, line 17". From any thread.
    std::string place(const std::string& member, std::int64_t line) const;
    std::int64_t bytes_read() const { return m_archive.bytes_read(); }
    std::optional<std::int64_t> size() const { return m_archive.size(); }

  private:
    bool open_next_data();
    void open_data(std::optional<DumpKind> kind, const std::string& member);
    void read_small_member(const std::string& member);
    void take_fact(std::string_view member, std::string_view text);
    void take_facts_above(const std::string& path);
    void check_schema_number(std::string_view text);
    bool fill();
    LineBatch cut_batch();
    void check_whole();

    std::string m_path;
    DumpArchive m_archive;
    std::optional<std::string> m_expected_sum;
    DumpFacts m_facts;
    bool m_has_schema_number = false;
    bool m_is_archive = true;
    bool m_in_data = false;
    bool m_at_end = false;
    bool m_seen[2] = {false, false};
    std::int64_t m_small_bytes = 0;
    std::optional<DumpKind> m_kind;
    std::string m_member;
    std::int64_t m_line = 1;
    std::string m_rest;  ///< of the data: begins with a line
};

}  // namespace pressings::mirror
