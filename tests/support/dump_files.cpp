#include "support/dump_files.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <archive.h>
#include <archive_entry.h>

namespace pressings::test {

namespace fs = std::filesystem;

namespace {

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

void check(archive* writing, int result) {
    if (result == ARCHIVE_OK) return;
    throw std::runtime_error(archive_error_string(writing));
}

void begin_member(archive* writing, const std::string& name, std::size_t size) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    check(writing, archive_write_header(writing, entry));
    archive_entry_free(entry);
}

void add_member(archive* writing, const std::string& name, const std::string& text) {
    begin_member(writing, name, text.size());
    archive_write_data(writing, text.data(), text.size());
}

void add_file(archive* writing, const std::string& name, const std::string& path) {
    begin_member(writing, name, fs::file_size(path));
    std::ifstream file{path, std::ios::binary};
    std::array<char, 1 << 16> block{};
    while (file.read(block.data(), block.size()) || file.gcount() > 0) {
        archive_write_data(writing, block.data(), static_cast<std::size_t>(file.gcount()));
    }
}

void add_filter(archive* writing, const std::string& path) {
    const bool is_xz = ends_with(path, ".xz");
    if (is_xz) archive_write_add_filter_xz(writing);
    if (ends_with(path, ".bz2")) archive_write_add_filter_bzip2(writing);
    if (ends_with(path, ".gz")) archive_write_add_filter_gzip(writing);
    if (ends_with(path, ".zst")) archive_write_add_filter_zstd(writing);
}

}  // namespace

struct DumpFile::State {
    std::string path;
    DumpForm form;
    std::string lines_path;
    std::ofstream lines;
    bool is_first = true;
};

DumpFile::DumpFile(std::string path, DumpForm form) : m_state(new State) {
    m_state->path = std::move(path);
    m_state->form = std::move(form);
    const bool is_archive = m_state->path.find(".tar") != std::string::npos;
    m_state->lines_path = is_archive ? m_state->path + ".lines" : m_state->path;
    m_state->lines.open(m_state->lines_path, std::ios::binary);
}

DumpFile::~DumpFile() {
    delete m_state;
}

void DumpFile::add(const std::string& document) {
    if (!m_state->is_first) m_state->lines << '\n';
    m_state->is_first = false;
    m_state->lines << document;
}

void DumpFile::finish() {
    m_state->lines.close();
    if (m_state->lines_path == m_state->path) return;
    const DumpForm& form = m_state->form;
    archive* const writing = archive_write_new();
    archive_write_set_format_ustar(writing);
    add_filter(writing, m_state->path);
    archive_write_set_options(
        writing, ("compression-level=" + std::to_string(form.level)).c_str());
    check(writing, archive_write_open_filename(writing, m_state->path.c_str()));
    add_member(writing, "TIMESTAMP", form.timestamp + "\n");
    add_member(writing, "COPYING", "CC0 1.0 Universal\n");
    add_member(writing, "README", "JSON dumps\n");
    add_member(writing, "REPLICATION_SEQUENCE", form.replication_sequence + "\n");
    add_member(writing, "SCHEMA_SEQUENCE", form.schema_sequence + "\n");
    for (const auto& [name, text] : form.extra_members)
        add_member(writing, name, text);
    add_file(writing, "mbdump/" + form.kind, m_state->lines_path);
    if (form.schema_number) {
        add_member(writing, "JSON_DUMPS_SCHEMA_NUMBER", *form.schema_number + "\n");
    }
    check(writing, archive_write_close(writing));
    archive_write_free(writing);
    fs::remove(m_state->lines_path);
}

std::string write_dump(const std::string& path, const std::vector<std::string>& documents,
                       const DumpForm& form) {
    DumpFile dump{path, form};
    for (const std::string& document : documents)
        dump.add(document);
    dump.finish();
    return path;
}

void write_sums(const std::string& path) {
    const fs::path file{path};
    const std::string command = "cd '" + file.parent_path().string() + "' && sha256sum '" +
                                file.filename().string() + "' > SHA256SUMS";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("no sha256sum");
}

}  // namespace pressings::test
