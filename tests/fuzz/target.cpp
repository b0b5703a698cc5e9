#include "fuzz/target.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <simdjson.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.hpp"

namespace pressings::fuzz {

void require(bool holds, std::string_view what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}

void require_safe_message(std::string_view message) {
    constexpr std::size_t k_longest_message = 4096;
    require(!message.empty(), "a message says something");
    require(message.size() <= k_longest_message, "a message is short");
    require(escape_controls(message) == message, "a message is safe for a terminal");
}

void require_storable(std::string_view text) {
    constexpr std::size_t k_longest_text = std::size_t{64} * 1024;
    require(text.size() <= k_longest_text, "a text is 64 KiB at most");
    require(text.find('\0') == std::string_view::npos, "a text has no NUL");
    // Not by our own function, which is under test as well.
    require(simdjson::validate_utf8(text.data(), text.size()), "a text is UTF-8");
}

InputFile::InputFile(std::string_view input) : m_file(::memfd_create("input", MFD_CLOEXEC)) {
    if (m_file < 0) throw std::runtime_error("no memory for the input");
    while (!input.empty()) {
        const ssize_t written = ::write(m_file, input.data(), input.size());
        if (written <= 0) throw std::runtime_error("no memory for the input");
        input.remove_prefix(static_cast<std::size_t>(written));
    }
}

InputFile::~InputFile() {
    ::close(m_file);
}

std::string InputFile::path() const {
    return "/proc/self/fd/" + std::to_string(m_file);
}

std::size_t number_from(std::string_view input, std::size_t end) {
    return std::hash<std::string_view>{}(input) % end;
}

}  // namespace pressings::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    pressings::fuzz::take({reinterpret_cast<const char*>(data), size});
    return 0;
}
