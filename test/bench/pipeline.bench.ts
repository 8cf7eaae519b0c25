import { contest } from './contest.js';

/** More people than tokens are remembered, in turn: each request brings a token that has to be verified anew. */
const CROWD = 12_000;

let reached = true;
for (const people of [1, CROWD]) {
  const options = { people };
  reached = await contest({
    title: `Host pipeline: a plugin route that answers a constant, ${people === 1 ? 'token verified' : 'every time another shopper\'s token'}`,
    ours: { name: 'guanxi', module: new URL('host-constant.js', import.meta.url), options },
    twin: { name: 'bare node:http', module: new URL('bare-constant.js', import.meta.url), options },
    target: 0.6,
  }) && reached;
}
if (!reached && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
