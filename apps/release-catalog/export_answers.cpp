#include <regex>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/output_folder.hpp"
#include "export_parts.hpp"
#include "filters.hpp"
#include "render/musicbrainz_json.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

constexpr std::int64_t k_releases_on_a_page = 100;                 // as the web service has it
constexpr std::size_t k_bytes_of_a_page = std::size_t{16} << 20U;  // a fourth of what is read

bool is_answer(const std::string& path) {
    static const std::regex k_answer{R"([0-9a-f-]{36}(\.\d+)?\.json)"};
    return std::regex_match(path, k_answer);
}

constexpr cli::FolderKind k_answers_kind{
    "export of this kind", ".pressings-answers",
    "Answers of release-catalog export, for release-worker --source file:. They are replaced as a "
    "whole when it is written again.\n",
    &is_answer, [](const std::string&) { return false; }};

/// The pages of one album.
class AnswerPages {
  public:
    AnswerPages(cli::OutputFolder& folder, const store::AlbumRecord& album)
        : m_folder(folder), m_album(album), m_group(album.album.mbid->to_string()) {}

    void add(const Release& release) {
        if (!m_releases.empty()) m_releases += ',';
        m_releases += cli::json_text(render::musicbrainz_json(release, m_album.album));
        ++m_on_page;
        if (m_on_page == k_releases_on_a_page || m_releases.size() > k_bytes_of_a_page) end_page();
    }

    /// An album without releases has a page as well.
    void finish() {
        if (m_on_page > 0 || m_offset == 0) end_page();
    }

  private:
    void end_page() {
        const std::string name = m_offset == 0 ? fmt::format("{}.json", m_group)
                                               : fmt::format("{}.{}.json", m_group, m_offset);
        m_folder.add(name, fmt::format("{{\"release-count\":{},\"release-offset\":{},"
                                       "\"releases\":[{}]}}\n",
                                       m_album.releases, m_offset, m_releases));
        m_offset += m_on_page;
        m_on_page = 0;
        m_releases.clear();
    }

    cli::OutputFolder& m_folder;
    const store::AlbumRecord& m_album;
    std::string m_group;
    std::string m_releases;
    std::int64_t m_on_page = 0;
    std::int64_t m_offset = 0;
};

bool has_kept_back(CatalogueReader& catalogue, std::int64_t album_id) {
    bool found = false;
    catalogue.oddities({album_id, 0}, [&](const store::OddityRecord& record) {
        found = found || !is_of_group(record.oddity);
    });
    return found;
}

void write_album(CatalogueReader& catalogue, const store::AlbumRecord& album,
                 cli::OutputFolder& folder, ExportCounts& counts) {
    AnswerPages pages{folder, album};
    store::ReleaseFilter all;
    all.album_id = album.id;
    all.with_tracks = true;
    catalogue.releases(all, [&](const store::ReleaseRecord& record) {
        pages.add(record.release);
        ++counts.releases;
    });
    pages.finish();
    ++counts.albums;
}

}  // namespace

void each_whole_album(CatalogueReader& catalogue, const store::Filter& filter, ExportCounts& counts,
                      const std::function<void(const store::AlbumRecord&)>& each) {
    catalogue.albums({filter, {}}, [&](const store::AlbumRecord& album) {
        if (!album.album.mbid || !album.imported_at_ms) {
            ++counts.never_imported;
        } else if (album.removed_at_ms) {
            ++counts.removed;
        } else if (has_kept_back(catalogue, album.id)) {
            ++counts.kept_back;
        } else {
            each(album);
        }
    });
}

ExportCounts write_answers(CatalogueReader& catalogue, const CatalogOptions& options,
                           const BeforeEach& before_each) {
    cli::OutputFolder folder{*options.exported.folder, k_answers_kind, "--folder"};
    const store::Filter filter = filter_of(options.filter, catalogue);
    ExportCounts counts;
    catalogue.in_one_view([&] {
        each_whole_album(catalogue, filter, counts, [&](const store::AlbumRecord& album) {
            before_each();
            write_album(catalogue, album, folder, counts);
        });
    });
    before_each();
    folder.publish();
    return counts;
}

}  // namespace pressings
