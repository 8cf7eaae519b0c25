import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import type { RunningServer } from '../../server/main.js';
import { sourcesOf, type Place } from './synthetic-plugins.js';

/** What a node is told: which database, which plugins, and whether to install them in the demo shop. */
export interface NodeOrder { readonly database: string; readonly places: readonly Place[]; readonly install?: boolean }
/** Milliseconds; `load` is what importing took, which no plugin can change; `cpu` is the processor's time of the start. */
export interface NodeStart { readonly port: number; readonly load: number; readonly boot: number; readonly cpu: number; readonly active: number; readonly report: Readonly<Record<string, number>> }
/** `fastify` asks for the yardstick instead: so many plugins with the same routes and classes, made in memory; its report holds `ready` alone. `from` is where Fastify is found. */
export interface YardstickOrder { readonly fastify: number; readonly from: string }

/** A process that starts one host and tells what that took. */
export const ADMIN = 'bench-admin-token-that-is-long-enough';
const since = (began: number): number => performance.now() - began;
const cpu = (before: NodeJS.CpuUsage): number => { const { user, system } = process.cpuUsage(before); return (user + system) / 1_000; };

let running: RunningServer | undefined;
const folder = mkdtempSync(join(tmpdir(), 'guanxi-node-'));

async function startNode({ database, places, install }: NodeOrder): Promise<NodeStart> {
  const loading = performance.now();
  const [{ startServer }, { loadConfig }] = await Promise.all([import('../../server/main.js'), import('../../server/config.js')]);
  const config = loadConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: database, GUANXI_ADMIN_TOKEN: ADMIN, GUANXI_SEED: 'none', LOG_LEVEL: 'error' }, 'demo');
  const load = since(loading), began = performance.now(), used = process.cpuUsage();
  running = await startServer(config, { progress: () => { /* nothing to show */ }, plugins: sourcesOf(places) });
  const boot = since(began), spent = cpu(used), { host, installs } = running.services;
  const report: Record<string, number> = {};
  for (const { ms } of host.report()) for (const [step, took] of Object.entries(ms)) report[step] = (report[step] ?? 0) + took;
  const broken = host.report().find(({ error }) => error !== undefined);
  if (broken) throw new Error(broken.error);
  if (install) {
    const ctx = running.contextFor('demo', { kind: 'job', name: 'bench' });
    for (const { id } of places) if (!installs.of(ctx.shop.id, id)) await installs.install(ctx, id, host.manifest(id)!.capabilities.map(({ name }) => name));
    await running.drain();
  }
  return { port: running.port, load, boot, cpu: spent, active: host.active().length, report };
}

interface Fastify { register(plugin: (scope: Scope) => Promise<void>, options: { prefix: string }): void; ready(): Promise<void>; listen(options: { port: number; host: string }): Promise<void>; close(): Promise<void> }
interface Scope { get(path: string, run: (request: { params: { id?: string } }, reply: { send(body: unknown): void }) => void): void; post(path: string, run: (request: unknown, reply: { send(body: unknown): void }) => void): void; decorate(name: string, value: unknown): void }

async function startFastify({ fastify, from }: YardstickOrder): Promise<NodeStart> {
  const loading = performance.now();
  const make = createRequire(join(from, 'package.json'))('fastify') as () => Fastify;
  await import('reflect-metadata');
  const { container } = await import('tsyringe');
  const load = since(loading), began = performance.now(), used = process.cpuUsage();
  const app = make();
  for (let n = 0; n < fastify; n++) {
    app.register((scope) => {
      const own = container.createChildContainer();
      class Settings { readonly value = n; }
      class Repo { constructor(readonly settings: Settings) {} }
      class Service { constructor(readonly repo: Repo) {} hello(): object { return { hello: 'world', n: this.repo.settings.value }; } }
      own.registerSingleton(Settings);
      own.register(Repo, { useFactory: (c) => new Repo(c.resolve(Settings)) });
      own.register(Service, { useFactory: (c) => new Service(c.resolve(Repo)) });
      const service = own.resolve(Service);
      scope.decorate('service', service);
      scope.get('/hello', (_request, reply) => { reply.send(service.hello()); });
      scope.get('/item/:id', (request, reply) => { reply.send({ id: request.params.id }); });
      scope.post('/act', (_request, reply) => { reply.send({}); });
      return Promise.resolve();
    }, { prefix: `/p/${n}` });
  }
  await app.ready();
  const ready = since(began);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const result = { port: 0, load, boot: since(began), cpu: cpu(used), active: fastify, report: { ready } };
  await app.close();
  return result;
}

async function answer(order: NodeOrder | YardstickOrder | 'cpu' | 'close'): Promise<unknown> {
  if (order === 'cpu') { const { user, system } = process.cpuUsage(); return user + system; }
  if (order !== 'close') return 'fastify' in order ? startFastify(order) : startNode(order);
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
  return true;
}
process.on('message', (order: NodeOrder | YardstickOrder | 'cpu' | 'close') => {
  answer(order).then((result) => { process.send?.({ result }); if (order === 'close') process.disconnect(); },
    (error: unknown) => { process.send?.({ error: error instanceof Error ? error.stack : String(error) }); });
});
process.on('disconnect', () => { process.exit(0); });
