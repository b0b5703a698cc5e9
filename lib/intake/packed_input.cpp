#include "intake/packed_input.hpp"

#include <cerrno>
#include <limits>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/open_input.hpp"
#include "base/text.hpp"
#include "intake/libarchive.hpp"

namespace pressings::intake {

namespace {

constexpr std::size_t k_block = std::size_t{128} * 1024;

std::string reason_of(archive* opened) {
    const char* why = libarchive().error_string(opened);
    return why != nullptr ? escape_controls(why) : "it is damaged";
}

}  // namespace

void PackedInput::Close::operator()(archive* opened) const {
    libarchive().read_free(opened);
}

PackedInput::PackedInput(const std::string& path)
    : m_name(path == "-" ? "standard input" : escape_controls(path)),
      m_file(open_input(path, m_name, "a file")),
      m_block(k_block) {
    open();
}

PackedInput::~PackedInput() {
    m_archive.reset();
    if (m_file != STDIN_FILENO) ::close(m_file);
}

void PackedInput::open() {
    const Libarchive& library = libarchive();
    m_archive.reset(library.read_new());
    archive* const opened = m_archive.get();
    library.support_filter_gzip(opened);
    library.support_filter_xz(opened);
    library.support_filter_bzip2(opened);
    library.support_filter_zstd(opened);
    library.support_format_raw(opened);
    library.support_format_empty(opened);
    archive_entry* entry = nullptr;
    const auto read = [](archive*, void* input, const void** block) -> la_ssize_t {
        auto* const self = static_cast<PackedInput*>(input);
        *block = self->m_block.data();
        return self->read_block();
    };
    int result = library.open(opened, this, nullptr, read, nullptr);
    if (result == ARCHIVE_OK) result = library.next_header(opened, &entry);
    m_at_end = result == ARCHIVE_EOF;
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN || m_at_end) return;
    throw Error(fmt::format("cannot read {}: {}; is the file whole?", m_name, reason_of(opened)));
}

/// Not by libarchive, which could not be stopped while it waits.
ssize_t PackedInput::read_block() {
    const int waited_for[] = {m_file, m_stop.descriptor()};
    while (true) {
        wait_for(waited_for, std::numeric_limits<Millis>::max());
        if (m_stop.is_raised()) return 0;
        const ssize_t size = ::read(m_file, m_block.data(), m_block.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) {
            libarchive().set_error(m_archive.get(), errno, "%s", errno_text(errno).c_str());
        }
        return size;
    }
}

std::size_t PackedInput::read(std::span<char> buffer, std::int64_t line) {
    if (m_at_end) return 0;
    const la_ssize_t size = libarchive().read_data(m_archive.get(), buffer.data(), buffer.size());
    if (size < 0) {
        throw Error(fmt::format("{}:{}: cannot read on: {}; is the file whole?", m_name, line,
                                reason_of(m_archive.get())));
    }
    m_at_end = size == 0;
    return static_cast<std::size_t>(size);
}

}  // namespace pressings::intake
