#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace pressings {

/// Something asked for cannot be completed: the message says what failed, on which thing, why, and
/// what to do next. Leaves a tool with exit status 3.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The command line or the configuration is wrong and nothing was done: exit status 2.
class UsageError : public Error {
  public:
    using Error::Error;
};

/// Standard output was closed by its reader (`| head`): the tool ends quietly.
class OutputClosed : public Error {
  public:
    using Error::Error;
};

/// What `errno` says, as text: "No such file or directory".
std::string errno_text(int error_number);

/// Bytes that a file which this process writes may have (`ulimit -f`); nothing if it may have any.
std::optional<std::int64_t> file_size_limit();

}  // namespace pressings
