// All albums: to be searched, sorted and filtered. A row is [id, artist, title, date, type, counts,
// state]; they come in parts, by artist, and the first page is there with the first part.

const decade_of = (date) => (/^\d{4}/.test(date) ? `${date.slice(0, 3)}0` : null);
const editions_of = (row) => row[5].reduce((sum, count) => sum + count, 0);
const folded = (row) => (row.folded ??= fold(`${row[1]} ${row[2] || ""}`));

const ALBUM_COLUMNS = [
  {key: "title", title: "Album", sort: (row) => (row[2] === null ? null : (row.title ??= fold(row[2]))),
    cell: (row) => album_link(row[0], row[2])},
  {key: "artist", title: "Artist", sort: (row) => row.place, cell: (row) => said(row[1] || "(artist not known)")},
  {key: "date", title: "First released", class: "date", sort: (row) => (/^\d{4}/.test(row[3]) ? row[3] : null),
    cell: (row) => row[3]},
  {key: "type", title: "Type", sort: (row) => row[4] || null, cell: (row) => row[4]},
  {key: "editions", title: "Editions", class: "n", first: "-", sort: editions_of, cell: (row) => figure(editions_of(row))},
  {key: "formats", title: "Formats", cell: (row) => (row[6] && !editions_of(row) ? el("span", {class: "tag look"}, row[6]) : chips(row[5]))},
];

const album_list = {rows: [], is_whole: false, sorted: null, sorted_by: ""};

function sorted_albums(sort) {
  const by = `${sort} ${album_list.rows.length}`;
  if (album_list.sorted_by !== by) {
    album_list.sorted = sort_rows(album_list.rows, ALBUM_COLUMNS, sort);
    album_list.sorted_by = by;
  }
  return album_list.sorted;
}

function found_albums(state) {
  const words = fold(state.q || "").split(/\s+/).filter(Boolean);
  const format = FORMATS.indexOf(state.format);
  return sorted_albums(state.sort || "artist").filter((row) =>
    (format < 0 || row[5][format] > 0) &&
    (!state.decade || decade_of(row[3]) === state.decade) &&
    (!state.type || row[4] === state.type) &&
    words.every((word) => folded(row).includes(word)));
}

function choice(name, title, values, state) {
  const select = el("select", {id: `by-${name}`, onchange: () => go({[name]: select.value, page: null})},
    el("option", {value: ""}, "All"),
    values.map(([value, words]) => el("option", {value, selected: state[name] === value}, words)));
  return el("label", null, el("span", null, title), select);
}

const values_of = (of) => [...new Set(album_list.rows.map(of).filter(Boolean))].sort();

function draw_choices(into, state) {
  if (into.contains(document.activeElement)) return;  // a menu that is open stays
  into.replaceChildren(
    choice("format", "Format", FORMATS.map((format) => [format, FORMAT_NAMES[format]]), state),
    choice("decade", "Decade", values_of((row) => decade_of(row[3])).map((decade) => [decade, `${decade}s`]), state),
    choice("type", "Type", values_of((row) => row[4]).map((type) => [type, type]), state));
}

function draw_albums(parts) {
  const state = place_in_page();
  const sort = state.sort || "artist";
  const rows = found_albums(state);
  if (find_box().value !== (state.q || "")) find_box().value = state.q || "";
  draw_choices(parts.choices, state);
  parts.clear.hidden = !["q", "format", "decade", "type"].some((name) => state[name]);
  const drawn = draw_table(parts.table, {caption: "Albums", columns: ALBUM_COLUMNS, rows, sort,
    page: Number(state.page) || 1, classes: "albums"});
  const more = album_list.is_whole ? "" : ", more are being loaded";
  const where = drawn.pages > 1 ? `, page ${figure(drawn.page)} of ${figure(drawn.pages)}` : "";
  parts.found.textContent = rows.length || !album_list.is_whole
    ? `${counted(rows.length, "album", "albums")} found${where}${more}.`
    : "No album fits. Fewer words or filters find more.";
}

async function albums_page() {
  const clear = () => {
    go({q: null, format: null, decade: null, type: null, page: null});
    find_box().focus();
  };
  const parts = {choices: el("div", {class: "choices"}),
    clear: el("button", {type: "button", class: "clear", onclick: clear, hidden: true}, "Clear"), found: el("p", {class: "found", role: "status"}),
    table: el("div", {class: "panel flush"})};
  document.title = "Albums – Pressings";
  content().replaceChildren(el("div", {class: "controls"}, parts.choices, parts.clear, parts.found), parts.table);
  for (let part = 0; part < shards_of("lists"); ++part) {
    for (const row of await load(`list-${part}`)) {
      row.place = album_list.rows.length;
      album_list.rows.push(row);
    }
    album_list.is_whole = part + 1 === shards_of("lists");
    if (part === 0) at_each_place(() => draw_albums(parts));
    else if (album_list.is_whole || part % 4 === 0) draw_albums(parts);
  }
  content().removeAttribute("aria-busy");
}
