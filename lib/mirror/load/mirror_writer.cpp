#include "mirror/load/mirror_writer.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "mirror/file/mirror_sql.hpp"
#include "mirror/load/dump_kind_sql.hpp"
#include "mirror/load/loading_file.hpp"

namespace pressings::mirror {

namespace {

const std::string k_state = "state";
const std::string k_plan = "plan";
const std::string k_loading = "loading";
const std::string k_whole = "whole";

}  // namespace

struct MirrorWriter::State : LoadingFile {
    using LoadingFile::LoadingFile;

    /// A number in the row of the kind's dump.
    std::optional<std::int64_t> of_dump(DumpKind kind, int column) {
        Query row = database.query(sql::k_dump);
        return row.bind(name_of(kind)).step() ? row.maybe_integer(column) : std::nullopt;
    }

    void make_tables(DumpKind kind) {
        database.execute(tables_of(kind).make);
        if (kind == DumpKind::release) database.execute(sql::k_make_release_names);
    }

    /// From the mirror that this one takes the place of.
    void take_release_names() {
        database.execute(sql::k_make_release_names);
        database.execute(sql::k_take_release_names);
        releases.sort();
    }

    /// A kind that no dump was loaded of has its tables all the same, so that it can be asked for.
    void make_empty(DumpKind kind) {
        if (has_table(tables_of(kind).table)) return;
        make_tables(kind);
        database.execute(tables_of(kind).drop_staged);
        if (kind == DumpKind::release) database.execute(sql::k_index_releases);
    }
};

MirrorWriter::MirrorWriter(const std::string& path) : m_state(std::make_unique<State>(path)) {}
MirrorWriter::~MirrorWriter() = default;

std::optional<std::string> MirrorWriter::plan() {
    if (m_state->database.integer("PRAGMA application_id") != sql::k_application_id ||
        m_state->text_fact(k_state) != k_loading) {
        return std::nullopt;
    }
    return m_state->text_fact(k_plan);
}

void MirrorWriter::begin(const std::string& plan) {
    State& state = *m_state;
    state.begin();
    if (!state.has_table("facts")) {
        state.database.execute(sql::k_make_file);
        state.database.execute("PRAGMA application_id = 1349668194");
        static_assert(sql::k_version == 2);
        state.database.execute("PRAGMA user_version = 2");
    }
    state.database.execute("DELETE FROM inputs");
    state.run(sql::k_put_fact, k_state, k_loading);
    state.run(sql::k_put_fact, k_plan, plan);
    state.commit();
}

InputProgress MirrorWriter::input(int number) {
    InputProgress progress;
    Query reading = m_state->database.query(sql::k_input);
    if (!reading.bind(number).step()) return progress;
    if (const auto kind = reading.maybe_text(0)) {
        progress.kind =
            kind == name_of(DumpKind::release) ? DumpKind::release : DumpKind::release_group;
    }
    progress.lines = reading.integer(1);
    progress.odd = reading.integer(7);
    progress.documents = reading.integer(2);
    progress.facts = {reading.maybe_text(3), reading.maybe_integer(4), reading.maybe_integer(5)};
    progress.is_done = reading.integer(6) != 0;
    return progress;
}

void MirrorWriter::start_kind(DumpKind kind) {
    m_state->begin();
    if (!m_state->has_staged(kind)) m_state->make_tables(kind);
}

void MirrorWriter::continue_kind(DumpKind kind) {
    m_state->begin();
    m_state->learn_dictionaries();
    m_state->packers.at(static_cast<std::size_t>(kind)).reset();
}

bool MirrorWriter::has_dictionary(DumpKind kind) {
    return !m_state->latest_dictionary(kind).empty();
}

void MirrorWriter::add_dictionary(DumpKind kind, const std::string& dictionary) {
    const Bytes bytes{reinterpret_cast<const std::uint8_t*>(dictionary.data()), dictionary.size()};
    m_state->begin();
    if (!dictionary.empty()) m_state->run(sql::k_add_dictionary, name_of(kind), bytes);
    m_state->packers.at(static_cast<std::size_t>(kind)).emplace(dictionary);
}

void MirrorWriter::add(const DocumentKeys& keys, std::string_view json,
                       const DocumentParser& parser) {
    m_state->begin();
    const auto stored = m_state->store(keys.kind, json);
    if (keys.kind == DumpKind::release) {
        m_state->run(sql::k_add_new_release, keys.mbid, keys.release_group, stored.document,
                     stored.json_bytes, stored.packed_bytes);
        for (const std::string& key : parser.identifiers())
            m_state->run(sql::k_add_new_identifier, key, stored.document);
        if (const auto names = parser.other_names()) {
            m_state->releases.stage(stored.document, *names);
        }
    } else {
        m_state->run(sql::k_add_new_group, keys.mbid, stored.document, stored.json_bytes,
                     stored.packed_bytes);
        m_state->groups.add(stored.document, parser.names(), GroupIndex::Artists::staged);
        m_state->put_identifiers(keys.kind, stored.document, parser.identifiers());
    }
}

void MirrorWriter::put(const DocumentKeys& keys, std::string_view json,
                       const DocumentParser& parser) {
    State& state = *m_state;
    KindChanges& changes = state.put_changes.at(static_cast<std::size_t>(keys.kind));
    state.begin();
    if (const auto before = state.document_of(keys)) {
        if (state.document(keys.kind, *before) == json) {
            ++changes.unchanged;
            return;
        }
        state.drop_document(keys.kind, *before);
        ++changes.replaced;
    } else {
        ++changes.added;
    }
    const auto stored = state.store(keys.kind, json);
    if (keys.kind == DumpKind::release) {
        state.run(sql::k_put_release, keys.mbid, keys.release_group, stored.document,
                  stored.json_bytes, stored.packed_bytes);
        if (const auto names = parser.other_names()) state.releases.add(stored.document, *names);
    } else {
        state.run(sql::k_put_group, keys.mbid, stored.document, stored.json_bytes,
                  stored.packed_bytes);
        state.groups.add(stored.document, parser.names(), GroupIndex::Artists::sorted);
    }
    state.put_identifiers(keys.kind, stored.document, parser.identifiers());
}

void MirrorWriter::commit(int number, const InputProgress& progress) {
    m_state->begin();
    const auto kind = progress.kind ? std::optional{name_of(*progress.kind)} : std::nullopt;
    m_state->run(sql::k_put_input, std::int64_t{number}, kind, progress.lines, progress.documents,
                 progress.facts.timestamp, progress.facts.replication_sequence,
                 progress.facts.schema_sequence, std::int64_t{progress.is_done ? 1 : 0},
                 progress.odd);
    m_state->commit();
}

KindChanges MirrorWriter::take_put_changes(DumpKind kind) {
    return std::exchange(m_state->put_changes.at(static_cast<std::size_t>(kind)), {});
}

KindChanges MirrorWriter::finish_kind(DumpKind kind) {
    State& state = *m_state;
    KindChanges changes;
    if (!state.has_staged(kind)) return changes;  // done before the process was killed
    const KindTables& tables = tables_of(kind);
    state.begin();
    state.learn_dictionaries();
    state.database.execute(tables.sort);
    if (kind == DumpKind::release_group) state.groups.sort();
    if (kind == DumpKind::release) {
        state.database.execute(sql::k_sort_release_identifiers);
        state.releases.sort();
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> earlier;
    Query pairs = state.database.query(tables.earlier);
    while (pairs.step())
        earlier.emplace_back(pairs.integer(0), pairs.integer(1));
    for (const auto& [document, successor] : earlier) {
        const bool is_same = state.document(kind, document) == state.document(kind, successor);
        ++(is_same ? changes.repeated : changes.superseded);
        state.drop_document(kind, document);
    }
    state.database.execute(tables.drop_staged);
    if (kind == DumpKind::release) state.database.execute(sql::k_index_releases);
    state.commit();
    return changes;
}

void MirrorWriter::take_over(DumpKind kind, const std::string& mirror) {
    State& state = *m_state;
    if (state.has_table(tables_of(kind).table)) return;
    state.attach(mirror);
    state.begin();
    if (state.is_in_old(kind)) {
        const KindTables& tables = tables_of(kind);
        state.database.execute(tables.make);
        state.run(sql::k_take_dictionaries, name_of(kind));
        state.database.execute(tables.take);
        state.run(sql::k_take_dump, name_of(kind));
        state.learn_dictionaries();
        if (kind == DumpKind::release_group) state.groups.rebuild(state.unpacker, state.parser);
        if (kind == DumpKind::release) state.take_release_names();
        state.database.execute(tables.drop_staged);
        if (kind == DumpKind::release) state.database.execute(sql::k_index_releases);
    }
    state.commit();
    state.run(sql::k_detach);
}

void MirrorWriter::compare(DumpKind kind, const std::string& mirror, KindChanges& changes) {
    State& state = *m_state;
    const KindTables& tables = tables_of(kind);
    const std::int64_t now = state.database.integer(tables.sum);
    changes.added = now;
    if (mirror.empty()) return;
    state.attach(mirror);
    if (state.is_in_old(kind)) {
        changes.added = state.database.integer(tables.count_added);
        changes.vanished = state.database.integer(tables.count_old) - (now - changes.added);
    }
    state.run(sql::k_detach);
}

bool MirrorWriter::has_kind(DumpKind kind) {
    return m_state->database.query(sql::k_dump).bind(name_of(kind)).step();
}

std::optional<std::int64_t> MirrorWriter::replication_sequence(DumpKind kind) {
    return m_state->of_dump(kind, 1);
}

std::int64_t MirrorWriter::incremental_dumps(DumpKind kind) {
    return m_state->of_dump(kind, 4).value_or(0);
}

std::int64_t MirrorWriter::odd_documents(DumpKind kind) {
    return m_state->of_dump(kind, 5).value_or(0);
}

void MirrorWriter::set_dump(DumpKind kind, const DumpFacts& facts, Millis now_ms,
                            std::int64_t incremental_dumps, std::int64_t odd) {
    m_state->begin();
    m_state->run(sql::k_put_dump, name_of(kind), facts.timestamp, facts.replication_sequence,
                 facts.schema_sequence, now_ms, incremental_dumps, odd);
}

void MirrorWriter::conclude() {
    State& state = *m_state;
    state.begin();
    const auto note = [&](const std::string& name, std::int64_t value) {
        state.run(sql::k_put_fact, name, value);
    };
    for (const DumpKind kind : {DumpKind::release, DumpKind::release_group}) {
        state.make_empty(kind);
        Query sums = state.database.query(tables_of(kind).sum);
        sums.step();
        note(name_of(kind) + " documents", sums.integer(0));
        note(name_of(kind) + " json bytes", sums.integer(1));
        note(name_of(kind) + " packed bytes", sums.integer(2));
    }
    note("groups of releases", state.database.integer(sql::k_count_groups_of_releases));
    note("artists", state.database.integer(sql::k_count_artists));
    note("releases without group", state.database.integer(sql::k_count_releases_without_group));
    note("groups without releases", state.database.integer(sql::k_count_groups_without_releases));
    state.run(sql::k_put_fact, k_state, k_whole);
    state.commit();
    // Moves the log into the file; a reader that locks nothing could not read it there.
    state.database.execute("PRAGMA journal_mode = DELETE");
}

}  // namespace pressings::mirror
