#pragma once

#include <string_view>
#include <vector>

#include "mirror/load/load_mirror.hpp"
#include "mirror/load/mirror_writer.hpp"

namespace pressings::mirror {

/// Takes one dump in: a thread reads and unpacks it, the caller's parses, packs and writes. Inside
/// this room only.
class DumpIntake {
  public:
    /// `order` and `writer` must outlive it; `number` is of the dump in the order.
    DumpIntake(const LoadOptions& order, int number, MirrorWriter& writer);

    /// Goes on behind `progress`, commits now and then, and ends with a dump that is whole.
    InputProgress run(InputProgress progress);

    bool is_summed() const { return m_reader.is_summed(); }

    /// Where and why the first document was passed over; "" if none was.
    const std::string& first_odd() const { return m_first_odd; }

  private:
    void take(LineBatch batch);
    void learn(LineBatch batch);
    void flush_samples();
    void write(const LineBatch& batch);
    DumpKind kind_of(const LineBatch& batch);
    DocumentKeys keys_of(const LineBatch& batch, std::size_t line);
    void write(const LineBatch& batch, std::size_t line);
    void check_odd() const;
    void set_kind(DumpKind kind);
    void check_follows(DumpKind kind);
    void commit();
    void report();

    const LoadOptions& m_order;
    int m_number;
    MirrorWriter& m_writer;
    DumpReader m_reader;
    DocumentParser m_parser;
    InputProgress m_progress;
    std::optional<DumpKind> m_kind;    ///< once it is known, and its tables are ready
    std::vector<LineBatch> m_samples;  ///< not written yet, for there is no dictionary yet
    std::size_t m_sample_bytes = 0;
    bool m_has_dictionary = false;
    int m_uncommitted = 0;
    std::string m_first_odd;
};

}  // namespace pressings::mirror
