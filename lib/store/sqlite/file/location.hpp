#pragma once

#include <string>

namespace pressings::store::sqlite {

/// The path of the file that `location` names ("catalog.db", "sqlite:catalog.db",
/// "file:catalog.db"), behind all symbolic links, whether it is there or not: by every name it is
/// one database, with one log. UsageError if it cannot be a database.
std::string file_of(const std::string& location);

/// Whether `file` is the database at `location` or one of the files that belong to it, there or
/// not.
bool is_part_of(const std::string& location, const std::string& file);

/// Makes the folder of a database, if need be. StoreError if it cannot be made.
void make_folder(const std::string& path);

/// StoreError if there is no database, or a folder in its place. Only what says for certain that
/// there is none counts: not a folder that may not be searched.
void require_database(const std::string& path);
void refuse_folder(const std::string& path);

/// StoreError if the file lies on a network file system. A write-ahead log needs shared memory and
/// locks that work, between all who open the file.
void refuse_network(const std::string& path);

}  // namespace pressings::store::sqlite
