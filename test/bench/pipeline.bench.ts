import { contest } from './contest.js';

const reached = await contest({
  title: 'Host pipeline: a plugin route that answers a constant, token verified',
  ours: { name: 'guanxi', module: new URL('host-constant.js', import.meta.url) },
  twin: { name: 'bare node:http', module: new URL('bare-constant.js', import.meta.url) },
  target: 0.6,
});
if (!reached && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
