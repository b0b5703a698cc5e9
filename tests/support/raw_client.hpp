#pragma once

#include <string>
#include <string_view>

namespace pressings::test {

/// A client on loopback that says and reads just what it is told to, nicely or not.
class RawClient {
  public:
    /// Connects. `receive_bytes` bounds what the kernel takes for it unread; 0: as usual.
    explicit RawClient(int port, int receive_bytes = 0);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// As much as the kernel takes now; how much that was.
    std::size_t send(std::string_view text) const;
    /// Whether the server has ended the connection. Reads nothing.
    bool is_closed() const;
    /// Sends a GET and reads the whole answer; "" if there is none, or none within 30 s.
    std::string get(const std::string& path) const;
    /// What comes until the connection ends; "" if it does not within 30 s.
    std::string read_to_the_end() const;

  private:
    int m_socket;
};

}  // namespace pressings::test
