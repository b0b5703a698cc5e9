// pg-boss: jobs are inserted many at a time, fetched so many at a time, and completed together; what
// is done stays as a row.
'use strict';
const k_queue = 'bench';

module.exports = (installed, uri) => {
  const PgBoss = installed('pg-boss');
  const open = async (migrate) => {
    const boss = new PgBoss({ connectionString: uri, max: 1, supervise: false, schedule: false, migrate });
    await boss.start();
    return boss;
  };
  let boss;
  return {
    async prepare() {
      boss = await open(true);
      await boss.createQueue(k_queue);
    },
    add: (count) => boss.insert(Array.from({ length: count }, (_, n) => ({ name: k_queue, data: { album: n } }))),
    async worker({ group, done }) {
      const own = await open(false);
      return async () => {
        for (;;) {
          const jobs = await own.fetch(k_queue, { batchSize: group });
          if (jobs.length === 0) return;
          await own.complete(k_queue, jobs.map((job) => job.id));
          Atomics.add(done, 0, jobs.length);
        }
      };
    },
  };
};
