#include "intake/libarchive.hpp"

#include "base/shared_library.hpp"
#include "base/sonames.hpp"

namespace pressings::intake {

namespace {

Libarchive load() {
    const SharedLibrary library{soname::k_archive};
    Libarchive archive{};
    library.find("archive_read_new", archive.read_new);
    library.find("archive_read_free", archive.read_free);
    library.find("archive_read_support_filter_gzip", archive.support_filter_gzip);
    library.find("archive_read_support_filter_xz", archive.support_filter_xz);
    library.find("archive_read_support_filter_bzip2", archive.support_filter_bzip2);
    library.find("archive_read_support_filter_zstd", archive.support_filter_zstd);
    library.find("archive_read_support_format_raw", archive.support_format_raw);
    library.find("archive_read_support_format_empty", archive.support_format_empty);
    library.find("archive_read_open", archive.open);
    library.find("archive_read_next_header", archive.next_header);
    library.find("archive_read_data", archive.read_data);
    library.find("archive_error_string", archive.error_string);
    library.find("archive_set_error", archive.set_error);
    return archive;
}

}  // namespace

const Libarchive& libarchive() {
    static const Libarchive archive = load();
    return archive;
}

}  // namespace pressings::intake
