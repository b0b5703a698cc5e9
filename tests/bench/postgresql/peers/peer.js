// A queue for Node.js on PostgreSQL: puts in jobs that do nothing, and does them in so many threads,
// with a session or a pool of its own each. Starting the threads is not in the time.
//   node peer.js graphile_worker|pg_boss FOLDER URI JOBS WORKERS GROUP
// FOLDER is where npm has installed them. Prints {"added_per_s": …, "done_per_s": …}.
'use strict';
const { createRequire } = require('module');
const path = require('path');
const { isMainThread, parentPort, Worker, workerData } = require('worker_threads');

const k_batch = 1000; // as album-import's

function peer(order) {
  const installed = createRequire(path.join(order.folder, 'package.json'));
  return require(path.join(__dirname, `${order.name}.js`))(installed, order.uri);
}

const message_of = (worker) => new Promise((resolve, reject) => {
  worker.once('message', resolve);
  worker.once('error', reject);
});

async function main() {
  const [name, folder, uri, jobs, workers, group] = process.argv.slice(2);
  const done = new Int32Array(new SharedArrayBuffer(4));
  const order = { name, folder, uri, jobs: +jobs, group: +group, done };
  const { prepare, add } = peer(order);
  await prepare();
  const add_begun = process.hrtime.bigint();
  for (let first = 0; first < order.jobs; first += k_batch) {
    await add(Math.min(k_batch, order.jobs - first));
  }
  const added = Number(process.hrtime.bigint() - add_begun) / 1e9;

  const threads = Array.from({ length: +workers }, () => new Worker(__filename, { workerData: order }));
  await Promise.all(threads.map(message_of));
  const begun = process.hrtime.bigint();
  threads.forEach((thread) => thread.postMessage('go'));
  await Promise.all(threads.map(message_of));
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  if (done[0] < order.jobs) throw new Error(`${done[0]} jobs were done of ${order.jobs}`);
  console.log(JSON.stringify({ added_per_s: order.jobs / added, done_per_s: order.jobs / seconds }));
  process.exit(0);
}

async function thread() {
  const { worker } = peer(workerData);
  const work = await worker(workerData);
  parentPort.once('message', async () => {
    await work();
    parentPort.postMessage('done');
  });
  parentPort.postMessage('ready');
}

(isMainThread ? main() : thread()).catch((error) => {
  console.error(error);
  process.exit(1);
});
