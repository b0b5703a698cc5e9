#include "musicbrainz/libcurl.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include "base/error.hpp"

namespace pressings::musicbrainz {

namespace {

/// The name under which libcurl keeps its binary interface since 2006, and the one that Debian
/// gives it.
constexpr const char* k_name = "libcurl.so.4";

[[noreturn]] void throw_not_loaded() {
    const char* why = ::dlerror();
    throw Error(fmt::format("libcurl cannot be loaded: {}; requests over HTTP need Debian's "
                            "package libcurl4",
                            why == nullptr ? "unknown reason" : why));
}

template <typename Function>
void find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    if (function == nullptr) throw_not_loaded();
}

}  // namespace

Libcurl load_libcurl(const char* name) {
    void* library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw_not_loaded();
    Libcurl curl{};
    find(library, "curl_global_init", curl.global_init);
    find(library, "curl_easy_init", curl.easy_init);
    find(library, "curl_easy_cleanup", curl.easy_cleanup);
    find(library, "curl_easy_reset", curl.easy_reset);
    find(library, "curl_easy_setopt", curl.easy_setopt);
    find(library, "curl_easy_getinfo", curl.easy_getinfo);
    find(library, "curl_easy_header", curl.easy_header);
    find(library, "curl_easy_strerror", curl.easy_strerror);
    find(library, "curl_multi_init", curl.multi_init);
    find(library, "curl_multi_cleanup", curl.multi_cleanup);
    find(library, "curl_multi_setopt", curl.multi_setopt);
    find(library, "curl_multi_add_handle", curl.multi_add_handle);
    find(library, "curl_multi_remove_handle", curl.multi_remove_handle);
    find(library, "curl_multi_perform", curl.multi_perform);
    find(library, "curl_multi_poll", curl.multi_poll);
    find(library, "curl_multi_wakeup", curl.multi_wakeup);
    find(library, "curl_multi_info_read", curl.multi_info_read);
    find(library, "curl_slist_append", curl.slist_append);
    find(library, "curl_slist_free_all", curl.slist_free_all);
    return curl;
}

const Libcurl& libcurl() {
    static const Libcurl curl = load_libcurl(k_name);
    return curl;
}

}  // namespace pressings::musicbrainz
