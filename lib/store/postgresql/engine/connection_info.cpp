#include "store/postgresql/engine/connection_info.hpp"

#include <memory>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/postgresql/engine/libpq.hpp"

namespace pressings::store::postgresql {

namespace {

using Values = std::map<std::string, std::string>;

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { libpq().conninfo_free(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

Values values_of(const Options& options) {
    Values values;
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
        if (option->val != nullptr) values[option->keyword] = option->val;
    }
    return values;
}

Values parse(const std::string& location) {
    // What libpq says of an error quotes the string.
    const Options options{libpq().conninfo_parse(location.c_str(), nullptr)};
    if (!options) {
        throw UsageError(
            "--db: this is no address of a PostgreSQL database; write postgresql://USER@HOST/NAME, "
            "with signs such as @, :, / and % in a name or password as %40, %3A, %2F and %25");
    }
    return values_of(options);
}

/// A folder is where the server's socket lies.
std::string place(const std::string& host, const std::string& port) {
    if (host.empty()) return "this machine, port " + port;
    return host.front() == '/' ? fmt::format("{}, port {}", host, port)
                               : fmt::format("{}:{}", host, port);
}

/// For the server's start-up: see "options" of libpq. Ours stand last, where they win.
std::string start_options(const std::string& given, const Settings& settings) {
    if (settings.empty()) return given;
    // The server misses a host that vanished in the midst of a transaction before those who wait
    // for what it has locked give up; by itself it would in two hours.
    std::string options =
        "-ctcp_keepalives_idle=10 -ctcp_keepalives_interval=5 -ctcp_keepalives_count=3 "
        "-ctcp_user_timeout=25s";
    if (!given.empty()) options += " " + given;
    for (const auto& [name, value] : settings)
        options += fmt::format(" -c{}={}", name, value);
    return options;
}

}  // namespace

ConnectionInfo::ConnectionInfo(const std::string& location)
    : m_given(parse(location)),
      m_defaults(values_of(Options{libpq().conndefaults()})),
      m_name(make_name()) {}

std::string ConnectionInfo::value(const std::string& keyword) const {
    for (const Values* values : {&m_given, &m_defaults}) {
        const auto found = values->find(keyword);
        if (found != values->end() && !found->second.empty()) return found->second;
    }
    return "";
}

std::string ConnectionInfo::make_name() const {
    const std::string host = value("host").empty() ? value("hostaddr") : value("host");
    const std::string user = value("user");
    const std::string database = value("dbname").empty() ? user : value("dbname");
    return fmt::format("the database {} on {} (role {})", quote(database),
                       escape_controls(place(host, value("port"))), quote(user));
}

Values ConnectionInfo::parameters(Millis patience_ms, const Settings& settings) const {
    Values all{
        // A server that vanished without a word is noticed in half a minute.
        {"keepalives_idle", "10"}, {"keepalives_interval", "5"},
        {"keepalives_count", "3"}, {"tcp_user_timeout", std::to_string(patience_ms)},
        {"connect_timeout", "10"}, {"fallback_application_name", "pressings"},
    };
    for (auto& [keyword, ours] : all) {
        if (const std::string theirs = value(keyword); !theirs.empty()) ours = theirs;
    }
    for (const auto& [keyword, given] : m_given)
        all[keyword] = given;
    all["client_encoding"] = "UTF8";
    all["options"] = start_options(value("options"), settings);
    return all;
}

}  // namespace pressings::store::postgresql
