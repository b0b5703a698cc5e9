#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include "source/json/list_json.hpp"
#include "source/ws2/ws2_session.hpp"

namespace pressings::source {

/// Goes through a list that the service gives in pages, and keeps each release group once.
class ListWalk {
  public:
    /// `question` is asked with a limit and an offset: "/release-group?artist=…".
    ListWalk(Ws2Session& session, std::string question, ListPage (*read)(std::string_view json))
        : m_session(session), m_question(std::move(question)), m_read(read) {}

    /// From now on `check` is asked of each count that is told, and may throw.
    void check_count(void (*check)(std::size_t count)) { m_check = check; }

    /// Takes in what is new from `begin` up to `end` or the end of the list. Where it stopped.
    std::size_t run(std::size_t begin, std::size_t end);

    /// The same, and again from the middle of these pages where they skipped something: pages are
    /// cut in an order that has ties. Whether all of it came.
    bool run_whole(std::size_t begin, std::size_t end) { return run_rest(begin, begin, end); }

    /// The same where all up to `from` was taken in already.
    bool run_rest(std::size_t begin, std::size_t from, std::size_t end);

    /// Of the whole list, as last counted.
    std::size_t count() const { return m_count; }
    /// Items that came.
    std::size_t received() const { return m_items.size(); }
    std::vector<Album>& albums() { return m_albums; }

  private:
    Ws2Session& m_session;
    std::string m_question;
    ListPage (*m_read)(std::string_view json);
    void (*m_check)(std::size_t count) = nullptr;
    std::size_t m_count = 0;
    std::unordered_set<Mbid> m_items;
    std::unordered_set<Mbid> m_groups;
    std::vector<Album> m_albums;
};

}  // namespace pressings::source
