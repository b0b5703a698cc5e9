#include <fmt/format.h>

#include "base/text.hpp"
#include "intake/readers.hpp"
#include "intake/told_album.hpp"

namespace pressings::intake {

namespace {

constexpr std::size_t k_kept_of_record = 4096;

/// Gives each line that is not passed over to a function that reads it.
class LineReader final : public RecordReader {
  public:
    using Read = ReadAlbum (*)(std::string_view text, const RecordDefaults& defaults);

    LineReader(std::unique_ptr<TextInput> input, const RecordDefaults& defaults, Read read,
               bool with_comments)
        : m_input(std::move(input)),
          m_defaults(defaults),
          m_read(read),
          m_with_comments(with_comments) {}

    std::optional<Record> next() override {
        while (auto line = m_input->next_line()) {
            const auto text = trim(line->text);
            const bool blank = text.empty() && !line->too_long;
            if (blank || (m_with_comments && text.starts_with('#'))) continue;
            return make_record(line->number, text,
                               line->too_long ? ReadAlbum{too_long()} : m_read(text, m_defaults));
        }
        return std::nullopt;
    }
    void stop() override { m_input->stop(); }

  private:
    std::unique_ptr<TextInput> m_input;
    RecordDefaults m_defaults;
    Read m_read;
    bool m_with_comments;
};

ReadAlbum read_listed(std::string_view text, const RecordDefaults& defaults) {
    if (auto refusal = refuse_text("mbid", text)) return *refusal;
    return read_reference(text, defaults);
}

}  // namespace

Record make_record(std::int64_t line, std::string_view text, ReadAlbum album) {
    return {line, shorten(text, k_kept_of_record), std::move(album)};
}

Refusal too_long() {
    return {"too_long", fmt::format("the record is longer than {} bytes", k_max_record_bytes)};
}

std::unique_ptr<RecordReader> make_ndjson_reader(std::unique_ptr<TextInput> input,
                                                 const RecordDefaults& defaults) {
    return std::make_unique<LineReader>(std::move(input), defaults, read_json_record, false);
}

std::unique_ptr<RecordReader> make_mbid_reader(std::unique_ptr<TextInput> input,
                                               const RecordDefaults& defaults) {
    return std::make_unique<LineReader>(std::move(input), defaults, read_listed, true);
}

}  // namespace pressings::intake
