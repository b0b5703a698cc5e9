#include "run_context.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/log.hpp"
#include "cli/version.hpp"
#include "source/contact.hpp"
#include "source/host.hpp"

namespace pressings {

namespace {

/// As https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting asks.
std::string user_agent(const RunOptions& options) {
    const std::string contact = options.contact.empty() ? "no contact given" : options.contact;
    return fmt::format("Pressings/{} ( {} )", cli::k_version, contact);
}

/// The gate in front of a host, before the source that asks it.
void open_gate(const cli::CommonOptions& common, const RunOptions& options, const std::string& host,
               source::SourceOptions& source, RunContext& place) {
    const double rate = options.rate.value_or(source::default_rate(host));
    cli::log(cli::LogLevel::debug, fmt::format("at most {} requests a second to {}, as {}", rate,
                                               host, source.user_agent));
    place.slots = store::open_request_slots(cli::database_location(common),
                                            cli::store_options(common), system_clock());
    // A service counts the requests of an address.
    const std::string shared_by = options.egress.empty() ? host : host + '#' + options.egress;
    place.gate = std::make_unique<worker::SharedGate>(*place.slots, shared_by, rate, system_clock(),
                                                      place.heartbeat);
    source.gate = place.gate.get();
}

}  // namespace

source::SourceOptions source_options(const RunOptions& options) {
    source::SourceOptions source;
    source.user_agent = user_agent(options);
    source.with_genres = options.genres;
    source.odd_releases =
        options.strict ? source::OddReleases::refuse : source::OddReleases::keep_back;
    source.request_timeout_ms = cli::duration_option("--timeout", options.timeout);
    source.on_warning = [](const std::string& text) { cli::log(cli::LogLevel::warning, text); };
    return source;
}

void open_context(const cli::CommonOptions& common, const RunOptions& options,
                  source::SourceOptions source, RunContext& place) {
    const auto host = source::host_of(options.source);
    if (!host) {
        cli::log(cli::LogLevel::debug, "source " + options.source);
        place.source = source::make_source(options.source, source);
    }
    place.store = cli::open_store(common);
    if (host) {
        open_gate(common, options, *host, source, place);
        place.source = source::make_source(options.source, source);
    }
}

bool lacks_contact(const RunOptions& options) {
    const auto host = source::host_of(options.source);
    const bool is_named = !options.contact.empty() && !source::is_example(options.contact);
    return host && source::is_musicbrainz(*host) && !is_named;
}

void require_contact(const RunOptions& options) {
    if (!lacks_contact(options)) return;
    const std::string given =
        options.contact.empty() ? "" : fmt::format("; {} is an example", quote(options.contact));
    throw UsageError(
        fmt::format("musicbrainz.org wants to know whom to write to{}: give your mail address or "
                    "URL as --contact, in PRESSINGS_CONTACT, or as `contact` under "
                    "[release-worker] in the configuration",
                    given));
}

}  // namespace pressings
