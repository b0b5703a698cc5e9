#include "mirror/load/load_mirror.hpp"

#include <filesystem>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "mirror/file/database.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror/file/mirror_swap.hpp"
#include "mirror/load/dump_intake.hpp"

namespace pressings::mirror {

namespace {

using Manner = LoadOptions::Manner;

constexpr DumpKind k_kinds[] = {DumpKind::release, DumpKind::release_group};

/// Which file is meant, and that it is still the same.
std::string identity_of(const std::string& path) {
    struct stat status {};
    if (path == "-" || ::stat(path.c_str(), &status) != 0) return "";
    return fmt::format("{} {} {}.{}", std::filesystem::absolute(path).string(), status.st_size,
                       status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

/// What a load is; nothing if it cannot be told again.
std::optional<std::string> plan_of(const LoadOptions& order) {
    const bool is_full = order.manner == Manner::full;
    std::string plan =
        fmt::format("{} over {}\n", is_full ? "full" : "incremental", identity_of(order.mirror));
    for (const std::string& dump : order.dumps) {
        const std::string identity = identity_of(dump);
        if (identity.empty()) return std::nullopt;
        plan += identity + '\n';
    }
    return plan;
}

/// One load, from the first dump to the mirror's new name.
class Load {
  public:
    Load(const LoadOptions& order, Clock& clock)
        : m_order(order), m_clock(clock), m_has_old(std::filesystem::exists(order.mirror)) {}

    std::vector<LoadedDump> run() {
        if (m_has_old) Mirror{m_order.mirror};  // what is no mirror is not replaced
        const LoadLock lock{m_order.mirror};
        begin();
        std::vector<LoadedDump> loaded;
        try {
            for (std::size_t i = 0; i < m_order.dumps.size(); ++i)
                loaded.push_back(take(static_cast<int>(i), loaded));
        } catch (const DumpError&) {
            m_writer.reset();
            remove_loading(m_order.mirror);
            throw;
        }
        if (m_order.manner == Manner::full) finish(loaded);
        m_writer->conclude();
        m_writer.reset();
        publish_loading(m_order.mirror);
        return loaded;
    }

  private:
    void begin() {
        const auto plan = plan_of(m_order);
        if (plan && resumes(*plan)) return;
        m_writer.reset();
        remove_loading(m_order.mirror);
        if (m_order.manner == Manner::incremental) {
            copy_to_loading(m_order.mirror);
        } else {
            make_loading(m_order.mirror);
        }
        m_writer = std::make_unique<MirrorWriter>(loading_path(m_order.mirror));
        m_writer->begin(plan.value_or(""));
    }

    /// Whether a load of the same was begun and can go on. What is damaged cannot.
    bool resumes(const std::string& plan) {
        if (!has_loading(m_order.mirror)) return false;
        try {
            m_writer = std::make_unique<MirrorWriter>(loading_path(m_order.mirror));
            return m_writer->plan() == plan;
        } catch (const SQLite::Exception&) {
            return false;
        }
    }

    LoadedDump take(int number, const std::vector<LoadedDump>& before) {
        LoadedDump loaded;
        loaded.dump = m_order.dumps[static_cast<std::size_t>(number)];
        InputProgress progress = m_writer->input(number);
        loaded.is_resumed = progress.lines > 0;
        if (!progress.is_done) {
            DumpIntake intake{m_order, number, *m_writer};
            progress = intake.run(progress);
            loaded.is_summed = intake.is_summed();
            loaded.first_odd = intake.first_odd();
        }
        loaded.kind = *progress.kind;
        loaded.documents = progress.documents;
        loaded.odd = progress.odd;
        loaded.facts = progress.facts;
        if (m_order.manner == Manner::full) {
            refuse_second(loaded, before);
            m_writer->set_dump(loaded.kind, loaded.facts, m_clock.now_ms(), 0, loaded.odd);
        } else {
            loaded.changes = m_writer->take_put_changes(loaded.kind);
            m_writer->set_dump(loaded.kind, loaded.facts, m_clock.now_ms(),
                               m_writer->incremental_dumps(loaded.kind) + 1,
                               m_writer->odd_documents(loaded.kind) + loaded.odd);
        }
        return loaded;
    }

    void refuse_second(const LoadedDump& loaded, const std::vector<LoadedDump>& before) const {
        for (const LoadedDump& other : before) {
            if (other.kind != loaded.kind) continue;
            throw DumpError(fmt::format("{} and {} are both dumps of {}s; load one of them",
                                        escape_controls(other.dump), escape_controls(loaded.dump),
                                        to_string(loaded.kind)));
        }
    }

    void finish(std::vector<LoadedDump>& loaded) {
        for (LoadedDump& dump : loaded) {
            dump.changes = m_writer->finish_kind(dump.kind);
            m_writer->compare(dump.kind, m_has_old ? m_order.mirror : "", dump.changes);
        }
        if (!m_has_old) return;
        for (const DumpKind kind : k_kinds)
            m_writer->take_over(kind, m_order.mirror);
    }

    const LoadOptions& m_order;
    Clock& m_clock;
    bool m_has_old;
    std::unique_ptr<MirrorWriter> m_writer;
};

}  // namespace

std::vector<LoadedDump> load_mirror(const LoadOptions& told, Clock& clock) {
    LoadOptions order = told;
    std::error_code error;
    const auto file =
        std::filesystem::weakly_canonical(std::filesystem::absolute(told.mirror), error);
    if (!error) order.mirror = file.string();
    if (order.manner == Manner::incremental && !std::filesystem::exists(order.mirror)) {
        throw Error(
            fmt::format("there is no mirror {} that an incremental dump could be put on; "
                        "load a full dump first",
                        escape_controls(told.mirror)));
    }
    return guarded(loading_path(order.mirror), [&] { return Load{order, clock}.run(); });
}

}  // namespace pressings::mirror
