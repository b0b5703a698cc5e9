# -DPRESSINGS_SQLITE=FOLDER builds with that SQLite in place of the system's: a folder with the
# amalgamation (sqlite3.c and sqlite3.h, https://sqlite.org/download.html), which is compiled into
# the tools, or the prefix of an installed one (include/sqlite3.h, lib/libsqlite3.a or .so).
# SQLiteCpp, which Debian has as an archive, then uses the same one.
set(PRESSINGS_SQLITE "" CACHE PATH "SQLite to build with: an amalgamation or a prefix [the system's]")
if(NOT PRESSINGS_SQLITE)
  return()
endif()

unset(SQLite3_LIBRARY CACHE)
unset(SQLite3_INCLUDE_DIR CACHE)
if(EXISTS ${PRESSINGS_SQLITE}/sqlite3.c)
  add_library(pressings_sqlite STATIC ${PRESSINGS_SQLITE}/sqlite3.c)
  target_include_directories(pressings_sqlite SYSTEM PUBLIC ${PRESSINGS_SQLITE})
  # What SQLiteCpp (column metadata) and the mirror (FTS5) want of it.
  target_compile_definitions(pressings_sqlite PRIVATE
    SQLITE_ENABLE_COLUMN_METADATA SQLITE_ENABLE_FTS5 SQLITE_THREADSAFE=1)
  target_link_libraries(pressings_sqlite PUBLIC m ${CMAKE_DL_LIBS} Threads::Threads)
  add_library(SQLite::SQLite3 INTERFACE IMPORTED)
  target_link_libraries(SQLite::SQLite3 INTERFACE pressings_sqlite)
  # For find_package, which SQLiteCpp calls too: it takes the target as it is.
  set(SQLite3_LIBRARY ${PRESSINGS_SQLITE}/sqlite3.c CACHE FILEPATH "")
  set(SQLite3_INCLUDE_DIR ${PRESSINGS_SQLITE} CACHE PATH "")
else()
  find_library(SQLite3_LIBRARY sqlite3 REQUIRED NO_DEFAULT_PATH
    PATHS ${PRESSINGS_SQLITE} PATH_SUFFIXES lib lib64 lib/${CMAKE_LIBRARY_ARCHITECTURE})
  find_path(SQLite3_INCLUDE_DIR sqlite3.h REQUIRED NO_DEFAULT_PATH
    PATHS ${PRESSINGS_SQLITE} PATH_SUFFIXES include)
  set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)
endif()
