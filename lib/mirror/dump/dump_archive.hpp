#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace pressings::mirror {

/// The members of a dump's archive, one after the other, as a stream: tar, packed with xz, bzip2,
/// gzip or zstd or not; or a file that is no archive, which is then the only member, without a
/// name. All is told from the content. Nothing is ever unpacked to disk.
class DumpArchive {
  public:
    /// `path` may be "-", standard input. Error if it is not there, is a folder, or is damaged.
    explicit DumpArchive(const std::string& path);
    ~DumpArchive();
    DumpArchive(const DumpArchive&) = delete;
    DumpArchive& operator=(const DumpArchive&) = delete;

    struct Member {
        std::string name;        ///< as the archive has it: hostile; "" if this is no archive
        bool is_archive = true;  ///< false: the whole file is one member
    };
    /// The next regular file in it; nothing at the end. Error if the archive is damaged or cut off.
    std::optional<Member> next_member();

    /// Fills as much of `buffer` as the member has; 0 at its end. Error as above.
    std::size_t read(std::span<char> buffer);

    /// Reads what is left of the file; the SHA-256 of all its bytes, as they are in the file, in
    /// hexadecimal.
    std::string finish();

    /// Bytes read from the file so far, and how many it has, if that is known.
    std::int64_t bytes_read() const;
    std::optional<std::int64_t> size() const;

    /// For messages: the path made safe, or "standard input".
    const std::string& name() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace pressings::mirror
