#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "base/wake.hpp"

struct archive;

namespace pressings::intake {

/// The bytes of a file or of standard input ("-"), unpacked if gzip, xz, bzip2 or zstd packed them;
/// told from the content, never from the name.
class PackedInput {
  public:
    /// Error if the file is not there, is a folder, or cannot be opened.
    explicit PackedInput(const std::string& path);
    ~PackedInput();
    PackedInput(const PackedInput&) = delete;
    PackedInput& operator=(const PackedInput&) = delete;

    /// Fills as much of `buffer` as there is; 0 at the end. Error if it cannot be read or unpacked,
    /// with `line`, the one the reader has come to.
    std::size_t read(std::span<char> buffer, std::int64_t line);

    /// From any thread: ends the input here. A read() that waits, for a terminal or a pipe, is let
    /// go.
    void stop() { m_stop.raise(); }

    /// For messages: the path made safe, or "standard input".
    const std::string& name() const { return m_name; }

  private:
    struct Close {
        void operator()(archive* opened) const;
    };

    void open();
    ssize_t read_block();

    std::string m_name;
    int m_file = -1;
    WakeEvent m_stop;
    std::vector<char> m_block;
    std::unique_ptr<archive, Close> m_archive;
    bool m_at_end = false;
};

}  // namespace pressings::intake
