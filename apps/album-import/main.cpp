#include <deque>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/log.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "domain/new_editions.hpp"
#include "intake/import_albums.hpp"
#include "intake/told_album.hpp"
#include "options.hpp"
#include "report.hpp"
#include "settling.hpp"
#include "watches.hpp"

namespace pressings {

namespace {

/// The albums named on the command line, as the records of a batch.
class NamedAlbums final : public intake::RecordReader {
  public:
    explicit NamedAlbums(const ImportRequest& request) {
        for (const std::string& album : request.albums) {
            if (intake::read_list_reference(album)) {
                ++m_count;  // see add_lists
                continue;
            }
            add(album, intake::read_reference(album, request.defaults));
        }
        if (request.tells_album()) add(told_text(request), make_told(request));
    }

    std::optional<intake::Record> next() override {
        if (m_records.empty()) return std::nullopt;
        intake::Record record = std::move(m_records.front());
        m_records.pop_front();
        return record;
    }

  private:
    static intake::ReadAlbum make_told(const ImportRequest& request) {
        intake::ToldAlbum told;
        told.artist = request.artist;
        told.title = request.title;
        if (request.year) told.year = std::to_string(*request.year);
        told.barcode = request.barcode;
        told.disc_id = request.disc_id;
        if (request.catno) told.catnos = {*request.catno};
        if (request.label) told.labels = {*request.label};
        return intake::make_album(told, request.defaults);
    }

    static std::string told_text(const ImportRequest& request) {
        std::string text;
        for (const auto* part : {&request.artist, &request.title, &request.barcode, &request.catno,
                                 &request.label, &request.disc_id}) {
            if (*part) text += (text.empty() ? "" : " - ") + **part;
        }
        return text;
    }

    void add(const std::string& text, intake::ReadAlbum album) {
        m_records.push_back({++m_count, text, std::move(album)});
    }

    std::int64_t m_count = 0;
    std::deque<intake::Record> m_records;
};

/// A source of records, and the file it is from.
struct Batch {
    std::optional<std::string> file;
    std::unique_ptr<intake::RecordReader> reader;
};

/// A column that nobody reads may be a mistyped name of one that somebody would.
void tell_unused(const std::string& file, const intake::RecordReader& reader) {
    constexpr std::size_t k_most_named = 20;
    auto unused = reader.unused();
    if (unused.empty()) return;
    const std::size_t more = unused.size() > k_most_named ? unused.size() - k_most_named : 0;
    unused.resize(unused.size() - more);
    for (std::string& column : unused)
        column = shorten(column, 100);
    cli::log(cli::LogLevel::warning,
             fmt::format("{}: not used of its columns: {}{}", file, fmt::join(unused, ", "),
                         more > 0 ? fmt::format(" and {} more", more) : ""),
             nlohmann::ordered_json{{"file", file}, {"columns", unused}});
}

/// Opens everything before anything is done. What cannot be read is a mistake in the command line.
std::vector<Batch> open_batches(const ImportRequest& request) {
    std::vector<Batch> batches;
    batches.push_back({std::nullopt, std::make_unique<NamedAlbums>(request)});
    try {
        for (const std::string& file : request.files) {
            batches.push_back({file, intake::open_batch(file, request.format, request.defaults)});
            tell_unused(file, *batches.back().reader);
        }
    } catch (const UsageError&) {
        throw;
    } catch (const Error& error) {
        throw UsageError(error.what());
    }
    return batches;
}

void import_batches(const ImportRequest& request, store::AlbumStore& albums,
                    std::vector<Batch>& batches, ImportReport& report) {
    intake::ImportOptions options;
    options.add.queue_job = !request.no_releases;
    options.add.refresh = request.refresh;
    options.add.new_editions = request.new_editions;
    options.mode = request.mode();
    options.batch_size = request.batch;
    options.after_batch = [&] { report.flush(); };
    for (Batch& batch : batches) {
        report.begin_file(batch.file);
        options.read_ahead = batch.file.has_value();
        intake::import_albums(*batch.reader, albums, options,
                              [&](const intake::Outcome& outcome) { report.add(outcome); });
    }
}

/// Collections and series among what was named.
void add_lists(const ImportRequest& request, store::AlbumStore& albums, ImportReport& report) {
    report.begin_file(std::nullopt);
    std::int64_t line = 0;
    for (const std::string& text : request.albums) {
        ++line;
        const auto list = intake::read_list_reference(text);
        if (!list) continue;
        report.add(line, albums.add_list(list->kind, list->mbid, request.defaults.queue,
                                         request.defaults.priority, request.mode()));
    }
}

void refresh_catalogue(const ImportRequest& request, store::AlbumStore& albums,
                       ImportReport& report) {
    store::RefreshFilter filter;
    filter.queue = request.defaults.queue;
    filter.priority = request.defaults.priority;
    if (request.new_editions) filter.kind = JobKind::new_editions;
    if (request.older_than_ms) {
        filter.imported_before_ms = system_clock().now_ms() - *request.older_than_ms;
    }
    // A job holds no albums of two transactions, so these hold whole jobs.
    const std::size_t batch =
        request.new_editions ? jobs_to_watch(request.batch) * k_most_watched : request.batch;
    std::int64_t after_id = 0;
    std::int64_t line = 0;
    while (true) {
        const auto refreshed =
            albums.refresh_albums(filter, after_id, static_cast<int>(batch), request.mode());
        if (refreshed.empty()) return;
        for (const store::AddedAlbum& album : refreshed)
            report.add(++line, album);
        after_id = *refreshed.back().album_id;
    }
}

void add_discographies(const ImportRequest& request, store::AlbumStore& albums,
                       ImportReport& report) {
    std::int64_t line = 0;
    for (const std::string& text : request.albums) {
        ++line;
        const auto artist = intake::read_artist_reference(text);
        if (const auto* mbid = std::get_if<Mbid>(&artist)) {
            report.add(line, albums.add_discography(*mbid, request.types, request.defaults.queue,
                                                    request.defaults.priority, request.mode()));
        } else {
            const intake::Record record{line, text, std::get<intake::Refusal>(artist)};
            report.add({record, nullptr, &std::get<intake::Refusal>(artist)});
        }
    }
}

std::unique_ptr<store::Store> open_for(const ImportRequest& request) {
    if (request.dry_run && !store::exists(cli::database_location(request.common),
                                          cli::store_options(request.common))) {
        return store::open_scratch_store(system_clock());
    }
    return cli::open_store(request.common);
}

/// Opens the file of --rejects, if there is to be one.
std::unique_ptr<RejectsFile> open_rejects(const ImportRequest& request) {
    if (!request.rejects) return nullptr;
    cli::refuse_database(request.common, "--rejects", *request.rejects);
    return std::make_unique<RejectsFile>(*request.rejects);
}

/// Whoever puts albums in by hand for the first time does not know what comes next.
void tell_next_step(const ImportRequest& request, const ImportReport& report) {
    if (report.queued() == 0 || request.dry_run || !cli::is_terminal(STDERR_FILENO)) return;
    cli::log(cli::LogLevel::info,
             fmt::format("next: release-worker run{} imports the releases ({} job{} wait{})",
                         cli::typed_database(request.common), report.queued(),
                         report.queued() == 1 ? "" : "s", report.queued() == 1 ? "s" : ""));
}

int change_watches(const ImportRequest& request, cli::Output& output) {
    if (request.watch.list) {
        cli::page_if_long(output, request.common);
        return list_watches(request, cli::open_store_to_read(request.common)->watches(), output);
    }
    const auto store = open_for(request);
    return request.watch.order ? order_watches(request, store->watches(), output)
                               : end_watches(request, store->watches(), output);
}

int run(const ImportRequest& request, cli::Output& output) {
    if (request.watch.any()) return change_watches(request, output);
    if (request.candidates) return candidates_command(request);
    if (request.review) return review_command(request, output);
    auto batches = open_batches(request);
    const auto decisions = open_decisions(request);
    const auto rejects = open_rejects(request);
    const auto store = open_for(request);
    if (rejects) rejects->begin();
    ImportReport report{output, cli::audience_of(request.common), request.dry_run, rejects.get()};
    store::AlbumStore& albums = store->albums();
    if (decisions) {
        report.begin_file(request.decisions);
        take_decisions(request, *decisions, *store, report);
    } else if (request.album_id) {
        report.add(1, albums.identify_album(*request.album_id, *request.mbid, request.identify));
    } else if (request.refresh_all || request.older_than_ms) {
        refresh_catalogue(request, albums, report);
    } else if (request.discography) {
        add_discographies(request, albums, report);
    } else {
        add_lists(request, albums, report);
        import_batches(request, albums, batches, report);
    }
    const int status = report.finish();
    output.flush();  // what happened stands before what to do
    tell_next_step(request, report);
    return status;
}

}  // namespace

}  // namespace pressings

int main(int argc, char** argv) {
    using namespace pressings;
    return cli::run_main(
        "album-import",
        [&](cli::Output& output) {
            const auto request = parse_import_request(argc, argv);
            return request ? run(*request, output) : cli::k_done;
        },
        cli::k_part_failed);
}
