#pragma once

namespace pressings::store::sqlite {

/// Whether this version of SQLite (3.40.1 is 3040001) has the fix of the WAL-reset bug, by which a
/// commit beside a second checkpoint can corrupt a database: 3.51.3, and of the older branches
/// 3.50.7 and 3.44.6 (https://sqlite.org/wal.html).
constexpr bool has_wal_reset_fix(int version) {
    constexpr int k_fixed = 3'051'003;
    const bool in_3_50 = version >= 3'050'007 && version < 3'051'000;
    const bool in_3_44 = version >= 3'044'006 && version < 3'045'000;
    return version >= k_fixed || in_3_50 || in_3_44;
}

}  // namespace pressings::store::sqlite
