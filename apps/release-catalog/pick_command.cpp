#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "declare.hpp"
#include "domain/pick_edition.hpp"
#include "render/picks.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

constexpr const char* k_wishes = "KEY=VALUE,...";

EditionWishes read_wishes(const char* option, const std::optional<std::string>& text,
                          std::variant<EditionWishes, std::string> (*parse)(std::string_view)) {
    if (!text) return {};
    auto read = parse(*text);
    if (const auto* fault = std::get_if<std::string>(&read)) {
        throw UsageError(fmt::format("{}: {}", option, *fault));
    }
    return std::get<EditionWishes>(std::move(read));
}

/// Names that no edition of the whole catalogue has are rather mistyped, and told of at the end
/// with the nearest that there was. Of the others the parser knows what there can be.
class UnmetNames {
  public:
    UnmetNames(const EditionWishes& prefer, const EditionWishes& exclude) {
        add(prefer);
        add(exclude);
    }

    void see(const Release& release) {
        std::erase_if(m_unmet, [&](const Unmet& one) { return matched_value(one.wish, release); });
        for (Unmet& one : m_unmet)
            one.look_at(release);
    }

    void tell() const {
        for (const Unmet& one : m_unmet) {
            cli::log(cli::LogLevel::warning,
                     fmt::format("no edition has {}={}{}", to_string(one.wish.key),
                                 escape_controls(one.wish.values.front()),
                                 one.nearest.empty()
                                     ? ""
                                     : "; did you mean " + escape_controls(one.nearest) + "?"));
        }
    }

  private:
    void add(const EditionWishes& wishes) {
        for (const EditionWish& wish : wishes) {
            const bool is_open = wish.key == EditionKey::country || wish.key == EditionKey::label ||
                                 wish.key == EditionKey::packaging;
            for (const std::string& value : is_open ? wish.values : std::vector<std::string>{})
                m_unmet.push_back({{wish.key, {value}}, {}});
        }
    }

    struct Unmet {
        EditionWish wish;
        std::string nearest;

        void look_at(const Release& release) {
            if (!nearest.empty() || wish.key == EditionKey::country) return;
            const auto compare = [&](const std::string& name) {
                const std::string folded = fold(name);
                const std::string_view one[] = {folded};
                if (!closest(fold(wish.values.front()), one).empty()) nearest = name;
            };
            if (wish.key == EditionKey::packaging && release.packaging) compare(*release.packaging);
            if (wish.key != EditionKey::label) return;
            for (const LabelInfo& info : release.label_info) {
                if (info.label) compare(info.label->name);
            }
        }
    };

    std::vector<Unmet> m_unmet;
};

/// Picks of one album after the other; only that one's editions are held.
class Picker {
  public:
    Picker(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output)
        : m_catalogue(catalogue),
          m_output(output),
          m_screen(cli::screen_of(options.common)),
          m_json(options.common.json),
          m_prefer(read_wishes("--prefer", options.picked.prefer, parse_wishes)),
          m_exclude(read_wishes("--exclude", options.picked.exclude, parse_exclusions)),
          m_unmet(m_prefer, m_exclude) {}

    void pick(const store::AlbumRecord& album) {
        store::ReleaseFilter filter;
        filter.album_id = album.id;
        std::vector<store::ReleaseRecord> editions;
        std::vector<Release> releases;
        m_catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
            m_unmet.see(release.release);
            editions.push_back(release);
            releases.push_back(release.release);
        });
        const EditionChoice choice = pick_edition(releases, m_prefer, m_exclude);
        const render::PickedRelease picked{album, editions, choice};
        if (m_json) {
            m_output.json_line(render::pick_json(picked));
        } else {
            render::print_pick(picked, m_screen, m_output);
        }
    }

    void pick_all() {
        m_catalogue.albums({}, [&](const store::AlbumRecord& album) { pick(album); });
        m_unmet.tell();
    }

  private:
    CatalogueReader& m_catalogue;
    cli::Output& m_output;
    cli::Screen m_screen;
    bool m_json;
    EditionWishes m_prefer;
    EditionWishes m_exclude;
    UnmetNames m_unmet;
};

}  // namespace

void declare_pick(CLI::App& app, CatalogOptions& options) {
    CLI::App& pick = *app.add_subcommand("pick", "Pick one edition of each album, by your wishes");
    pick.add_option("ALBUM", options.picked.albums, "Of these alone [default: of all albums]");
    pick.add_option("--prefer", options.picked.prefer,
                    "Earlier keys weigh more, and earlier values: country, format, status, label, "
                    "date (earliest, latest), packaging, tracks (most, fewest), barcode (yes, no)")
        ->type_name(k_wishes);
    pick.add_option("--exclude", options.picked.exclude,
                    "Whatever has one of these is not picked; the same keys, without date, tracks")
        ->type_name(k_wishes);
}

int pick_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    Picker picker{catalogue, options, output};
    std::vector<std::int64_t> albums;
    for (const std::string& album : options.picked.albums)
        albums.push_back(cli::find_album(catalogue, album));
    catalogue.in_one_view([&] {
        for (const std::int64_t id : albums) {
            if (const auto album = catalogue.album(id)) picker.pick(*album);
        }
        if (albums.empty()) picker.pick_all();
    });
    return cli::k_done;
}

}  // namespace pressings
