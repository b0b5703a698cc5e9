// The data are scripts, for a page that is opened from a disk may not read files otherwise. Each
// calls shard() with its name and its records, of which the first is no record.

const shards_here = new Map();

function shard(name, records) {
  shards_here.set(name, records.slice(1));
}

/// The records of a file, once it is there.
function load(name) {
  if (shards_here.has(name)) return Promise.resolve(shards_here.get(name));
  return new Promise((resolve, reject) => {
    const lost = () => reject(new Error(`data/${name}.js is not there or not whole; write the report again.`));
    const script = el("script", {
      src: `data/${name}.js?v=${document.body.dataset.version}`,
      onload: () => (shards_here.has(name) ? resolve(shards_here.get(name)) : lost()),
      onerror: lost,
    });
    document.head.append(script);
  });
}

const shards_of = (kind) => Number(document.body.dataset[kind]);
const of_album = (kind, id) => load(`${kind}-${id % shards_of(kind)}`)
  .then((records) => records.find((record) => record.i === id));
const of_mbid = (kind, mbid) => load(`${kind}-${parseInt(mbid.slice(0, 4), 16) % shards_of(kind)}`)
  .then((records) => records.filter((record) => record[0] === mbid));
