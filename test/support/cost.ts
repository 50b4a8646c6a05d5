/** The time of the processor that work takes, in ms: others may work on the machine. */
export function cost(work: () => unknown): number {
    const start = process.cpuUsage();
    work();
    return process.cpuUsage(start).user / 1000;
}
