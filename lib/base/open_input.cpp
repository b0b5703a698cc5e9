#include "base/open_input.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings {

int open_input(const std::string& path, const std::string& name, std::string_view instead) {
    if (path == "-") return STDIN_FILENO;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw Error(fmt::format("cannot read {}: {}", name, errno_text(errno)));
    struct stat status {};
    if (::fstat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
        ::close(file);
        throw Error(fmt::format("cannot read {}: it is a folder; name {}", name, instead));
    }
    return file;
}

}  // namespace pressings
