// Ends a process when the one that started it has gone. The engine leaves behind a policy pack that was busy when it gave up on it.
const { isMainThread, Worker, workerData: parent } = require("node:worker_threads");

// In a thread of its own, without what the process itself was told to load: a rule that never ends gives no other a turn in its thread.
if (isMainThread) new Worker(__filename, { workerData: process.ppid, execArgv: [] }).unref();
else
    setInterval(() => {
        if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
    }, 1000);
