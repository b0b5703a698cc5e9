#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/album_match.hpp"
#include "domain/name_match.hpp"

/// What match_album compares, and when one group is closer than another. Other code asks that.
namespace pressings {

/// How well something that need not be known agrees with what was told.
enum class Agreement { same, unknown, other };

/// What of a group was compared with what was told.
struct Fit {
    const OfferedAlbum* offered = nullptr;
    std::optional<Closeness> title;
    std::optional<Closeness> credit;
    Agreement year = Agreement::same;
    Agreement type = Agreement::same;
    Agreement disambiguation = Agreement::same;
    int primary_rank = 0;     ///< Album 0, EP 1, Single 2, another 3
    int secondary_rank = 0;   ///< none 0, what it is for 1, not new or not whole 2, bootlegs 3
    int likeness = 0;         ///< 0 to 100: what title and artist share
    int credit_likeness = 0;  ///< what the artist shares
    bool is_doubtful = false;

    bool is_named() const { return title && credit; }
    bool is_meant() const {
        return is_named() && year != Agreement::other && type != Agreement::other && !is_doubtful;
    }
};

/// How each group fits what was told, each once.
std::vector<Fit> fits_of(const NamedAlbum& named, std::span<const OfferedAlbum> offered);

/// Of two that are meant: whether `a` is closer in something, and not less close in anything.
bool is_closer(const Fit& a, const Fit& b);

}  // namespace pressings
