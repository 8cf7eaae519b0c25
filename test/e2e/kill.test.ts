import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { engines } from '../kit/databases.js';
import { HttpClient } from '../kit/http-client.js';
import { ServerProcess } from '../kit/server-process.js';
import { serverLocation } from '../kit/server-schema.js';

const rounds = process.env['GUANXI_LONG'] ? 20 : 2;
const GAMES = '/api/admin/plugins/interaction-games/games';
const rules = { prizes: [{ title: { en: '10', 'zh-CN': '10' }, kind: 'points', amount: 10, quantity: 2_000 }], blanks: 2_000, freePerDay: 20, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints: 0 };

for (const engine of engines) {
  describe(`a server that is killed in the middle of load (${engine})`, () => {
    it('loses nothing it has answered and breaks no rule of the ledger', async function () {
      this.timeout(rounds * 60_000);
      const folder = mkdtempSync(join(tmpdir(), 'guanxi-kill-'));
      const { location, drop } = await serverLocation(engine, 'bundled');
      const env = { DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url };
      const answered = new Map<string, string>();
      let server = await ServerProcess.start(env);
      try {
        const admin = await server.admin();
        const { capabilities, hash } = await admin.must<{ capabilities: { name: string }[]; hash: string }>('GET', '/api/admin/marketplace/interaction-games/preview');
        await admin.must('POST', '/api/admin/installs/interaction-games', { granted: capabilities.map(({ name }) => name), consent: hash });
        const { id } = await admin.must<{ id: string }>('POST', GAMES, { type: 'wheel', title: 'Wheel', config: rules });
        await admin.must('POST', `${GAMES}/${id}/publish`, {});
        for (let round = 0; round < rounds; round++) {
          const { url } = server;
          const players = await Promise.all(Array.from({ length: 8 }, async () => new HttpClient(url, (await new HttpClient(url).must<{ bearer: string }>('POST', '/api/storefront/guests', {})).bearer)));
          let killed = false;
          const load = players.map(async (player, n) => {
            for (let turn = 0; !killed; turn++) {
              const key = `round-${round}-player-${n}-turn-${turn}`;
              const answer = await player.post<{ playId: string }>(`/api/storefront/plugins/interaction-games/activities/${id}/plays`, {}, { key }).catch(() => undefined);
              if (answer?.status === 200) answered.set(answer.body.playId, key);
            }
          });
          for (const enough = answered.size + 20, began = Date.now(); answered.size < enough && Date.now() - began < 15_000;) await new Promise((resolve) => { setTimeout(resolve, 20); });
          await server.kill();
          killed = true;
          await Promise.all(load);
          server = await ServerProcess.start(env);
          expect(await new HttpClient(server.url).must('GET', '/internal/integrity')).to.deep.include({ ok: true });
        }
        expect(answered.size).to.be.greaterThan(0);
        const again = await server.admin();
        const stored = new Set<string>();
        let cursor = '';
        do {
          const page = await again.must<{ items: { id: string }[]; next?: string }>('GET', `${GAMES}/${id}/plays?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
          for (const play of page.items) stored.add(play.id);
          cursor = page.next ?? '';
        } while (cursor);
        for (const [playId, key] of answered) expect(stored.has(playId), `the play answered to ${key}`).to.equal(true);
        const { totals, deck } = await again.must<{ totals: { plays: number }; deck: { drawn: number } }>('GET', `${GAMES}/${id}`);
        expect(deck.drawn).to.equal(totals.plays);
        expect(await server.stop()).to.equal(0);
      } finally {
        server.child.kill('SIGKILL');
        await drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}

describe('the start', () => {
  const start = async (env: Record<string, string>): Promise<string> => {
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-start-'));
    try {
      const server = await ServerProcess.start({ DATA_DIR: folder, ...env });
      server.child.kill('SIGKILL');
      return 'started';
    } catch (error) { return (error as Error).message; } finally { rmSync(folder, { recursive: true, force: true }); }
  };
  it('ends with one sentence when something it was told is wrong', async function () {
    this.timeout(30_000);
    expect(await start({ PORT: 'abc' })).to.match(/ended with 1 .*\n.*PORT/s);
    expect(await start({ DATA_DIR: '/proc/guanxi' })).to.match(/ended with 1 .*\n.*cannot be written/s);
    expect(await start({ DATABASE_URL: 'mysql://localhost/x' })).to.match(/ended with 1 .*\n.*postgres:\/\/ or sqlite:/s);
    expect(await start({ GUANXI_ADMIN_TOKEN: 'short' })).to.match(/ended with 1 .*\n.*GUANXI_ADMIN_TOKEN.*32/s);
    expect(await start({ GUANXI_TYPO: '1' })).to.match(/ended with 1 .*\n.*GUANXI_TYPO/s);
  });
  it('says so when the port is taken', async function () {
    this.timeout(30_000);
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-port-'));
    const server = await ServerProcess.start({ DATA_DIR: folder });
    try { expect(await start({ PORT: new URL(server.url).port })).to.match(/ended with 1 .*\n.*in use/s); }
    finally { await server.kill(); rmSync(folder, { recursive: true, force: true }); }
  });
  it('refuses a second process on the same SQLite data', async function () {
    this.timeout(30_000);
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-twice-'));
    const server = await ServerProcess.start({ DATA_DIR: folder });
    try { expect(await start({ DATA_DIR: folder })).to.match(/ended with 1/); }
    finally { await server.kill(); rmSync(folder, { recursive: true, force: true }); }
  });
});
