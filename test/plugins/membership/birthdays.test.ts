import { expect } from 'chai';
import { ageOn, birthdayOf, birthdaysOn, firstPaid, keptIn } from '../../../plugins/membership/tiers/birthday.js';
import { businessDate } from '../../../server/plugin-api/index.js';
import { onEachServer, type Shopper } from '../../kit/index.js';
import { only, wheelRules } from '../interaction-games/club-page.js';
import { available, card, jump, SHOP, startTasks } from './member-fixture.js';

describe('the days of birthdays', () => {
  it('keeps 29 February on the 28th of common years', () => {
    expect(birthdaysOn('2027-02-28')).to.deep.equal(['02-28', '02-29']);
    expect(birthdaysOn('2028-02-28')).to.deep.equal(['02-28']);
    expect(birthdaysOn('2028-02-29')).to.deep.equal(['02-29']);
    expect([keptIn('02-29', 2027), keptIn('02-29', 2028), keptIn('02-29', 2100)]).to.deep.equal(['2027-02-28', '2028-02-29', '2100-02-28']);
    expect([birthdayOf(2, 29), birthdayOf(2, 30), birthdayOf(4, 31), birthdayOf(13, 1), birthdayOf(0, 1)]).to.deep.equal(['02-29', undefined, undefined, undefined, undefined]);
  });
  it('pays a new birthday within 30 days only next year', () => {
    expect(firstPaid('03-15', '2026-03-01')).to.equal('2027-03-15');
    expect(firstPaid('03-31', '2026-03-01')).to.equal('2027-03-31');
    expect(firstPaid('04-01', '2026-03-01')).to.equal('2026-04-01');
    expect(firstPaid('02-28', '2026-03-01')).to.equal('2027-02-28');
    expect(firstPaid('01-05', '2026-12-20')).to.equal('2028-01-05');
    expect(firstPaid('02-29', '2026-12-20')).to.equal('2027-02-28');
  });
  it('counts whole years', () => { expect([ageOn('06-01', 2012, '2026-05-31'), ageOn('06-01', 2012, '2026-06-01')]).to.deep.equal([13, 14]); });
});

onEachServer('birthdays and tasks', {}, (server) => {
  before(async () => { await server().install('membership'); await startTasks(server()); });
  afterEach(() => server().integrity());
  const dayIn = (days: number): { month: number; day: number } => {
    const [, month, day] = businessDate(server().context().shop, server().context().now + days * 86_400_000).split('-').map(Number);
    return { month: month!, day: day! };
  };
  const tell = (who: Shopper, body: object) => who.post<{ code: string; guarded: boolean; firstGift: string; reward: { points: number; state: string } }>(`${SHOP}/tasks/birthday`, body);

  it('gives for each task once, whoever somebody was before signing in', async () => {
    const member = await server().shopper();
    for (const [path, body, points] of [['follow', {}, 50], ['birthday', { month: 2, day: 29 }, 60], ['profile', { nickname: '小林', gender: null, interests: ['茶'] }, 60]] as const) {
      expect((await member.post<{ reward: unknown }>(`${SHOP}/tasks/${path}`, body)).body.reward, path).to.deep.equal({ points, state: 'given' });
      expect((await member.post<{ reward: unknown }>(`${SHOP}/tasks/${path}`, body)).body.reward, path).to.deep.equal({ points, state: 'had' });
    }
    expect(await available(member)).to.equal(170);
    expect((await card(member)).tasks.map(({ task, done }) => `${task} ${String(done)}`)).to.deep.equal(['follow true', 'birthday true', 'profile true']);

    const guest = await server().guest();
    await guest.must('POST', `${SHOP}/tasks/follow`, {});
    await guest.must('POST', `${SHOP}/tasks/profile`, { nickname: 'Guest', gender: null, interests: [] });
    expect(await available(guest)).to.equal(110);
    await server().services.merging.merge(server().context(), guest.personId ?? '', member.personId ?? '');
    await server().drain();
    expect(await available(member), 'what both had comes once').to.equal(170);
    expect((await card(member)).tasks.every(({ done }) => done)).to.equal(true);
  });

  it('gives on the day, every year once, also after days without the job, and guards changes', async () => {
    const member = await server().shopper();
    const other = await server().shopper();
    await tell(member, dayIn(40));
    await tell(other, dayIn(10));
    await jump(server(), 39);
    expect(await available(member)).to.equal(60);
    await jump(server(), 2);
    expect(await available(member)).to.equal(90);
    expect(await available(other), 'a birthday told within 30 days of it waits a year').to.equal(60);
    const refused = await tell(member, dayIn(60));
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'GX_BIRTHDAY_GUARD']);
    await jump(server(), 61);
    expect(await available(member)).to.equal(90);
    expect((await card(member)).birthday?.day).to.not.equal(undefined);
  });

  it('lets a child who told the year take part in no draw (E16)', async () => {
    await server().install('interaction-games');
    const wheel = await only(server(), 'wheel', wheelRules());
    const play = (who: Shopper) => who.post<{ code: string }>(`/api/storefront/plugins/interaction-games/activities/${wheel}/plays`, {});
    const [child, grown] = [await server().shopper(), await server().shopper()];
    const year = new Date(server().context().now).getUTCFullYear();
    await tell(child, { month: 1, day: 2, year: year - 12 });
    await tell(grown, { month: 1, day: 2, year: year - 30 });
    const { status, body } = await play(child);
    expect([status, body.code]).to.deep.equal([403, 'GX_NO_DRAW_FOR_CHILDREN']);
    expect((await play(grown)).status).to.equal(200);
    const admin = await server().admin();
    await admin.must('POST', '/api/admin/installs/membership/disable', {});
    expect((await play(child)).status, 'nobody knows without the module').to.equal(200);
    await admin.must('POST', '/api/admin/installs/membership/enable', {});
  });

  it('does not keep the year of a child, and refuses days that do not exist', async () => {
    const child = await server().shopper();
    const year = new Date(server().context().now).getUTCFullYear();
    expect((await tell(child, { month: 6, day: 1, year: year - 12 })).body).to.deep.include({ guarded: true });
    const stored = await server().services.privacy.exportPerson(server().context(), child.personId ?? '');
    expect(JSON.stringify(stored)).to.not.contain(String(year - 12));
    expect((await tell(await server().shopper(), { month: 6, day: 1, year: year - 30 })).body).to.deep.include({ guarded: false });
    for (const body of [{ month: 2, day: 30 }, { month: 13, day: 1 }, { month: 0, day: 1 }, { month: 1.5, day: 1 }, { month: '1', day: 1 }, { month: null, day: 1 }, { month: 6, day: 1, year: year + 2 }, { month: 6, day: 1, year: Number.POSITIVE_INFINITY }, { day: 1 }, []]) {
      expect((await tell(await server().shopper(), body)).status, JSON.stringify(body)).to.equal(422);
    }
  });
});
