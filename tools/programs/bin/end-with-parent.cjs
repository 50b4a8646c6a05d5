// Ends a process when the one that started it has gone. The engine leaves behind a policy pack that was busy when it gave up on it.
const parent = process.ppid;
setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
