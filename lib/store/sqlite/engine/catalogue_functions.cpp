#include "store/sqlite/engine/catalogue_functions.hpp"

#include <string>
#include <string_view>

#include <sqlite3.h>

#include "base/text.hpp"
#include "domain/plain_number.hpp"

namespace pressings::store::sqlite {

namespace {

template <std::string (*function)(std::string_view)>
void call(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* text = sqlite3_value_text(values[0]);
    if (text == nullptr) return;
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    try {
        const std::string result = function({reinterpret_cast<const char*>(text), size});
        sqlite3_result_text(context, result.data(), static_cast<int>(result.size()),
                            SQLITE_TRANSIENT);
    } catch (...) {
        sqlite3_result_error_nomem(context);
    }
}

template <std::string (*function)(std::string_view)>
void add(sqlite3* connection, const char* name) {
    sqlite3_create_function_v2(connection, name, 1,
                               SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                               &call<function>, nullptr, nullptr, nullptr);
}

}  // namespace

void add_catalogue_functions(sqlite3* connection) {
    add<fold>(connection, "fold");
    add<plain_barcode>(connection, "plain_barcode");
    add<plain_catalog_number>(connection, "plain_catalog_number");
}

}  // namespace pressings::store::sqlite
