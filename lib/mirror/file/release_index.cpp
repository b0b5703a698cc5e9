#include "mirror/file/release_index.hpp"

#include "mirror/file/mirror_sql.hpp"
#include "mirror/file/name_query.hpp"

namespace pressings::mirror {

void ReleaseIndex::stage(std::int64_t document, const GroupNames& names) {
    m_database.query(sql::k_add_release_titles)
        .bind(document, names.titles, names.artists, mbid_words(names.credited))
        .run();
}

void ReleaseIndex::sort() {
    m_database.execute(sql::k_index_release_names);
}

void ReleaseIndex::add(std::int64_t document, const GroupNames& names) {
    stage(document, names);
    m_database.query(sql::k_add_release_names).bind(document).run();
}

void ReleaseIndex::drop(std::int64_t document) {
    m_database.query(sql::k_drop_release_names).bind(document).run();
    m_database.query(sql::k_drop_release_titles).bind(document).run();
}

}  // namespace pressings::mirror
