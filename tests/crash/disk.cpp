#include "crash/disk.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <sys/stat.h>

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

std::uint64_t inode_of(const fs::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0)
        throw std::runtime_error("cannot see " + path.string());
    return status.st_ino;
}

std::string content_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return text.str();
}

int pick(std::mt19937_64& random, int least, int most) {
    return std::uniform_int_distribution<int>{least, most}(random);
}

/// How much of what was not synced is there: nothing, some of it, most of it, all of it.
class Luck {
  public:
    explicit Luck(std::mt19937_64& random)
        : m_random(random),
          m_percent(std::array{0, 30, 70, 100}.at(static_cast<std::size_t>(pick(random, 0, 3)))) {}
    bool holds() { return pick(m_random, 1, 100) <= m_percent; }

  private:
    std::mt19937_64& m_random;
    int m_percent;
};

void resize(std::string& content, std::size_t size) {
    content.resize(size, '\0');
}

/// Writes the sectors that luck will have; the file may have grown by those that it will not.
void write_sectors(std::string& content, const Change& change, std::size_t sector, Luck& luck) {
    const auto begin = static_cast<std::size_t>(change.offset);
    const std::size_t end = begin + change.data.size();
    for (std::size_t at = begin; at < end;) {
        const std::size_t next = std::min(end, (at / sector + 1) * sector);
        const bool kept = luck.holds();
        if (content.size() < next && (kept || luck.holds())) resize(content, next);
        if (kept) content.replace(at, next - at, change.data, at - begin, next - at);
        at = next;
    }
}

void apply_whole(std::string& content, const Change& change) {
    const auto at = static_cast<std::size_t>(change.offset);
    if (change.kind == preload_truncated) return resize(content, at);
    if (content.size() < at + change.data.size()) resize(content, at + change.data.size());
    content.replace(at, change.data.size(), change.data);
}

std::string content_after(const std::string& synced, const std::vector<Change>& unsynced,
                          std::mt19937_64& random) {
    std::string content = synced;
    const std::size_t sector = pick(random, 0, 1) == 0 ? 512 : 4096;
    Luck luck{random};
    for (const Change& change : unsynced) {
        if (change.kind == preload_written) {
            write_sectors(content, change, sector, luck);
        } else if (luck.holds()) {
            apply_whole(content, change);
        }
    }
    return content;
}

/// Shared memory is nowhere on a disk; what stands in its file is whatever stood there.
std::string garbage(std::mt19937_64& random) {
    std::string bytes(static_cast<std::size_t>(pick(random, 0, 2)) * 16384, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random());
    return bytes;
}

}  // namespace

Disk::Disk(const fs::path& root) : m_root(root), m_root_inode(inode_of(root)) {
    scan(root, m_root_inode);
    m_synced = m_names;
}

void Disk::scan(const fs::path& folder, Inode inode) {
    m_folders[inode] = true;
    for (const auto& entry : fs::directory_iterator{folder}) {
        const Inode found = inode_of(entry.path());
        m_names[{inode, entry.path().filename().string()}] = found;
        if (entry.is_directory()) {
            scan(entry.path(), found);
        } else {
            m_files[found].synced = content_of(entry.path());
        }
    }
}

void Disk::apply(const Change& change) {
    switch (change.kind) {
        case preload_said:
            return;
        case preload_written:
        case preload_truncated: {
            const auto file = m_files.find(change.inode);
            if (file != m_files.end()) file->second.unsynced.push_back(change);
            return;
        }
        case preload_synced:
            return sync(change.inode);
        case preload_all_synced:
            return sync_all();
        case preload_created:
            m_files[change.inode] = {};  // the number may have been another's
            return change_name(change);
        case preload_folder_made:
            m_folders[change.inode] = true;
            return change_name(change);
        case preload_renamed:
        case preload_exchanged:
        case preload_linked:
        case preload_removed:
            return change_name(change);
    }
}

Disk::Name Disk::name_of(const std::string& path) const {
    Name name{m_root_inode, ""};
    for (const fs::path& part : fs::path{path}.lexically_normal().lexically_relative(m_root)) {
        if (!name.second.empty()) name.first = m_names.at(name);
        name.second = part.string();
    }
    return name;
}

void Disk::change_name(const Change& change) {
    NameChange named{change.kind, name_of(change.path)};
    if (!change.data.empty()) named.other = name_of(change.data);
    const auto known = m_names.find(named.name);
    named.inode = known != m_names.end() ? known->second : change.inode;
    if (change.kind == preload_created || change.kind == preload_folder_made) {
        named.inode = change.inode;
    }
    apply(m_names, named);
    m_unsynced.push_back(std::move(named));
}

void Disk::apply(Names& names, const NameChange& change) {
    switch (change.kind) {
        case preload_exchanged: {
            const Inode first = names[change.name];
            names[change.name] = names[change.other];
            names[change.other] = first;
            return;
        }
        case preload_renamed:
            names.erase(change.name);
            names[change.other] = change.inode;
            return;
        case preload_linked:
            names[change.other] = change.inode;
            return;
        case preload_removed:
            names.erase(change.name);
            return;
        default:
            names[change.name] = change.inode;
    }
}

void Disk::sync(Inode inode) {
    if (const auto file = m_files.find(inode); file != m_files.end()) {
        for (const Change& change : file->second.unsynced)
            apply_whole(file->second.synced, change);
        file->second.unsynced.clear();
        return;
    }
    std::vector<NameChange> rest;
    for (const NameChange& change : m_unsynced) {
        if (change.name.first == inode || change.other.first == inode) {
            apply(m_synced, change);
        } else {
            rest.push_back(change);
        }
    }
    m_unsynced = std::move(rest);
}

void Disk::sync_all() {
    for (const auto& [inode, file] : m_files)
        sync(inode);
    m_synced = m_names;
    m_unsynced.clear();
}

Disk::Names Disk::some_names(std::mt19937_64& random) const {
    Names names = m_synced;
    Luck luck{random};
    const bool in_order = pick(random, 0, 1) == 0;
    for (const NameChange& change : m_unsynced) {
        if (luck.holds()) {
            apply(names, change);
        } else if (in_order) {
            break;
        }
    }
    return names;
}

void Disk::restore(std::mt19937_64& random) const {
    for (const auto& entry : fs::directory_iterator{m_root})
        fs::remove_all(entry);
    write_folder(some_names(random), m_root_inode, m_root, random);
}

void Disk::write_folder(const Names& names, Inode inode, const fs::path& path,
                        std::mt19937_64& random) const {
    for (auto name = names.lower_bound({inode, ""}); name != names.end(); ++name) {
        if (name->first.first != inode) return;
        const fs::path whole = path / name->first.second;
        if (m_folders.contains(name->second)) {
            fs::create_directory(whole);
            write_folder(names, name->second, whole, random);
        } else if (const auto file = m_files.find(name->second); file != m_files.end()) {
            const bool shared = whole.string().ends_with("-shm");
            std::ofstream{whole, std::ios::binary}
                << (shared ? garbage(random)
                           : content_after(file->second.synced, file->second.unsynced, random));
        }
    }
}

}  // namespace pressings::test
