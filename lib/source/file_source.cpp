#include "source/file_source.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "source/fault_table.hpp"
#include "source/json/release_json.hpp"
#include "source/ws2/release_pages.hpp"

namespace pressings::source {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* code, const std::string& message) {
    SourceError error = answer_error(code, message);
    error.kind = ErrorKind::permanent;  // the files will not change by themselves
    throw error;
}

/// The disk, the memory or the rights are at fault, which may be otherwise next time.
[[noreturn]] void fail_reading(const fs::path& path, const std::error_code& why) {
    throw SourceError(ErrorKind::transient, "unreadable",
                      fmt::format("cannot read {}: {}", path.string(), why.message()));
}

/// Whether the file is there; what may be there but cannot be looked at is an error.
bool file_exists(const fs::path& path) {
    std::error_code error;
    const bool exists = fs::exists(path, error);
    if (error) fail_reading(path, error);
    return exists;
}

std::string read_file(const fs::path& path, std::size_t most_bytes) {
    std::error_code error;
    const bool is_file = fs::is_regular_file(path, error);
    if (error) fail_reading(path, error);
    if (!is_file) fail_reading(path, std::make_error_code(std::errc::is_a_directory));
    const auto size = fs::file_size(path, error);
    if (error) fail_reading(path, error);
    if (size > most_bytes) {
        fail("too_large", fmt::format("{} has {} bytes, more than the {} that are read",
                                      path.string(), size, most_bytes));
    }
    std::ifstream file{path, std::ios::binary};
    std::string text(size, '\0');
    if (!file.read(text.data(), static_cast<std::streamsize>(size))) {
        fail_reading(path, {errno, std::generic_category()});
    }
    return text;
}

/// Reads the pages of one release group.
class PageFiles {
  public:
    PageFiles(fs::path folder, const Mbid& group, const SourceOptions& options)
        : m_folder(std::move(folder)), m_group(group.to_string()), m_options(options) {}

    GroupReleases read(const std::stop_token& stop) {
        while (m_received == 0 || !m_pages.is_complete()) {
            if (stop.stop_requested()) {
                throw SourceError(ErrorKind::stopped, "stopped", "stopped while reading files");
            }
            if (!file_exists(next_path())) refuse_missing();
            const bool had_releases = read_next();
            if (!had_releases) break;
        }
        if (!m_pages.is_complete()) refuse_incomplete();
        return m_pages.take(m_files_read);
    }

    int files_read() const { return m_files_read; }

  private:
    fs::path next_path() const {
        const bool is_first = m_received == 0;
        return m_folder /
               (is_first ? m_group + ".json" : fmt::format("{}.{}.json", m_group, m_received));
    }

    bool read_next() {
        const fs::path path = next_path();
        ++m_files_read;
        BrowsePage page = parse(path);
        const std::size_t releases = page.received();
        m_pages.add(std::move(page), m_received);
        m_received += releases;
        return releases > 0;
    }

    BrowsePage parse(const fs::path& path) const {
        try {
            const std::string answer = read_file(path, m_options.max_body_bytes);
            if (m_options.on_answer) m_options.on_answer(answer);
            return parse_browse_page(answer);
        } catch (const SourceError& error) {
            if (error.meaning != Meaning::malformed) throw;
            throw answer_error(error.code, fmt::format("{}: {}", path.string(), error.what()));
        }
    }

    [[noreturn]] void refuse_missing() const {
        if (m_received > 0) refuse_incomplete();
        fail("not_found", fmt::format("no answer about release group {} was recorded: no {}",
                                      m_group, next_path().string()));
    }

    [[noreturn]] void refuse_incomplete() const {
        fail("incomplete",
             fmt::format("recorded are {} of {} releases; the next page would be {}",
                         m_pages.size(), m_pages.release_count(), next_path().string()));
    }

    fs::path m_folder;
    std::string m_group;
    const SourceOptions& m_options;
    ReleasePages m_pages;
    std::size_t m_received = 0;
    int m_files_read = 0;
};

class FileSource final : public ReleaseSource {
  public:
    FileSource(fs::path folder, SourceOptions options)
        : m_folder(std::move(folder)), m_options(std::move(options)) {}

    GroupReleases releases_of(const Mbid& release_group, std::stop_token stop) override {
        PageFiles files{m_folder, release_group, m_options};
        try {
            GroupReleases found = files.read(stop);
            check_oddities(found, m_options.odd_releases);
            if (!m_options.with_genres) leave_out_genres(found);
            return found;
        } catch (SourceError& error) {
            error.requests = files.files_read();
            throw;
        }
    }

    GroupReleases releases_of_group_with(const Mbid& release, std::stop_token) override {
        fail("unsupported",
             fmt::format("recorded answers do not tell which album release {} belongs to; "
                         "import the album by the MBID of its release group",
                         release.to_string()));
    }

    /// Of the recorded answers themselves; one that is not there whole cannot tell.
    GroupListings listings_of(std::span<const Mbid> release_groups, std::stop_token stop) override {
        GroupListings result;
        for (const Mbid& group : release_groups) {
            PageFiles files{m_folder, group, m_options};
            try {
                const GroupReleases found = files.read(stop);
                result.groups.push_back({group, listed_mbids(found.releases, found.oddities)});
            } catch (SourceError& error) {
                error.requests += result.requests;
                if (error.kind != ErrorKind::permanent) throw;
            }
            result.requests += files.files_read();
        }
        return result;
    }

  private:
    fs::path m_folder;
    SourceOptions m_options;
};

}  // namespace

std::unique_ptr<ReleaseSource> make_file_source(const std::string& folder,
                                                const SourceOptions& options) {
    std::error_code error;
    const fs::directory_iterator readable{folder, error};
    if (error) {
        throw Error(fmt::format("cannot read the folder of recorded answers {}: {}", folder,
                                error.message()));
    }
    return std::make_unique<FileSource>(folder, options);
}

}  // namespace pressings::source
