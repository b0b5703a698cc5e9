// An album: its editions in one table, grouped by format and status, each with its tracks to unfold.

const lines = (parts) => parts.map((part) => el("div", null, part));

function places_cell(edition) {
  const names = (edition.c || []).map(place);
  const text = names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
  return el("span", {title: names.length > 3 ? names.join(", ") : null}, text);
}

function label_cell(edition, album) {
  let last = null;
  return lines((edition.l || []).map(([label]) => {
    if (label === null || label === last) return " ";
    last = label;
    const [name, mbid] = album.l[label];
    return el("a", {href: `label.html#${mbid}`}, said(name));
  }));
}

/// What tells an edition from those beside it.
function marks_cell(edition) {
  const marks = [edition.t, edition.x, edition.p, edition.g && name_of("language", edition.g),
    edition.k && name_of("script", edition.k), edition.r && `left the album ${day(edition.r)}`];
  return marks.filter(Boolean).map((mark, i) => [i ? ", " : "", said(mark)]).flat();
}

const EDITION_COLUMNS = [
  {key: "place", title: "Country", cell: places_cell, has: (edition) => edition.c},
  {key: "label", title: "Label", cell: label_cell, has: (edition) => edition.l?.some((info) => info[0] !== null)},
  {key: "number", title: "Cat. no.", cell: (edition) => lines((edition.l || []).map((info) => said(info[1] || " "))),
    has: (edition) => edition.l?.some((info) => info[1])},
  {key: "barcode", title: "Barcode", cell: (edition) => (edition.b === "" ? soft("none") : said(edition.b || "")),
    has: (edition) => edition.b !== undefined},
  {key: "media", title: "Medium", cell: (edition) => said(edition.f || ""), has: () => true},
  {key: "tracks", title: "Tracks", class: "n", cell: (edition) => (edition.n === undefined ? "" : String(edition.n)),
    has: (edition) => edition.n !== undefined},
  {key: "marks", title: "What sets it apart", cell: marks_cell,
    has: (edition) => edition.t || edition.x || edition.p || edition.g || edition.k || edition.r},
  {key: "mbid", title: "MusicBrainz", has: () => true,
    cell: (edition) => musicbrainz("release", edition.m, el("code", null, edition.m.slice(0, 8)), unseen(" at MusicBrainz"))},
];

const minutes = (seconds) => (seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);

function medium_table(medium, titles) {
  const rows = medium.t.map((title, i) => el("tr", null,
    el("td", {class: "n"}, medium.n ? medium.n[i] : String(i + 1)),
    el("td", null, said(titles[title]), medium.a?.[i] ? el("div", null, soft(said(medium.a[i]))) : "",
      medium.k?.[i] ? soft(medium.k[i] === "pregap" ? " (in the pregap)" : " (data)") : ""),
    el("td", {class: "n"}, minutes(medium.l[i]))));
  return el("table", {class: "tracks"}, el("caption", null, said(medium.h)),
    el("thead", {class: "unseen"}, el("tr", null, ["No.", "Title", "Length"].map((title) =>
      el("th", {scope: "col", role: "columnheader"}, title)))), el("tbody", null, rows));
}

async function fill_tracks(into, album_id, edition_id) {
  try {
    const tracks = await of_album("tracks", album_id);
    const media = tracks?.r[edition_id] || [];
    into.replaceChildren(...(media.length ? media.map((i) => medium_table(tracks.h[i], tracks.s))
                                          : [soft("The tracks are not known.")]));
  } catch (error) {
    into.replaceChildren(error.message);
  }
}

/// The row of an edition, and the one below it that its button unfolds.
function edition_rows(edition, album, columns) {
  const tracks = el("div", {class: "media"}, soft("…"));
  const below = el("tr", {class: "below", id: `tracks-${edition.i}`, hidden: true},
    el("td", {colspan: columns.length + 1}, tracks));
  const button = el("button", {type: "button", class: "unfold", "aria-expanded": "false", "aria-controls": below.id,
    onclick: () => {
      below.hidden = !below.hidden;
      button.setAttribute("aria-expanded", String(!below.hidden));
      if (!below.hidden) fill_tracks(tracks, album.i, edition.i);
    }}, el("span", {class: "sign", "aria-hidden": "true"}), edition.d || "no date", unseen(", its tracks"));
  const row = el("tr", {class: "edition", id: `release-${edition.i}`},
    el("td", {class: "date c-date"}, button),
    columns.map((column) => el("td", {class: `${column.class || ""} c-${column.key}`}, column.has(edition) ? column.cell(edition, album) : "")));
  return [row, below];
}

function group_body([title, status, format, editions], album, columns) {
  return el("tbody", null,
    el("tr", {class: "group"}, el("th", {colspan: columns.length + 1, scope: "rowgroup", role: "rowheader"},
      dot(format), title, status ? soft(` ${status}`) : "", el("span", {class: "count"}, figure(editions.length)))),
    editions.map((edition) => edition_rows(edition, album, columns)).flat());
}

function editions_table(album, format) {
  const groups = album.e.filter((group) => !format || group[2] === format);
  const all = groups.map((group) => group[3]).flat();
  const columns = EDITION_COLUMNS.filter((column) => all.some(column.has));
  return el("div", {class: "panel flush scroll", tabindex: 0, role: "region", "aria-label": "Editions"},
    el("table", {class: "editions"}, el("caption", {class: "unseen"}, "Editions, by format and status"),
      el("thead", null, el("tr", null, [{title: "Date"}, ...columns].map((column) =>
        el("th", {scope: "col", role: "columnheader", class: column.class || null}, column.title)))),
      groups.map((group) => group_body(group, album, columns))));
}

/// How many editions came out each year, by format; nothing if there was but one such year.
function year_chart(album) {
  const years = new Map();
  for (const [, status, format, editions] of album.e) {
    for (const edition of status ? editions : []) {
      if (!/^\d{4}/.test(edition.d || "")) continue;
      const year = Number(edition.d.slice(0, 4));
      if (!years.has(year)) years.set(year, {});
      years.get(year)[format] = (years.get(year)[format] || 0) + 1;
    }
  }
  const known = [...years.keys()].sort((a, b) => a - b);
  if (known.length < 2) return null;
  const [first, last] = [known[0], known[known.length - 1]];
  const sum = (counts) => Object.values(counts).reduce((all, count) => all + count, 0);
  const top = Math.max(...known.map((year) => sum(years.get(year))));
  const slot = 100 / (last - first + 1);
  const wide = Math.min(slot * 0.8, 9);
  const bars = known.map((year) => {
    let foot = 100;
    return FORMATS.filter((format) => years.get(year)[format]).map((format) => {
      const high = years.get(year)[format] / top * 100;
      foot -= high;
      return el("rect", {class: format, x: `${(year - first + 0.5) * slot - wide / 2}%`, y: `${foot}%`, width: `${wide}%`, height: `${high}%`},
        el("title", null, `${year}: ${years.get(year)[format]} ${FORMAT_NAMES[format]}`));
    });
  }).flat();
  return el("figure", {class: "years", role: "img", "aria-label": `Editions by year, from ${first} to ${last}, ${top} at most in a year`},
    el("svg", {class: "columns"}, bars), el("div", {class: "x", "aria-hidden": "true"}, el("span", null, String(first)), el("span", null, String(last))));
}

function credit(album) {
  if (!album.c.length) return soft("Artist not known");
  return album.c.map(([name, join, mbid]) => [mbid ? el("a", {href: `artist.html#${mbid}`}, said(name)) : said(name), join]).flat();
}

function album_state(album) {
  if (album.r) return el("span", {class: "tag bad"}, `no longer in MusicBrainz, noticed ${day(album.r)}`);
  if (album.s === "failed") return el("span", {class: "tag bad"}, `its last import failed: release-worker jobs --album ${album.i}`);
  if (album.s === "pending" || album.s === "running") return el("span", {class: "tag look"}, "an import is due: release-worker run");
  return null;
}

function album_head(album) {
  const facts = [album.d && ["First released", album.d], album.y && ["Type", album.y],
    ["Imported", album.p ? day(album.p) : "not yet"], album.g && ["Genres", album.g.join(", ")],
    album.m && ["MusicBrainz", musicbrainz("release-group", album.m, el("code", null, album.m.slice(0, 8)), unseen(" at MusicBrainz"))]];
  return el("div", {class: "title"}, disc(album.i), el("div", {class: "words"},
    el("h1", null, said(album.t || "(title not known)"), album.x ? soft(" ", said(`(${album.x})`)) : ""),
    el("p", {class: "by"}, credit(album)),
    el("dl", {class: "facts"}, facts.filter(Boolean).map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, value)))),
    album_state(album)), year_chart(album));
}

function format_choices(album, format) {
  const counts = FORMATS.map((one) => album.e.filter((group) => group[2] === one && group[1]).reduce((sum, group) => sum + group[3].length, 0));
  const all = counts.reduce((sum, count) => sum + count, 0);
  const button = (value, ...words) => el("button", {type: "button", "aria-pressed": String(format === value), onclick: () => go({format: value})}, ...words);
  return el("div", {class: "pick", role: "group", "aria-label": "Formats"},
    button("", counted(all, "edition", "editions")),
    FORMATS.map((one, i) => (counts[i] ? button(one, dot(one), `${counts[i]} ${FORMAT_NAMES[one]}`) : "")));
}

async function draw_album() {
  const {id, format, release} = place_in_page();
  const album = /^\d{1,15}$/.test(id || "") ? await of_album("albums", Number(id)) : undefined;
  if (place_in_page().id !== id) return undefined;
  if (!album) return show_note("No such album", `This report has no album ${id || "without a number"}.`);
  const has_focus = document.activeElement?.closest(".pick");
  show_page(album.t || "Album", album_head(album), format_choices(album, format || ""),
    album.e.length ? editions_table(album, format) : el("p", {class: "panel note"}, "No releases of it are known yet."));
  if (has_focus) document.querySelector('.pick [aria-pressed="true"]')?.focus();
  const row = /^\d{1,15}$/.test(release || "") && document.getElementById(`release-${release}`);
  if (row) {
    row.classList.add("meant");
    row.scrollIntoView({block: "center"});
  }
}
