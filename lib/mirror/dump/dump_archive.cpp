#include "mirror/dump/dump_archive.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/open_input.hpp"
#include "base/text.hpp"
#include "mirror/dump/dump_error.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_block = std::size_t{256} * 1024;

/// A genuine archive has seven. More than this is somebody's joke.
constexpr int k_most_members = 1000;

struct Close {
    void operator()(archive* opened) const { archive_read_free(opened); }
    void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

int open_dump(const std::string& path, const std::string& name) {
    const int file = open_input(path, name, "the dump in it, such as release.tar.xz");
    ::posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    return file;
}

std::string text_of(const char* text) {
    return text != nullptr ? text : "";
}

}  // namespace

struct DumpArchive::State {
    explicit State(const std::string& path)
        : name(path == "-" ? "standard input" : escape_controls(path)),
          file(open_dump(path, name)),
          digest(EVP_MD_CTX_new()),
          block(k_block) {
        EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
    }
    ~State() {
        opened.reset();
        if (file != STDIN_FILENO) ::close(file);
    }

    /// -1: errno says why.
    la_ssize_t read_block() {
        ssize_t size = 0;
        do {
            size = ::read(file, block.data(), block.size());
        } while (size < 0 && errno == EINTR);
        if (size <= 0) return size;
        EVP_DigestUpdate(digest.get(), block.data(), static_cast<std::size_t>(size));
        bytes_read += size;
        return size;
    }

    static la_ssize_t give_block(archive* opened, void* self, const void** start) {
        auto& state = *static_cast<State*>(self);
        const la_ssize_t size = state.read_block();
        if (size < 0) archive_set_error(opened, errno, "%s", errno_text(errno).c_str());
        *start = state.block.data();
        return size;
    }

    [[noreturn]] void refuse() const {
        const std::string why = escape_controls(text_of(archive_error_string(opened.get())));
        throw DumpError(fmt::format("{}: {}; is the file whole? Download it again", name,
                                    why.empty() ? "it is damaged" : why));
    }

    void open() {
        opened.reset(archive_read_new());
        archive_read_support_filter_gzip(opened.get());
        archive_read_support_filter_xz(opened.get());
        archive_read_support_filter_bzip2(opened.get());
        archive_read_support_filter_zstd(opened.get());
        archive_read_support_format_tar(opened.get());
        archive_read_support_format_raw(opened.get());
        archive_read_support_format_empty(opened.get());
        if (archive_read_open(opened.get(), this, nullptr, give_block, nullptr) != ARCHIVE_OK) {
            refuse();
        }
    }

    std::string name;
    int file;
    std::unique_ptr<EVP_MD_CTX, Close> digest;
    std::vector<char> block;
    std::atomic<std::int64_t> bytes_read = 0;
    std::unique_ptr<archive, Close> opened;
    int members = 0;
};

DumpArchive::DumpArchive(const std::string& path) : m_state(std::make_unique<State>(path)) {
    m_state->open();
}

DumpArchive::~DumpArchive() = default;

std::optional<DumpArchive::Member> DumpArchive::next_member() {
    archive* const opened = m_state->opened.get();
    archive_entry* entry = nullptr;
    while (true) {
        const int result = archive_read_next_header(opened, &entry);
        if (result == ARCHIVE_EOF) return std::nullopt;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) m_state->refuse();
        if (++m_state->members > k_most_members) {
            throw DumpError(fmt::format("{} is no dump of MusicBrainz: it has more than {} members",
                                        m_state->name, k_most_members));
        }
        const bool is_archive = archive_format(opened) != ARCHIVE_FORMAT_RAW;
        if (!is_archive) return Member{"", false};
        if (archive_entry_filetype(entry) == AE_IFREG) {
            return Member{text_of(archive_entry_pathname(entry)), true};
        }
    }
}

std::size_t DumpArchive::read(std::span<char> buffer) {
    const la_ssize_t size = archive_read_data(m_state->opened.get(), buffer.data(), buffer.size());
    if (size < 0) m_state->refuse();
    return static_cast<std::size_t>(size);
}

std::string DumpArchive::finish() {
    la_ssize_t size = 0;
    do {
        size = m_state->read_block();
    } while (size > 0);
    if (size < 0) {
        throw Error(fmt::format("cannot read {}: {}", m_state->name, errno_text(errno)));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(m_state->digest.get(), digest.data(), &length);
    std::string text;
    for (unsigned int i = 0; i < length; ++i)
        text += fmt::format("{:02x}", digest.at(i));
    return text;
}

std::int64_t DumpArchive::bytes_read() const {
    return m_state->bytes_read;
}

std::optional<std::int64_t> DumpArchive::size() const {
    struct stat status {};
    const bool is_known = ::fstat(m_state->file, &status) == 0 && S_ISREG(status.st_mode);
    return is_known ? std::optional{static_cast<std::int64_t>(status.st_size)} : std::nullopt;
}

const std::string& DumpArchive::name() const {
    return m_state->name;
}

}  // namespace pressings::mirror
