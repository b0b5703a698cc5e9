#include "mirror_report.hpp"

#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/json_values.hpp"

namespace pressings {

namespace {

using Json = nlohmann::ordered_json;
using cli::or_null;
using cli::time_or_null;

std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::int64_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string shown_bytes(std::int64_t bytes) {
    const auto size = static_cast<double>(bytes);
    if (bytes < 1'000'000) return fmt::format("{:.1f} kB", size / 1e3);
    return bytes < 1'000'000'000 ? fmt::format("{:.1f} MB", size / 1e6)
                                 : fmt::format("{:.1f} GB", size / 1e9);
}

double ratio(const mirror::KindFacts& facts) {
    if (facts.packed_bytes == 0) return 0;
    return static_cast<double>(facts.json_bytes) / static_cast<double>(facts.packed_bytes);
}

std::optional<Millis> age_ms(const mirror::KindFacts& facts, Millis now_ms) {
    if (!facts.snapshot_ms) return std::nullopt;
    return std::max<Millis>(0, now_ms - *facts.snapshot_ms);
}

Json kind_json(const std::optional<mirror::KindFacts>& facts, Millis now_ms) {
    if (!facts) return nullptr;
    const auto age = age_ms(*facts, now_ms);
    return Json{{"documents", facts->documents},
                {"odd", facts->odd_documents},
                {"timestamp", or_null(facts->timestamp)},
                {"snapshot_at", time_or_null(facts->snapshot_ms)},
                {"age_s", age ? Json(*age / 1000) : Json(nullptr)},
                {"replication_sequence", or_null(facts->replication_sequence)},
                {"schema_sequence", or_null(facts->schema_sequence)},
                {"loaded_at", format_time(facts->loaded_at_ms)},
                {"incremental_dumps", facts->incremental_dumps},
                {"json_bytes", facts->json_bytes},
                {"packed_bytes", facts->packed_bytes}};
}

void print_kind(const char* title, const std::optional<mirror::KindFacts>& facts, Millis now_ms,
                cli::Output& output) {
    if (!facts) {
        output.line(fmt::format("{}: none; no dump of them was loaded", title));
        return;
    }
    output.line(fmt::format("{}: {}", title, grouped(facts->documents)));
    const auto age = age_ms(*facts, now_ms);
    output.line(fmt::format("  as of          {}{}",
                            facts->timestamp ? escape_controls(*facts->timestamp) : "unknown",
                            age ? fmt::format(" ({} ago)", format_duration(*age)) : ""));
    if (facts->odd_documents > 0) {
        output.line(fmt::format("  passed over    {}, odd", grouped(facts->odd_documents)));
    }
    if (facts->replication_sequence) {
        output.line(fmt::format("  replication    packet {}", *facts->replication_sequence));
    }
    output.line(
        fmt::format("  loaded         {}{}", format_time(facts->loaded_at_ms),
                    facts->incremental_dumps > 0
                        ? fmt::format(", {} incremental dumps on top", facts->incremental_dumps)
                        : ""));
    output.line(fmt::format("  JSON           {}, packed into {} ({:.1f}:1)",
                            shown_bytes(facts->json_bytes), shown_bytes(facts->packed_bytes),
                            ratio(*facts)));
}

}  // namespace

Json loaded_json(const mirror::LoadedDump& loaded) {
    return Json{{"dump", loaded.dump},
                {"kind", std::string{to_string(loaded.kind)}},
                {"documents", loaded.documents},
                {"odd", loaded.odd},
                {"timestamp", or_null(loaded.facts.timestamp)},
                {"replication_sequence", or_null(loaded.facts.replication_sequence)},
                {"added", loaded.changes.added},
                {"replaced", loaded.changes.replaced},
                {"unchanged", loaded.changes.unchanged},
                {"vanished", loaded.changes.vanished},
                {"repeated", loaded.changes.repeated},
                {"superseded", loaded.changes.superseded},
                {"resumed", loaded.is_resumed},
                {"checksum_verified", loaded.is_summed}};
}

std::string loaded_text(const mirror::LoadedDump& loaded) {
    const auto& changes = loaded.changes;
    std::string text =
        fmt::format("{}: {} {}s, {} new", escape_controls(loaded.dump), grouped(loaded.documents),
                    to_string(loaded.kind), grouped(changes.added));
    if (changes.replaced > 0) text += fmt::format(", {} replaced", grouped(changes.replaced));
    if (changes.unchanged > 0) text += fmt::format(", {} unchanged", grouped(changes.unchanged));
    if (changes.vanished > 0) text += fmt::format(", {} vanished", grouped(changes.vanished));
    if (loaded.odd > 0) text += fmt::format(", {} passed over as odd", grouped(loaded.odd));
    if (changes.repeated > 0) text += fmt::format(", {} twice", grouped(changes.repeated));
    if (loaded.is_summed) text += "; checksum verified";
    return text;
}

Json info_json(const mirror::MirrorFacts& facts, Millis now_ms) {
    return Json{{"releases", kind_json(facts.releases, now_ms)},
                {"release_groups", kind_json(facts.release_groups, now_ms)},
                {"groups_of_releases", facts.groups_of_releases},
                {"releases_without_group", facts.releases_without_group},
                {"groups_without_releases", facts.groups_without_releases},
                {"artists", facts.artists},
                {"dictionary_bytes", facts.dictionary_bytes},
                {"file_bytes", facts.file_bytes}};
}

void print_info(const mirror::MirrorFacts& facts, Millis now_ms, cli::Output& output) {
    print_kind("releases", facts.releases, now_ms, output);
    print_kind("release groups", facts.release_groups, now_ms, output);
    if (facts.releases && facts.release_groups) {
        output.line(fmt::format("releases without the document of their group: {}",
                                grouped(facts.releases_without_group)));
        output.line(fmt::format("release groups without releases: {}",
                                grouped(facts.groups_without_releases)));
    }
    if (facts.release_groups) {
        output.line(fmt::format("artists of release groups: {}", grouped(facts.artists)));
    }
    output.line(fmt::format("file: {}, dictionaries of {}", shown_bytes(facts.file_bytes),
                            shown_bytes(facts.dictionary_bytes)));
}

}  // namespace pressings
