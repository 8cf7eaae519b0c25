import { expect } from 'chai';
import { DAY, HOUR, MINUTE, newId, type Instant } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

forEachEngine('holds of points', (open) => {
  let make: (more?: object) => Economy;
  before(async () => { make = (await openEconomy(open)).shop; });

  const held = async (e: Economy, personId: string, amount: number, now: Instant = START, key: string = newId(), minutes?: number): Promise<string> => {
    const result = await e.points.hold(e.at(now), { personId, amount, source: 'core.checkout', causeRef: 'cart', key, ...(minutes === undefined ? {} : { minutes }) });
    if (!result.ok) expect.fail(`hold refused: ${result.reason}`);
    return result.holdId;
  };
  const shown = async (e: Economy, personId: string, now: Instant = START) => {
    const { available, held: set } = await e.points.balance(e.at(now), personId);
    return [available, set];
  };

  it('set points aside that nobody else can spend, and capture spends exactly the held lots', async () => {
    const e = make();
    const person = await e.member();
    await e.granted(person, 100);
    await e.granted(person, 60, START + DAY);
    const hold = await held(e, person, 80, START + DAY);
    expect(await shown(e, person, START + DAY)).to.deep.equal([80, 80]);
    expect((await e.spend(person, 90, START + DAY)).ok).to.equal(false);
    await e.expectSound();
    const captured = await e.points.capture(e.at(START + DAY + MINUTE), hold);
    expect(captured.ok).to.equal(true);
    expect(await e.points.capture(e.at(START + 3 * DAY), hold), 'again').to.deep.equal(captured);
    expect(await shown(e, person, START + DAY)).to.deep.equal([80, 0]);
    expect((await e.points.balance(e.at(START + 364 * DAY), person)).expiring.map((lot) => lot.amount), 'the older lot was taken first').to.deep.equal([20, 60]);
    if (captured.ok) await e.points.refund(e.at(START + 2 * DAY), captured.transactionId, 'undone');
    expect(await shown(e, person, START + 2 * DAY)).to.deep.equal([160, 0]);
    await e.expectSound();
  });

  it('answer the same hold for the same key, and refuse the key for another amount', async () => {
    const e = make();
    const person = await e.member();
    await e.granted(person, 100);
    const first = await held(e, person, 40, START, 'cart-1');
    expect(await held(e, person, 40, START, 'cart-1')).to.equal(first);
    expect(await shown(e, person)).to.deep.equal([60, 40]);
    const other = await e.points.hold(e.at(), { personId: person, amount: 41, source: 'core.checkout', causeRef: 'cart', key: 'cart-1' }).catch((error: unknown) => (error as { code: string }).code);
    expect(other).to.equal('GX_LEDGER_KEY_REUSED');
    await e.expectSound();
  });

  it('are put back when released, and reopen for 30 days what expired while it was held', async () => {
    const e = make();
    const person = await e.member();
    await e.granted(person, 100);
    const dies = (await e.points.balance(e.at(START + 340 * DAY), person)).expiring[0]!.at;
    const hold = await held(e, person, 70, dies - MINUTE);
    await e.points.expireDue(e.at(dies + MINUTE));
    expect(await shown(e, person, dies + MINUTE), 'held points do not expire').to.deep.equal([0, 70]);
    await e.points.release(e.at(dies + 2 * MINUTE), hold, 'The checkout was left');
    await e.points.release(e.at(dies + 3 * MINUTE), hold, 'again');
    const { available, held: set, expiring } = await e.points.balance(e.at(dies + 3 * MINUTE), person);
    expect([available, set, expiring]).to.deep.equal([70, 0, [{ amount: 70, at: dies + 2 * MINUTE + 30 * DAY }]]);
    expect(await e.points.capture(e.at(dies + HOUR), hold)).to.deep.equal({ ok: false, reason: 'released' });
    await e.expectSound();
    const end = expiring[0]!.at;
    const again = await held(e, person, 20, end - MINUTE);
    await held(e, person, 30, end - MINUTE, newId(), 60);
    await e.points.release(e.at(end - 1), again, 'Left again');
    expect(await shown(e, person, end - 1), 'before that, nothing is lost').to.deep.equal([40, 30]);
    const last = await held(e, person, 40, end - 1);
    await e.points.release(e.at(end + MINUTE), last, 'And again');
    expect(await shown(e, person, end + MINUTE), 'no points live on for ever by being held').to.deep.equal([0, 30]);
    await e.expectSound();
    await e.points.expireHolds(e.at(end + HOUR));
    expect(await shown(e, person, end + HOUR)).to.deep.equal([0, 0]);
    await e.expectSound();
    const spender = await e.member();
    await e.granted(spender, 50);
    const bought = await held(e, spender, 50, dies - MINUTE);
    const captured = await e.points.capture(e.at(dies - 1), bought);
    if (!captured.ok) return expect.fail('not captured');
    await e.points.refund(e.at(dies + DAY), captured.transactionId, 'sold out');
    expect(await shown(e, spender, dies + 30 * DAY), 'what was bought and is given back by the shop').to.deep.equal([50, 0]);
    await e.expectSound();
  });

  it('end by themselves after 30 minutes, live longer when extended, and never longer than a day', async () => {
    const e = make();
    const person = await e.member();
    await e.granted(person, 100);
    const left = await held(e, person, 30), kept = await held(e, person, 50);
    expect(await e.points.extend(e.at(START + 20 * MINUTE), kept, 60)).to.equal(START + 80 * MINUTE);
    expect(await e.points.extend(e.at(START + 70 * MINUTE), kept, 1440), 'no longer than a day').to.equal(START + DAY);
    expect((await e.spend(person, 60, START + 31 * MINUTE)).ok, 'the other one is still held').to.equal(false);
    expect(await shown(e, person, START + HOUR), 'put back as soon as somebody asks').to.deep.equal([50, 50]);
    const third = await held(e, person, 50, START + HOUR);
    expect(await e.points.expireHolds(e.at(START + 91 * MINUTE)), 'or by the job').to.equal(50);
    expect(await e.points.capture(e.at(START + 91 * MINUTE), third)).to.deep.equal({ ok: false, reason: 'expired' });
    expect(await e.points.capture(e.at(START + 31 * MINUTE), left)).to.deep.equal({ ok: false, reason: 'expired' });
    expect(await e.points.capture(e.at(START + DAY), kept), 'too late, also before the job').to.deep.equal({ ok: false, reason: 'expired' });
    expect(await e.points.extend(e.at(START + DAY), kept, 5)).to.equal(undefined);
    expect(await shown(e, person, START + DAY)).to.deep.equal([100, 0]);
    await e.expectSound();
  });

  it('are for members with enough points', async () => {
    const e = make();
    const guest = await e.guest(), member = await e.member();
    await e.granted(guest, 50);
    const wish = { amount: 10, source: 'core.checkout', causeRef: 'cart' };
    expect(await e.points.hold(e.at(), { ...wish, personId: guest, key: 'g' })).to.deep.include({ ok: false, reason: 'guest' });
    expect(await e.points.hold(e.at(), { ...wish, personId: member, key: 'm' })).to.deep.include({ ok: false, reason: 'too-few-points' });
    for (const amount of [-1, 0, 0.1, Infinity, 2 ** 53, Number.NaN]) {
      expect(await e.points.hold(e.at(), { ...wish, amount, personId: member, key: 'x' }).catch((error: unknown) => (error as { code: string }).code)).to.equal('GX_POINTS_AMOUNT');
    }
    for (const minutes of [0, -5, 1441, 0.5]) {
      expect(await e.points.hold(e.at(), { ...wish, minutes, personId: member, key: 'x' }).catch((error: unknown) => (error as { code: string }).code)).to.equal('GX_HOLD_MINUTES');
    }
    expect(await e.points.release(e.at(), newId(), 'x').catch((error: unknown) => (error as { code: string }).code)).to.equal('GX_NOT_FOUND');
    await e.expectSound();
  });

  it('hold a balance once, however many checkouts ask at once, and settle once', async () => {
    const e = make();
    const person = await e.member();
    await e.granted(person, 100);
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => e.points.hold(e.at(), { personId: person, amount: 30, source: 'core.checkout', causeRef: 'cart', key: `k${n}` })));
    const holds = results.flatMap((result) => (result.ok ? [result.holdId] : []));
    expect(holds).to.have.length(3);
    await Promise.allSettled(holds.flatMap((hold) => [e.points.capture(e.at(), hold), e.points.release(e.at(), hold, 'x'), e.points.capture(e.at(), hold)]));
    const { available, held: set } = await e.points.balance(e.at(), person);
    expect(set).to.equal(0);
    expect((available - 10) % 30).to.equal(0);
    await e.expectSound();
  });
});
