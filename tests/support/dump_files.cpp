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
    State(std::string file, DumpForm told) : path(std::move(file)), form(std::move(told)) {
        const bool is_archive = path.find(".tar") != std::string::npos;
        if (is_archive && form.data_bytes) {
            open_archive();
            begin_member(writing, "mbdump/" + form.kind, *form.data_bytes);
            return;
        }
        lines_path = is_archive ? path + ".lines" : path;
        lines.open(lines_path, std::ios::binary);
    }
    ~State() {
        if (writing != nullptr) archive_write_free(writing);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void open_archive() {
        writing = archive_write_new();
        archive_write_set_format_ustar(writing);
        add_filter(writing, path);
        const std::string options = "compression-level=" + std::to_string(form.level);
        archive_write_set_options(writing, options.c_str());
        check(writing, archive_write_open_filename(writing, path.c_str()));
        add_member(writing, "TIMESTAMP", form.timestamp + "\n");
        add_member(writing, "COPYING", "CC0 1.0 Universal\n");
        add_member(writing, "README", "JSON dumps\n");
        add_member(writing, "REPLICATION_SEQUENCE", form.replication_sequence + "\n");
        add_member(writing, "SCHEMA_SEQUENCE", form.schema_sequence + "\n");
        for (const auto& [name, text] : form.extra_members)
            add_member(writing, name, text);
    }

    void write(std::string_view text) {
        if (writing == nullptr) {
            lines << text;
        } else if (archive_write_data(writing, text.data(), text.size()) < 0) {
            throw std::runtime_error(archive_error_string(writing));
        }
    }

    void finish() {
        if (writing == nullptr) {
            lines.close();
            if (lines_path == path) return;
            open_archive();
            add_file(writing, "mbdump/" + form.kind, lines_path);
            fs::remove(lines_path);
        }
        if (form.schema_number) {
            add_member(writing, "JSON_DUMPS_SCHEMA_NUMBER", *form.schema_number + "\n");
        }
        check(writing, archive_write_close(writing));
    }

    std::string path;
    DumpForm form;
    archive* writing = nullptr;
    std::string lines_path;
    std::ofstream lines;
    bool is_first = true;
};

DumpFile::DumpFile(std::string path, DumpForm form)
    : m_state(std::make_unique<State>(std::move(path), std::move(form))) {}

DumpFile::~DumpFile() = default;

void DumpFile::add(std::string_view document) {
    if (!m_state->is_first) m_state->write("\n");
    m_state->is_first = false;
    m_state->write(document);
}

void DumpFile::finish() {
    m_state->finish();
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
