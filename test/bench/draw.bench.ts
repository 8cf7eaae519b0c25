import { contest } from './contest.js';

/** The draw with everything on against a bare twin on each engine, and, where the reference is at hand, its group-commit prototype. */
const wanted = process.argv[2];
let reached = true;
for (const engine of (['sqlite', 'postgres'] as const).filter((each) => wanted === undefined || each === wanted)) {
  for (const paid of [false, true]) {
    const options = { engine, paid };
    reached = await contest({
      title: `Draw on ${engine}, ${paid ? 'paid with points' : 'free'}`,
      ours: { name: 'guanxi', module: new URL('wheel-host.js', import.meta.url), options },
      twin: { name: engine === 'sqlite' ? 'bare node:http + better-sqlite3' : 'bare node:http + pg', module: new URL('wheel-twin.js', import.meta.url), options },
      target: 0.6, tail: 25,
    }) && reached;
  }
}
if (!reached && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
