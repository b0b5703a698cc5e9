#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include <sys/types.h>

namespace pressings::test {

/// Says what cannot be had here.
class NetworkMissing : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A network that is this process's own: a bridge, at which the process has an address, and hosts
/// plugged in to it. Nothing of it can be seen, or reached, from the machine's network, and this
/// process is no longer in that one. Needs root, or a kernel that lets users have namespaces.
class HostNetwork {
  public:
    /// To be called before there is another thread. NetworkMissing if it cannot be had.
    HostNetwork();

    /// Of this process.
    static const char* address() { return "10.77.0.1"; }
};

/// A host of that network: a network namespace with an address of its own, for as long as the
/// object, and a clock of its own where the kernel has that.
class Host {
  public:
    /// `number` is from 2 to 254, and the last part of its address. `clock_ahead_s`: of its
    /// monotonic clock, before this process's.
    explicit Host(int number, int clock_ahead_s = 0);
    /// Processes that were started there have to be gone. Whoever was connected with them does not
    /// hear of that if it is unplugged.
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    const std::string& address() const { return m_address; }
    /// To be run by this process: `arguments`, a path and what it is given, there.
    std::vector<std::string> command(const std::vector<std::string>& arguments) const;

    /// This process, which has one thread, is there from now on.
    void enter() const;

    /// No packet comes or goes any more, and nobody is told.
    void unplug();
    void plug_in();
    bool is_plugged_in() const { return m_is_plugged_in; }

  private:
    std::string m_address;
    std::string m_plug;  ///< the bridge's end of its cable
    int m_clock_ahead_s;
    pid_t m_holder = -1;  ///< a process that does nothing but be there
    bool m_is_plugged_in = false;
};

}  // namespace pressings::test
