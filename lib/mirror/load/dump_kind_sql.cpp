#include "mirror/load/dump_kind_sql.hpp"

#include "mirror/file/mirror_sql.hpp"

namespace pressings::mirror {

namespace {

const KindTables k_releases{"releases",
                            "new_releases",
                            sql::k_make_releases,
                            sql::k_add_release_document,
                            sql::k_drop_release_document,
                            sql::k_release_document,
                            sql::k_release_key,
                            sql::k_sort_releases,
                            sql::k_earlier_releases,
                            sql::k_drop_staged_releases,
                            sql::k_sum_releases,
                            sql::k_take_releases,
                            sql::k_count_added_releases,
                            sql::k_count_old_releases};

const KindTables k_groups{"groups",
                          "new_groups",
                          sql::k_make_groups,
                          sql::k_add_group_document,
                          sql::k_drop_group_document,
                          sql::k_group_document,
                          sql::k_group_key,
                          sql::k_sort_groups,
                          sql::k_earlier_groups,
                          sql::k_drop_staged_groups,
                          sql::k_sum_groups,
                          sql::k_take_groups,
                          sql::k_count_added_groups,
                          sql::k_count_old_groups};

}  // namespace

const KindTables& tables_of(DumpKind kind) {
    return kind == DumpKind::release ? k_releases : k_groups;
}

}  // namespace pressings::mirror
