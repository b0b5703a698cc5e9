#pragma once

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/wake.hpp"
#include "store/request_slots.hpp"
#include "support/open_catalogue.hpp"
#include "worker/drain.hpp"

namespace pressings::test {

/// A drain on a thread of its own, led by a test from turn to turn: it sleeps for real, but on a
/// clock that the test moves. The catalogue's store is the drain's while it lives.
class LedDrain {
  public:
    LedDrain(OpenCatalogue& catalogue, source::ReleaseSource& source,
             const worker::DrainOptions& options, SignalEvents* signals = nullptr)
        : m_heartbeat(catalogue.clock),
          m_drain(catalogue.store->queue(), source, catalogue.clock, m_heartbeat, options, signals,
                  &m_changes),
          m_thread([this] { run(); }) {}

    /// Lets the drain do all that is to be done at this moment; what it begins may still go on.
    void turn() {
        for (int times = 0; times < 3; ++times)
            m_changes.let_look();
    }
    /// Waits for its end.
    worker::DrainSummary end() {
        if (m_thread.joinable()) m_thread.join();
        return m_summary;
    }

  private:
    /// Wakes the drain whenever the test wants, and has never seen a change.
    class Changes final : public store::ChangeWatch {
      public:
        int descriptor() const override { return m_event.descriptor(); }
        bool changed() override {
            const std::lock_guard guard{m_mutex};
            m_event.clear();
            ++m_looks;
            m_looked.notify_all();
            return false;
        }
        void let_look() {
            std::unique_lock lock{m_mutex};
            const int before = m_looks;
            m_event.raise();
            m_looked.wait(lock, [&] { return m_looks > before || m_over; });
        }
        void end() {
            const std::lock_guard guard{m_mutex};
            m_over = true;
            m_looked.notify_all();
        }

      private:
        WakeEvent m_event;
        std::mutex m_mutex;
        std::condition_variable m_looked;
        int m_looks = 0;
        bool m_over = false;
    };

    void run() {
        m_summary = m_drain.run([](const worker::AttemptReport&) {});
        m_changes.end();
    }

    worker::Heartbeat m_heartbeat;
    Changes m_changes;
    worker::Drain m_drain;
    worker::DrainSummary m_summary;
    std::jthread m_thread;
};

/// A gate that fetches wait at until a test opens it, or they are told to stop.
class HeldFetches {
  public:
    /// Waits; SourceError if it was told to stop.
    void wait(std::stop_token stop) {
        std::unique_lock lock{m_mutex};
        ++m_arrived;
        m_changed.notify_all();
        m_changed.wait(lock, stop, [this] { return m_is_open; });
        if (!stop.stop_requested()) return;
        m_was_stopped = true;
        throw source::SourceError(source::ErrorKind::stopped, "stopped", "told to stop");
    }
    void wait_for_arrivals(int fetches) {
        std::unique_lock lock{m_mutex};
        m_changed.wait(lock, [&] { return m_arrived >= fetches; });
    }
    void open() {
        const std::lock_guard guard{m_mutex};
        m_is_open = true;
        m_changed.notify_all();
    }
    bool was_stopped() {
        const std::lock_guard guard{m_mutex};
        return m_was_stopped;
    }

  private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    int m_arrived = 0;
    bool m_is_open = false;
    bool m_was_stopped = false;
};

}  // namespace pressings::test
