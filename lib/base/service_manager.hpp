#pragma once

#include <string>
#include <string_view>

namespace pressings {

/// The manager that started this process as a service, if one did: systemd, or what speaks its
/// protocol (sd_notify(3): datagrams to the socket that $NOTIFY_SOCKET names). Without one, all
/// calls do nothing; a datagram that cannot be sent is not an error.
class ServiceManager {
  public:
    ServiceManager();
    ~ServiceManager();
    ServiceManager(const ServiceManager&) = delete;
    ServiceManager& operator=(const ServiceManager&) = delete;

    bool is_there() const { return m_socket >= 0; }

    void ready();
    /// For its watchdog: to be called while the service gets on with its work.
    void alive();
    void stopping();
    /// A line for people, such as `systemctl status` shows.
    void status(std::string_view text);

  private:
    void send(std::string_view message);

    int m_socket = -1;
    std::string m_address;
};

}  // namespace pressings
