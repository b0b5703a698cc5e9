#pragma once

#include <string>

namespace pressings {

/// Whether standard input is a file or a pipe in which something is: a list that somebody sends. A
/// terminal, /dev/null, an empty file and a pipe that is closed without a word are none. Waits for
/// the first byte of a pipe, or its end; takes nothing out.
bool is_sent_a_list();

/// Whether a word on the command line is no MBID and no URL, but a file that is there.
bool is_batch_file(const std::string& word);

}  // namespace pressings
