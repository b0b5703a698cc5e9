// The lists of albums and releases.
#include <nlohmann/json.hpp>

#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "render/catalogue_json.hpp"
#include "render/columns.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

/// Writes a list as it comes, as JSON or as a table at its end.
template <typename Record>
class List {
  public:
    List(std::span<const render::Column<Record>> columns, std::vector<std::string> keys,
         const CatalogOptions& options, cli::Output& output)
        : m_options(options),
          m_output(output),
          m_keys(options.common.json ? render::choose_keys(columns, keys, options.columns)
                                     : std::vector<std::string>{}),
          m_table(options.common.json ? std::vector<render::Column<Record>>{}
                                      : render::choose_columns(columns, options.columns)) {}

    template <typename ToJson>
    void add(const Record& record, ToJson to_json) {
        ++m_lines;
        if (m_options.common.json) {
            m_output.json_line(render::with_keys(to_json(record), m_keys));
        } else {
            m_table.add(record);
        }
    }

    int finish() {
        if (!m_options.common.json) {
            m_table.table().print(m_output, cli::screen_of(m_options.common));
        }
        if (m_lines == 0) say_nothing_found();
        return cli::k_done;
    }

  private:
    const CatalogOptions& m_options;
    cli::Output& m_output;
    std::vector<std::string> m_keys;
    render::ListTable<Record> m_table;
    std::int64_t m_lines = 0;
};

}  // namespace

int albums_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    List<store::AlbumRecord> list{render::album_columns(), render::album_keys(), options, output};
    const auto filter = album_filter(options.filter, catalogue);
    catalogue.albums(filter, [&](const auto& album) { list.add(album, render::album_json); });
    return list.finish();
}

int releases_command(CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output) {
    List<store::ReleaseRecord> list{render::release_columns(), render::release_keys(), options,
                                    output};
    auto filter = release_filter(options.filter, catalogue);
    filter.with_tracks = options.tracks;
    catalogue.releases(filter,
                       [&](const auto& release) { list.add(release, render::release_json); });
    return list.finish();
}

}  // namespace pressings
