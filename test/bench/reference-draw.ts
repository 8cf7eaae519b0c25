import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../kit/package-root.js';
import type { PlannedRequest, StartSubject } from './load-plan.js';

/** The reference's draw server; it lies beside the repository, or nowhere. */
export const referenceDraw = join(packageRoot, '..', 'shared', 'reference', 'perf', '5-http-db', 'server.cjs');

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => { const { port } = probe.address() as AddressInfo; probe.close(() => { resolve(port); }); });
});

const answers = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1').once('connect', () => { socket.destroy(); resolve(true); }).once('error', () => { resolve(false); });
});

/**
 * The reference's `http-group` (node:http, five statements per draw, group commit, no token, no idempotency, no limits but one) with
 * synchronous=FULL. It runs in this process, so that its processor time is counted like everybody's; it takes its modules from ours.
 */
export const start: StartSubject = async () => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-reference-'));
  process.env['PERF_DB'] = folder;
  process.env['SYNC'] = 'FULL';
  process.argv = [process.argv[0]!, referenceDraw, 'http-group', String(port)];
  process.chdir(packageRoot);
  createRequire(import.meta.url)(referenceDraw);
  while (!await answers(port)) await new Promise(setImmediate);
  // As its own draw.lua does: 50,000 members in turn.
  const requests = Array.from({ length: 50_000 }, (_, member): PlannedRequest => ({ method: 'POST', path: '/draw', headers: { 'content-type': 'application/json' }, body: `{"member":${member},"idem":"%key%"}`, keyed: 'body' }));
  return { plan: { url: `http://127.0.0.1:${port}`, requests }, close: async () => { rmSync(folder, { recursive: true, force: true }); } };
};
