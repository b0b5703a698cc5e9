#include "libmicrohttpd.hpp"

#include "base/shared_library.hpp"
#include "base/sonames.hpp"

namespace pressings {

namespace {

Libmicrohttpd load() {
    const SharedLibrary library{soname::k_microhttpd};
    Libmicrohttpd http{};
    library.find("MHD_start_daemon", http.start_daemon);
    library.find("MHD_stop_daemon", http.stop_daemon);
    library.find("MHD_get_connection_info", http.get_connection_info);
    library.find("MHD_get_connection_values_n", http.get_connection_values);
    library.find("MHD_create_response_from_buffer_with_free_callback_cls", http.create_response);
    library.find("MHD_add_response_header", http.add_response_header);
    library.find("MHD_queue_response", http.queue_response);
    library.find("MHD_destroy_response", http.destroy_response);
    return http;
}

}  // namespace

const Libmicrohttpd& libmicrohttpd() {
    static const Libmicrohttpd http = load();
    return http;
}

}  // namespace pressings
