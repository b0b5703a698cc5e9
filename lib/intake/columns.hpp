#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/told_album.hpp"

namespace pressings::intake {

/// What the columns of a list mean. Their names are those of the fields of a record, or Discogs'
/// own, where the header is that of its export of a collection, a wantlist or an inventory.
class Columns {
  public:
    Columns() = default;
    explicit Columns(const std::vector<std::string>& header);

    std::size_t size() const { return m_puts.size(); }

    /// Whether there is what an album can be known by.
    bool name_albums() const;

    /// Whether a row may have so many fields: as many as the header, or fewer where nothing but
    /// unused ones of Discogs' are left out at its end, as Discogs itself does.
    bool may_have(std::size_t fields) const;

    /// What a row says. It must have `size()` fields, or as many as it may have.
    ToldAlbum read(const std::vector<std::string>& fields) const;

    /// The columns that are passed over, each once, as they are written.
    const std::vector<std::string>& unused() const { return m_unused; }

  private:
    using Put = void (*)(ToldAlbum& told, const std::string& field);
    bool has(std::string_view name) const;

    bool m_is_discogs = false;
    std::vector<std::string> m_names;  ///< in small letters
    std::vector<Put> m_puts;           ///< null: passed over
    std::vector<std::string> m_unused;
};

/// Whether a column of this name makes a text a list of albums: for telling formats apart.
bool is_telling_column(std::string_view name);

}  // namespace pressings::intake
