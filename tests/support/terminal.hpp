#pragma once

#include <string>

#include "support/process.hpp"

namespace pressings::test {

/// Runs a program with a terminal of so many columns as its standard input, output and error, and
/// gives all that it wrote to it (pty(7)). std::runtime_error if there is no terminal to be had.
std::string run_on_terminal(const Command& command, unsigned short columns = 200);

}  // namespace pressings::test
