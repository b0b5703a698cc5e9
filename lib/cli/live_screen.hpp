#pragma once

#include <string_view>

#include <termios.h>

#include "base/time.hpp"
#include "base/wake.hpp"

namespace pressings::cli {

/// The whole terminal, for something that is shown again and again in the same place. What was
/// there comes back with the object's end, whatever ends it but a kill.
class LiveScreen {
  public:
    /// UsageError naming `option` if standard input or output is no terminal.
    explicit LiveScreen(std::string_view option);
    ~LiveScreen();
    LiveScreen(const LiveScreen&) = delete;
    LiveScreen& operator=(const LiveScreen&) = delete;

    /// Shows as many of the lines as there is room for, in place of what was shown.
    void show(std::string_view text);

    /// Whether the time passed without a key or a signal to stop.
    bool wait(Millis time_ms);

  private:
    SignalEvents m_signals;
    termios m_before{};
};

}  // namespace pressings::cli
