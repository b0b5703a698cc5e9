#pragma once

#include <memory>
#include <optional>
#include <string>

#include "options.hpp"
#include "source/release_source.hpp"
#include "store/open_store.hpp"
#include "store/request_slots.hpp"
#include "worker/shared_gate.hpp"

namespace pressings {

/// What a command that asks a source works with, in the order in which it may be taken down again.
struct RunContext {
    worker::Heartbeat heartbeat{system_clock()};
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::RequestSlots> slots;
    std::unique_ptr<worker::SharedGate> gate;  ///< none for a local source
    std::unique_ptr<source::ReleaseSource> source;
    std::unique_ptr<store::ChangeWatch> changes;
};

/// How the source is to be asked, for make_source.
source::SourceOptions source_options(const RunOptions& options);

/// Opens the catalogue, and the source behind the gate that all workers on it share. A local source
/// is opened first: without it nothing is made.
void open_context(const cli::CommonOptions& common, const RunOptions& options,
                  source::SourceOptions source, RunContext& place);

/// UsageError if musicbrainz.org is to be asked, and would not know whom to write to.
void require_contact(const RunOptions& options);

/// Whether that is so.
bool lacks_contact(const RunOptions& options);

}  // namespace pressings
