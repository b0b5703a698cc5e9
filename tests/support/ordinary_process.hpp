#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace pressings::test {

/// When a program that was started ends by itself.
enum class Life { ends_with_us, outlives_us };

/// What a file holds; empty if it is not there.
std::string text_of_file(const std::string& file);

/// Runs a program as an ordinary user, even if this process is root's, for servers that refuse
/// root. Its output goes to the end of the file `log`. std::runtime_error if there is no such user.
pid_t start_as_ordinary_user(const std::vector<std::string>& arguments, const std::string& log,
                             Life life);

/// A new temporary folder in which that user may write.
std::string make_folder_of_ordinary_user();

}  // namespace pressings::test
