#pragma once

#include <microhttpd.h>

namespace pressings {

/// The functions of libmicrohttpd that are used here. Only `serve` needs it, and it brings a dozen
/// other libraries with it.
struct Libmicrohttpd {
    decltype(&::MHD_start_daemon) start_daemon;
    decltype(&::MHD_stop_daemon) stop_daemon;
    decltype(&::MHD_get_connection_info) get_connection_info;
    decltype(&::MHD_get_connection_values_n) get_connection_values;
    decltype(&::MHD_create_response_from_buffer_with_free_callback_cls) create_response;
    decltype(&::MHD_add_response_header) add_response_header;
    decltype(&::MHD_queue_response) queue_response;
    decltype(&::MHD_destroy_response) destroy_response;
};

/// Loads libmicrohttpd when it is first called, from any thread. LibraryError if it is not there.
const Libmicrohttpd& libmicrohttpd();

}  // namespace pressings
