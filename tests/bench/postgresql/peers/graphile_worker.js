// Graphile Worker: jobs are added many at a time. With a group of one a job is taken and completed at
// a time; else its local queue takes so many, that many run at once, and completions go together. What
// is done is deleted.
'use strict';

module.exports = (installed, uri) => {
  const { makeWorkerUtils, run, Logger } = installed('graphile-worker');
  const logger = new Logger(() => () => {});
  let utils;
  return {
    async prepare() {
      utils = await makeWorkerUtils({ connectionString: uri, logger });
      await utils.migrate();
    },
    add: (count) => utils.addJobs(
      Array.from({ length: count }, (_, n) => ({ identifier: 'noop', payload: { album: n } }))),
    async worker({ group, jobs, done }) {
      const together = group > 1 ? { localQueue: { size: group }, completeJobBatchDelay: 0 } : {};
      const options = {
        connectionString: uri,
        logger,
        noHandleSignals: true,
        preset: { worker: { concurrentJobs: group, ...together } },
      };
      return async () => {
        let all_done;
        const end = new Promise((resolve) => { all_done = resolve; });
        // The last of all jobs may be another thread's.
        const look = setInterval(() => { if (Atomics.load(done, 0) >= jobs) all_done(); }, 5);
        const runner = await run({
          ...options,
          taskList: { noop: () => { if (Atomics.add(done, 0, 1) + 1 >= jobs) all_done(); } },
        });
        await end;
        clearInterval(look);
        await runner.stop();
      };
    },
  };
};
