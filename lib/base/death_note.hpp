#pragma once

#include <string>

#include "base/signal_stack.hpp"

namespace pressings {

/// While it lives, a death of this process by a fault of its own (abort, segmentation fault, bus
/// error, arithmetic error, illegal instruction) adds a line to the file `path`, making it if need
/// be: "`text` SIGNAL", the signal as a number. The process dies of the signal all the same.
/// Nothing is written by a death that a process cannot see, such as kill -9, nor by a thread
/// without a SignalStack that has used up its stack; the thread that makes the object has one. One
/// at a time: a second one takes the place of the first.
class DeathNote {
  public:
    DeathNote(std::string path, const std::string& text);
    ~DeathNote();
    DeathNote(const DeathNote&) = delete;
    DeathNote& operator=(const DeathNote&) = delete;

    /// Writes the line. Safe in a signal handler.
    void write(int signal_number) const;

  private:
    SignalStack m_stack;
    std::string m_path;
    std::string m_line;  ///< all of the line but the number
};

}  // namespace pressings
