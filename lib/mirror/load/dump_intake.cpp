#include "mirror/load/dump_intake.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/read_ahead.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_batches_ahead = 6;

/// About so many megabytes of JSON are lost by a kill.
constexpr int k_batches_a_commit = 16;

/// What a dictionary is learnt from. Longer documents are too few to be worth their time.
constexpr std::size_t k_sample_bytes = std::size_t{8} << 20U;
constexpr std::size_t k_longest_sample = std::size_t{256} << 10U;

constexpr std::int64_t k_most_odd = 10;
constexpr std::int64_t k_documents_an_odd_one = 100;

}  // namespace

DumpIntake::DumpIntake(const LoadOptions& order, int number, MirrorWriter& writer)
    : m_order(order),
      m_number(number),
      m_writer(writer),
      m_reader(order.dumps[static_cast<std::size_t>(number)]) {}

InputProgress DumpIntake::run(InputProgress progress) {
    m_progress = std::move(progress);
    {
        ReadAhead<LineBatch> ahead{k_batches_ahead, [this] { return m_reader.next(); }};
        while (auto batch = ahead.next()) {
            if (batch->next_line - 1 > m_progress.lines) take(std::move(*batch));
            report();
        }
    }
    flush_samples();
    if (!m_kind) {
        throw DumpError(
            fmt::format("{} has no documents; nothing was taken from it", m_reader.name()));
    }
    check_odd();
    m_progress.facts = m_reader.facts();
    m_progress.is_done = true;
    if (m_order.manner == LoadOptions::Manner::incremental) check_follows(*m_kind);
    commit();
    return m_progress;
}

void DumpIntake::take(LineBatch batch) {
    if (!m_kind) set_kind(batch.kind ? *batch.kind : kind_of(batch));
    if (m_has_dictionary) {
        write(batch);
    } else {
        learn(std::move(batch));
    }
}

void DumpIntake::learn(LineBatch batch) {
    m_sample_bytes += batch.text.size();
    m_samples.push_back(std::move(batch));
    if (m_sample_bytes >= k_sample_bytes) flush_samples();
}

void DumpIntake::flush_samples() {
    if (m_samples.empty()) return;
    std::vector<std::string_view> samples;
    for (const LineBatch& batch : m_samples) {
        for (std::size_t i = 0; i < batch.lines.size(); ++i) {
            if (batch.lines[i].size <= k_longest_sample) samples.push_back(batch.line(i));
        }
    }
    m_writer.add_dictionary(*m_kind, train_dictionary(samples));
    m_has_dictionary = true;
    for (const LineBatch& batch : std::exchange(m_samples, {}))
        write(batch);
}

void DumpIntake::write(const LineBatch& batch) {
    for (std::size_t i = 0; i < batch.lines.size(); ++i) {
        if (batch.numbers[i] > m_progress.lines) write(batch, i);
    }
    m_progress.lines = batch.next_line - 1;
    if (++m_uncommitted >= k_batches_a_commit) commit();
}

void DumpIntake::write(const LineBatch& batch, std::size_t line) {
    std::optional<DocumentKeys> keys;
    try {
        keys = keys_of(batch, line);
    } catch (const OddDocument& odd) {
        if (m_first_odd.empty()) m_first_odd = odd.what();
        ++m_progress.odd;
        return;
    }
    const std::string_view json = keys->boxed ? *keys->boxed : batch.line(line);
    if (m_order.manner == LoadOptions::Manner::full) {
        m_writer.add(*keys, json, m_parser);
    } else {
        m_writer.put(*keys, json, m_parser);
    }
    ++m_progress.documents;
}

/// One odd document is a matter of its own; many tell of another kind of dump.
void DumpIntake::check_odd() const {
    const bool are_many = m_progress.odd > k_most_odd &&
                          m_progress.odd > m_progress.documents / k_documents_an_odd_one;
    if (m_progress.odd == 0 || (m_progress.documents > 0 && !are_many)) return;
    throw DumpError(
        fmt::format("{}; {} of {} documents are of no use, and nothing of this dump was "
                    "taken",
                    m_first_odd.empty() ? m_reader.name() : m_first_odd, m_progress.odd,
                    m_progress.odd + m_progress.documents));
}

/// Of the first document that tells.
DumpKind DumpIntake::kind_of(const LineBatch& batch) {
    for (std::size_t i = 0; i + 1 < batch.lines.size(); ++i) {
        try {
            return keys_of(batch, i).kind;
        } catch (const OddDocument&) {
            continue;
        }
    }
    return keys_of(batch, batch.lines.size() - 1).kind;
}

DocumentKeys DumpIntake::keys_of(const LineBatch& batch, std::size_t line) {
    const auto place = [&] { return m_reader.place(batch.member, batch.numbers[line]); };
    try {
        DocumentKeys keys = m_parser.keys(batch.line(line));
        const auto expected = m_kind ? m_kind : batch.kind;
        if (expected && keys.kind != *expected) {
            throw OddDocument(
                fmt::format("is a {} among {}s", to_string(keys.kind), to_string(*expected)));
        }
        return keys;
    } catch (const OddDocument& odd) {
        throw OddDocument(fmt::format("{} {}", place(), odd.what()));
    } catch (const DumpError& error) {
        throw DumpError(
            fmt::format("{} {}; nothing of this dump was taken", place(), error.what()));
    }
}

void DumpIntake::set_kind(DumpKind kind) {
    m_kind = kind;
    m_progress.kind = kind;
    if (m_order.manner == LoadOptions::Manner::full) {
        m_writer.start_kind(kind);
        m_has_dictionary = m_writer.has_dictionary(kind);
        return;
    }
    if (!m_writer.has_kind(kind)) {
        throw DumpError(
            fmt::format("{}: the mirror has no {}s that these could be put among; "
                        "load a full dump of them first",
                        m_reader.name(), to_string(kind)));
    }
    m_writer.continue_kind(kind);
    m_has_dictionary = true;
}

/// The packets of MusicBrainz's replication are numbered; a dump holds what one of them changed.
void DumpIntake::check_follows(DumpKind kind) {
    const auto before = m_writer.replication_sequence(kind);
    const auto number = m_progress.facts.replication_sequence;
    if (!before || !number) {
        throw DumpError(
            fmt::format("{}: it cannot be told whether it follows what the mirror has, "
                        "for {} no REPLICATION_SEQUENCE",
                        m_reader.name(), before ? "it has" : "the mirror's dump had"));
    }
    if (*number <= *before) {
        throw DumpError(
            fmt::format("{} is of replication packet {}, and the mirror has packet {} "
                        "already",
                        m_reader.name(), *number, *before));
    }
    if (*number > *before + 1 && m_order.gap == LoadOptions::Gap::refuse) {
        throw DumpError(
            fmt::format("{} is of replication packet {}, and the mirror is at {}: "
                        "load those between first, or say --allow-gap",
                        m_reader.name(), *number, *before));
    }
}

void DumpIntake::commit() {
    m_writer.commit(m_number, m_progress);
    m_uncommitted = 0;
}

void DumpIntake::report() {
    if (!m_order.on_progress) return;
    m_order.on_progress(
        {m_reader.name(), m_progress.documents, m_reader.bytes_read(), m_reader.size()});
}

}  // namespace pressings::mirror
