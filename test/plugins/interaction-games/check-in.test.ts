import { expect } from 'chai';
import fc from 'fast-check';
import { streakEndingOn } from '../../../plugins/interaction-games/services/streak.js';
import { addDays } from '../../../server/plugin-api/index.js';
import { onEachServer, type Shopper } from '../../kit/index.js';

interface CheckIn { readonly businessDate: string; readonly streak: number; readonly earned: number; readonly again: boolean; readonly code?: string }
const DOOR = '/api/storefront/plugins/interaction-games/check-ins';
const checkIn = (who: Shopper) => who.post<CheckIn>(DOOR, {});

describe('streak of days', () => {
  it('counts backwards from today to the first gap, in whatever order the dates come', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.array(fc.integer({ min: 62, max: 200 })), fc.integer(), (length, noise, seed) => {
      const today = '2026-03-01';
      const run = Array.from({ length }, (_, day) => addDays(today, -1 - day));
      const dates = [...run, ...noise.map((days) => addDays(today, -days))].sort(() => ((seed >> 3) % 2 ? 1 : -1));
      expect(streakEndingOn(today, dates)).to.equal(length + 1);
    }));
  });
});

onEachServer('daily check-in', {}, (server) => {
  before(async () => {
    await server().install('interaction-games');
    const admin = await server().admin();
    const { id } = await admin.must<{ id: string }>('POST', '/api/admin/plugins/interaction-games/games', { type: 'check-in', title: 'Daily', config: { cycle: [5, 5, 8] } });
    await admin.must('POST', `/api/admin/plugins/interaction-games/games/${id}/publish`, {});
  });
  afterEach(() => server().integrity());

  it('counts once per business date, also from many devices at once', async () => {
    const player = await server().guest();
    const answers = await Promise.all(Array.from({ length: 12 }, () => checkIn(player)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 12 }, () => 200));
    expect(answers.filter(({ body }) => !body.again)).to.have.length(1);
    expect(new Set(answers.map(({ body }) => `${body.streak}/${body.earned}`))).to.deep.equal(new Set(['1/5']));
    expect((await player.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available).to.equal(5);
  });

  it('builds a streak day by day, begins the cycle again, and starts over after a missed day', async () => {
    const player = await server().guest();
    const seen: [number, number][] = [];
    for (let day = 0; day < 4; day++) {
      const { body } = await checkIn(player);
      seen.push([body.streak, body.earned]);
      await server().advance('P1D');
    }
    expect(seen).to.deep.equal([[1, 5], [2, 5], [3, 8], [4, 5]]);
    await server().advance('P1D');
    expect((await checkIn(player)).body).to.include({ streak: 1, earned: 5 });
  });

  it('changes the date at the shop\'s midnight, to the tenth of a second', async () => {
    const player = await server().guest();
    const { clock } = server().services;
    const shop = server().context().shop;
    const midnight = (Math.floor((clock.now() + 8 * 3_600_000) / 86_400_000) + 1) * 86_400_000 - 8 * 3_600_000;
    expect(shop.zone).to.equal('Asia/Shanghai');
    await server().advance(`PT${Math.max(1, Math.floor((midnight - clock.now()) / 1000) - 20)}S`);
    const before = (await checkIn(player)).body;
    await server().advance('PT1M');
    const after = (await checkIn(player)).body;
    expect(after.businessDate).to.equal(addDays(before.businessDate, 1));
    expect(after.streak).to.equal(before.streak + 1);
  });
});
