#include "source/ws2/list_walk.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;

/// Listed again from the middle of the pages before, if pages skipped something.
constexpr std::array<std::size_t, 2> k_starts{50, 25};

}  // namespace

std::size_t ListWalk::run(std::size_t begin, std::size_t end) {
    std::size_t offset = begin;
    do {
        const std::size_t limit = std::min(k_page_limit, end - offset);
        ListPage page = m_read(m_session.ask(
            fmt::format("{}&limit={}&offset={}&fmt=json", m_question, limit, offset)));
        // Past the end the count is no count.
        if (page.items.empty() && offset > 0) break;
        m_count = page.count;
        if (m_check != nullptr) m_check(m_count);
        if (page.items.empty()) break;
        offset += page.items.size();
        m_items.insert(page.items.begin(), page.items.end());
        for (Album& album : page.albums) {
            if (m_groups.insert(*album.mbid).second) m_albums.push_back(std::move(album));
        }
    } while (offset < std::min(m_count, end));
    return offset;
}

bool ListWalk::run_rest(std::size_t begin, std::size_t from, std::size_t end) {
    const auto expected = [&] {
        const std::size_t last = std::min(m_count, end);
        return last > begin ? last - begin : 0;
    };
    run(from, end);
    for (const std::size_t start : k_starts) {
        if (received() >= expected() || start >= expected()) continue;
        run(begin + start, end);
    }
    return received() >= expected();
}

}  // namespace pressings::source
