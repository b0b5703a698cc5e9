#include "export_parts.hpp"
#include "filters.hpp"

namespace pressings {

using store::CatalogueReader;

ExportCounts write_tables(CatalogueReader& catalogue, const CatalogOptions& options,
                          render::RowSink& sink, const BeforeEach& before_each) {
    const store::Filter filter = filter_of(options.filter, catalogue);
    ExportCounts counts;
    const auto write = [&](const auto& record, std::int64_t& count) {
        before_each();
        render::write_rows(record, sink);
        ++count;
    };
    catalogue.in_one_view([&] {
        catalogue.albums({filter, {}}, [&](const auto& album) { write(album, counts.albums); });
        each_release(catalogue, {filter, false},
                     [&](const auto& release) { write(release, counts.releases); });
        catalogue.tracks({filter, true}, [&](const auto& track) { write(track, counts.tracks); });
    });
    return counts;
}

}  // namespace pressings
