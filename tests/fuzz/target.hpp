#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What a fuzz target is made of. Its program is libFuzzer's
/// (https://llvm.org/docs/LibFuzzer.html) in a build of the preset "fuzz"; in any other it reads
/// the files that it is given, once each.
namespace pressings::fuzz {

/// The target: does to `input`, which may be anything, what the tools do to what comes from
/// outside, and holds them to what they promise. An exception that leaves it is a finding.
void take(std::string_view input);

/// Ends the program, as a finding that says `what`, unless `holds`.
void require(bool holds, std::string_view what);

/// Holds a message to what every message promises: short, UTF-8, and safe for a terminal.
void require_safe_message(std::string_view message);

/// Holds a text that was taken in to what may be stored: UTF-8, without NUL, 64 KiB at most.
void require_storable(std::string_view text);

/// `input` as a file with a path, in memory.
class InputFile {
  public:
    explicit InputFile(std::string_view input);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    std::string path() const;

  private:
    int m_file = -1;
};

/// A number below `end` that is different for different inputs and the same for the same.
std::size_t number_from(std::string_view input, std::size_t end);

}  // namespace pressings::fuzz
