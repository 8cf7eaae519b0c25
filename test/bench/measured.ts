export interface Measured<T> {
  readonly result: T;
  readonly seconds: number;
  /** User and system time of all threads of the process. */
  readonly cpuSeconds: number;
  /** Resident memory in units of 10^6 bytes. */
  readonly peakMb: number;
  readonly beforeMb: number;
}

/** Runs `fn` and watches what it costs; memory is looked at every 20 ms. */
export async function measured<T>(fn: () => Promise<T>): Promise<Measured<T>> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 20);
  const started = process.hrtime.bigint(), used = process.cpuUsage();
  const result = await fn();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const cpu = process.cpuUsage(used);
  clearInterval(watch);
  return { result, seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6, peakMb: Math.round(peak / 1e6), beforeMb: Math.round(before / 1e6) };
}
