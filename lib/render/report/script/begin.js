// What every page begins with.

const find_box = () => document.getElementById("find");

/// The search box stands on every page; elsewhere it leads to the list of albums.
function begin_search() {
  const is_list = document.body.dataset.page === "albums";
  const form = find_box().form;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!is_list) location.href = `albums.html#q=${encodeURIComponent(find_box().value)}`;
  });
  // Each letter of a search is no step of its own for Back, the search as a whole is one.
  if (is_list) find_box().addEventListener("input", () => go({q: find_box().value, page: null}, Boolean(place_in_page().q)));
  document.addEventListener("keydown", (event) => {
    const is_writing = event.target.closest("input, select, textarea");
    if (event.key !== "/" || is_writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    find_box().focus();
    find_box().select();
  });
}

/// The way past the menu leaves the address as it is: that says what the page shows.
function begin_skipping() {
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
}

async function guarded(draw) {
  try {
    await draw();
  } catch (error) {
    show_note("Something is missing", error.message);
  }
}

const PAGES = {
  start: () => {},
  albums: () => guarded(albums_page),
  album: () => at_each_place(() => guarded(draw_album)),
  artist: () => at_each_place(() => guarded(draw_artist)),
  label: () => at_each_place(() => guarded(draw_label)),
};

begin_search();
begin_skipping();
PAGES[document.body.dataset.page]();
