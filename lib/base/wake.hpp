#pragma once

#include <csignal>
#include <optional>
#include <span>

#include "base/time.hpp"

namespace pressings {

/// Something that poll(2) can wait for and any thread can raise.
class WakeEvent {
  public:
    WakeEvent();
    ~WakeEvent();
    WakeEvent(const WakeEvent&) = delete;
    WakeEvent& operator=(const WakeEvent&) = delete;

    void raise();
    void clear();
    bool is_raised() const;
    int descriptor() const { return m_file; }

  private:
    int m_file;
};

/// What a signal asks of a worker.
enum class SignalRequest {
    stop,   ///< SIGTERM, SIGINT, SIGHUP
    pause,  ///< SIGTSTP, SIGUSR1: take nothing new
};

/// Receives signals as events, none missed between a check and a sleep; those that the process was
/// started to ignore stay ignored. Made before any other thread is, for it blocks the signals for
/// all of them (signalfd(2)). What came and was not taken is dropped with the object; the signals
/// stay blocked, so that who asks an ending process to stop does not change how it ends.
class SignalEvents {
  public:
    SignalEvents();
    ~SignalEvents();
    SignalEvents(const SignalEvents&) = delete;
    SignalEvents& operator=(const SignalEvents&) = delete;

    int descriptor() const { return m_file; }
    /// The next signal that came, if one did.
    std::optional<SignalRequest> next();

  private:
    int m_file;
};

/// Sleeps until one of the descriptors (-1: none) is readable, or `timeout_ms` have passed.
void wait_for(std::span<const int> descriptors, Millis timeout_ms);

}  // namespace pressings
