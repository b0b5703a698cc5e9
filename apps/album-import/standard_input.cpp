#include "standard_input.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/mbid.hpp"

namespace pressings {

namespace {

/// What a pipe or a socket holds once it holds something, or will not any more.
bool has_bytes() {
    pollfd waited{STDIN_FILENO, POLLIN, 0};
    while (::poll(&waited, 1, -1) < 0) {
        if (errno != EINTR) return false;
    }
    int bytes = 0;
    return ::ioctl(STDIN_FILENO, FIONREAD, &bytes) == 0 && bytes > 0;
}

}  // namespace

bool is_sent_a_list() {
    struct stat input {};
    if (::fstat(STDIN_FILENO, &input) != 0) return false;  // closed
    if (S_ISREG(input.st_mode)) return ::lseek(STDIN_FILENO, 0, SEEK_CUR) < input.st_size;
    return (S_ISFIFO(input.st_mode) || S_ISSOCK(input.st_mode)) && has_bytes();
}

bool is_batch_file(const std::string& word) {
    std::error_code none_there;
    return !Mbid::parse(word) && word.find("://") == std::string::npos &&
           std::filesystem::is_regular_file(word, none_there);
}

}  // namespace pressings
