#pragma once

#include <string>

namespace pressings {

/// A file or a folder that is made beside its place and gets its name when it is whole. It is
/// hidden, made exclusively, and goes with the object unless it was published; what a killed
/// process left behind goes when the next draft for the same place is made.
class Draft {
  public:
    enum class Kind { file, folder };

    /// Makes an empty one beside `target`, whose links must have been followed already. It has the
    /// rights and the owner of what is at `target`, or else what the umask leaves. Error if it
    /// cannot be made.
    Draft(const std::string& target, Kind kind);
    /// Removes what was not published, with what SQLite may have put beside it.
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::string& path() const { return m_path; }
    int descriptor() const { return m_descriptor; }

    /// Brings a file, or the whole file system of a folder (for its files), to the disk. Error if
    /// that fails.
    void sync() const;
    /// Brings it to the disk and gives it the name `target`, in place of a file that is there, and
    /// brings that to the disk as well. Error if it cannot be done: then nothing has changed.
    void replace_target();
    /// Likewise under the name `path` in the same folder, where nothing may be: Error if something
    /// is.
    void publish_as(const std::string& path);
    /// The same, but that something is there is no error: then the draft stays one. Whether it was
    /// published.
    bool publish_if_new(const std::string& path);
    /// Removes it, whatever lies at its path by now.
    void remove();

  private:
    std::string m_target;
    std::string m_path;  ///< empty once it was published
    int m_descriptor = -1;
};

/// Renames, but never over something that is there. Whether it was done; else errno says why not.
bool rename_to_new(const std::string& from, const std::string& to);

/// Exchanges what two paths name in one step. Whether it was done; else errno says why not: EINVAL
/// or ENOSYS where the file system cannot.
bool exchange_names(const std::string& one, const std::string& other);

/// Brings the entries of the folder that `path` lies in to the disk. Error if that fails.
void sync_folder_of(const std::string& path);

}  // namespace pressings
