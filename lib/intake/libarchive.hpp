#pragma once

#include <archive.h>
#include <archive_entry.h>

namespace pressings::intake {

/// The functions of libarchive that are used here. An import of a single album reads no file, and
/// would otherwise spend a fifth of its time on loading it.
struct Libarchive {
    decltype(&archive_read_new) read_new;
    decltype(&archive_read_free) read_free;
    decltype(&archive_read_support_filter_gzip) support_filter_gzip;
    decltype(&archive_read_support_filter_xz) support_filter_xz;
    decltype(&archive_read_support_filter_bzip2) support_filter_bzip2;
    decltype(&archive_read_support_filter_zstd) support_filter_zstd;
    decltype(&archive_read_support_format_raw) support_format_raw;
    decltype(&archive_read_support_format_empty) support_format_empty;
    decltype(&archive_read_open) open;
    decltype(&archive_read_next_header) next_header;
    decltype(&archive_read_data) read_data;
    decltype(&archive_error_string) error_string;
    decltype(&archive_set_error) set_error;
};

/// Loads libarchive when it is first called. LibraryError if it is not there.
const Libarchive& libarchive();

}  // namespace pressings::intake
