import { expect } from 'chai';
import { foldCustomers } from '../../../server/commerce/customer-fold.js';
import { clustersOf } from '../../../server/economy/risk/clusters.js';
import { normalAddress, normalEmail } from '../../../server/economy/risk/normal-forms.js';
import { actionOf, DEFAULT_RULES, riskScore, WEIGHTS, type RiskFacts } from '../../../server/economy/risk/score.js';
import { DAY, HOUR, MINUTE, newId, type GrantRequest, type GrantResult, type RewardKind, type ShopContext, type Unit } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { en } from '../../../widgets/admin/risk/locales/en.js';
import { zhCN } from '../../../widgets/admin/risk/locales/zh-cn.js';
import { openEconomy, order, START, type Economy } from './economy-fixture.js';

const NOTHING: RiskFacts = { device: 0, email: 0, address: 0, payment: 0, burst: 1, refused: 0, hourly: 0, cleared: 0 };

describe('the risk score', () => {
  it('knows one mailbox and one address in their disguises, and keeps others apart', () => {
    expect(new Set(['Wei.Lin+a@Gmail.com', 'weilin@googlemail.com', ' w.e.i.l.i.n+2@gmail.com '].map(normalEmail))).to.deep.equal(new Set(['weilin@gmail.com']));
    expect(normalEmail('a.b+x@example.com')).to.equal('a.b@example.com');
    expect(normalEmail('ab@example.com')).not.to.equal(normalEmail('a.b@example.com'));
    for (const [one, other] of [['li@me.com', 'Li+x@icloud.com'], ['a.b-c@pm.me', 'abc@protonmail.com'], ['li.na@ya.ru', 'li-na@yandex.com'], ['wei@example.com.', 'wei@example.com']] as const) expect(normalEmail(one), one).to.equal(normalEmail(other));
    expect(normalEmail('li.na@outlook.com')).not.to.equal(normalEmail('lina@hotmail.com'));
    for (const none of ['', '@x.com', 'no-at', 'x@', '+tag@x.com']) expect(normalEmail(none), none).to.equal(undefined);
    expect(normalAddress('12 Nanjing Rd., Apt 3')).to.equal(normalAddress('3, 12 NANJING ROAD'));
    expect(normalAddress('12 Nanjing Road')).not.to.equal(normalAddress('13 Nanjing Road'));
    expect(normalAddress('上海市南京路１２号')).to.equal(normalAddress('上海市南京路12号'));
  });

  it('holds nothing for one shared thing, holds a household once, and asks staff about a farm', () => {
    const action = (facts: Partial<RiskFacts>): string => actionOf(DEFAULT_RULES, riskScore({ ...NOTHING, ...facts }).score);
    for (const facts of [{}, { device: 1 }, { address: 1 }, { email: 1 }, { payment: 1 }, { hourly: 40 }]) expect(action(facts), JSON.stringify(facts)).to.equal('allow');
    expect(action({ device: 1, address: 1 })).to.equal('hold');
    expect(action({ device: 1, address: 1, cleared: 1 })).to.equal('allow');
    expect(action({ device: 1, address: 1, payment: 1 })).to.equal('hold');
    expect(action({ device: 199, burst: 200 })).to.equal('review');
    expect(action({ email: 199, burst: 200 })).to.equal('review');
    expect(riskScore({ ...NOTHING, device: 1, address: 1 }).reasons).to.deep.equal([{ signal: 'device', count: 1, weight: 3_500 }, { signal: 'address', count: 1, weight: 3_000 }]);
  });

  it('says each signal in a sentence of both languages, and gives each a weight that alone holds nothing at its first step', () => {
    for (const signal of [...Object.keys(WEIGHTS), 'cleared'] as (keyof RiskFacts)[]) for (const texts of [en, zhCN]) expect(texts[`reason.${signal}` as keyof typeof en], signal).to.match(signal === 'cleared' ? /\S/ : /\{n\}/);
    for (const [signal, steps] of Object.entries(WEIGHTS) as [keyof RiskFacts, readonly (readonly [number, number])[]][]) {
      for (const [least, weight] of steps) {
        expect(riskScore({ ...NOTHING, [signal]: least }), signal).to.deep.equal({ score: weight, reasons: [{ signal, count: least, weight }] });
        expect(riskScore({ ...NOTHING, [signal]: least - 1 }).score, signal).to.be.below(weight);
      }
    }
  });

  it('finds clusters through chains of shared things', () => {
    const signal = (person: string, hash: string): { person: string; kind: string; hash: string } => ({ person, kind: 'device', hash });
    const roots = clustersOf([signal('c', '2'), signal('a', '1'), signal('b', '1'), signal('b', '2'), signal('z', '9'), signal('y', '9'), signal('x', '8')]);
    expect(Object.fromEntries(roots)).to.deep.equal({ a: 'a', b: 'a', c: 'a', y: 'y', z: 'y', x: 'x' });
  });
});

forEachEngine('held grants', (open) => {
  let make: (more?: object) => Economy;
  let e: Economy;
  before(async () => { make = (await openEconomy(open)).shop; });
  beforeEach(() => { e = make(); });
  afterEach(() => e.expectSound());

  const give = (person: string, more: Partial<GrantRequest> = {}, now = START): Promise<GrantResult> =>
    e.grants.grant(e.at(now), { personId: person, reward: { kind: 'points', amount: 10 }, source: 'test.gift', causeRef: 'cause', key: newId(), budgetRef: 'game', ...more });
  const staff = (now = START): ReturnType<Economy['at']> => ({ ...e.at(now), actor: { kind: 'staff', id: 's', name: 'Lin', role: 'owner' } });
  const told = async (): Promise<unknown[][]> => (await e.events()).filter(({ name }) => name === 'grant.decided').map(({ payload: { grantId, personId, decision, outcome, instead } }) => [grantId, personId, decision, outcome, instead]);
  const household = async (): Promise<readonly [string, string]> => {
    const pair = [await e.member(), await e.member()] as const;
    for (const [n, person] of pair.entries()) await e.risk.note(e.at(), person, { device: 'tablet-in-the-kitchen', address: n === 0 ? '12 Nanjing Rd, Apt 3' : '12 nanjing road apt. 3' });
    return pair;
  };
  const farm = async (size: number): Promise<readonly string[]> => {
    const people: string[] = [];
    while (people.length < size) people.push(...await Promise.all(Array.from({ length: Math.min(20, size - people.length) }, () => e.member())));
    for (const [n, person] of people.entries()) await e.risk.note(e.at(), person, { device: `phone-${n % 7}`, email: `wei.lin+${n}@gmail.com` });
    return people;
  };

  it('E25: hold a household of two once for 72 hours, then give by themselves, and do not ask again', async () => {
    const [one, two] = await household();
    const results = [await give(one), await give(two)];
    for (const result of results) expect(result).to.deep.include({ ok: true, held: true, until: START + 72 * HOUR });
    expect(await e.balance(one)).to.deep.equal([0, 10, 0]);
    expect((await e.spend(one, 1)).ok, 'nothing to spend yet').to.equal(false);
    await e.held.releaseDue(e.at(START + 71 * HOUR));
    expect(await e.balance(one, START + 71 * HOUR)).to.deep.equal([0, 10, 0]);
    expect(await e.held.releaseDue(e.at(START + 72 * HOUR))).to.equal(2);
    expect(await e.balance(one, START + 72 * HOUR)).to.deep.equal([10, 0, 0]);
    expect((await e.spend(two, 10, START + 72 * HOUR)).ok).to.equal(true);
    const next = await give(one, {}, START + 73 * HOUR);
    expect(next).not.to.have.property('held');
    expect((await told()).map(([, person, decision]) => [person, decision])).to.have.deep.members([[one, 'given'], [two, 'given']]);
  });

  it('E24: put 200 sign-ups into one cluster and pay none of them before staff have looked', async () => {
    const people = await farm(200);
    const results: GrantResult[] = [];
    for (let from = 0; from < people.length; from += 20) results.push(...await Promise.all(people.slice(from, from + 20).map((person) => give(person))));
    expect(results.every((result) => result.ok && result.held === true && result.until === null)).to.equal(true);
    const held = await e.held.list(e.at());
    expect(new Set(held.map((each) => each.clusterId)).size).to.equal(1);
    expect(held[0]!.people).to.equal(200);
    expect(held[0]!.reasons.map(({ signal }) => signal)).to.include.members(['email', 'device', 'burst']);
    expect(await e.held.counts(e.at())).to.deep.include({ held: 200, reviews: 200 });
    for (const person of [people[0]!, people[199]!]) expect(await e.balance(person, START + 89 * DAY)).to.deep.equal([0, 10, 0]);
    expect((await e.events()).filter(({ name }) => name === 'grant.made')).to.have.length(0);
    await e.held.refuse(staff(), held[0]!.grantId, 'Made up accounts');
    expect(await e.balance(held[0]!.personId)).to.deep.equal([0, 0, 0]);
    await e.held.release(staff(), held[1]!.grantId, 'A real one');
    expect(await e.balance(held[1]!.personId)).to.deep.equal([10, 0, 0]);
    await e.held.release(staff(), held[1]!.grantId, null).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_HELD_DECIDED'));
    await e.held.refuse(staff(), held[2]!.grantId, '  ').then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_REASON_MISSING'));
    expect(await e.held.decideCluster(staff(), held[0]!.clusterId!, false, 'All of them')).to.deep.equal({ decided: 198, left: 0 });
    expect(await e.held.releaseDue(e.at(START + 100 * DAY))).to.equal(0);
  }).timeout(120_000);

  it('reserve other rewards without issuing them, replay as held, and issue or drop them once', async () => {
    const issued: string[] = [], revoked: string[] = [];
    let stock = 1;
    const kind: RewardKind = {
      // eslint-disable-next-line require-yield
      *issue(_ctx, _request, grantId) { if (stock === 0) return undefined; stock--; issued.push(grantId); return { mug: grantId }; },
      // eslint-disable-next-line require-yield
      *revoke(_ctx, grantId) { revoked.push(grantId); },
      options: async () => [],
    };
    e.grants.registerKind('gifts', 'mug', kind, { en: 'Mug', 'zh-CN': '杯子' });
    const [one, two] = await household();
    const reward = { kind: 'gifts.mug', amount: 1 };
    const first = await give(one, { reward, key: 'mug' }), second = await give(two, { reward }), third = await give(two, { reward });
    expect(first).to.deep.include({ ok: true, held: true, outcome: {} });
    expect(await give(one, { reward, key: 'mug' })).to.deep.include({ replayed: true, held: true });
    expect(issued).to.deep.equal([]);
    if (!first.ok || !second.ok || !third.ok) return expect.fail('refused');
    await e.held.release(staff(), first.grantId, null);
    expect(issued).to.deep.equal([first.grantId]);
    expect(await give(one, { reward, key: 'mug' })).to.deep.include({ replayed: true, outcome: { mug: first.grantId } });
    await e.held.release(staff(), second.grantId, null).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_HELD_UNAVAILABLE'));
    expect(await e.held.releaseDue(e.at(START + 73 * HOUR)), 'without stock it stays').to.equal(0);
    await e.held.refuse(staff(), third.grantId, 'Not for you');
    expect(await told(), 'and each decision is told once').to.deep.equal([[first.grantId, one, 'given', { mug: first.grantId }, null], [third.grantId, two, 'refused', {}, null]]);
    expect(revoked, 'what was never issued is not revoked').to.deep.equal([]);
    expect((await e.held.list(e.at())).map(({ grantId }) => grantId)).to.deep.equal([second.grantId]);
  });

  it('give the substitute, or nothing, for what can never be given any more, and tell it', async () => {
    const free: string[] = [];
    // eslint-disable-next-line require-yield
    e.grants.registerKind('gifts', 'seat', { *issue() { return undefined; }, *revoke() { expect.fail('never issued'); }, *reserve() { return true; }, *free(_ctx, grantId) { free.push(grantId); }, options: async () => [] }, { en: 'Seat', 'zh-CN': '座位' });
    const [person] = await household(), reward = { kind: 'gifts.seat', amount: 1 };
    const [some, none, bare] = [await give(person, { reward, key: 'seat', causeRef: 'play', fallback: { kind: 'points', amount: 4 } }), await give(person, { reward, fallback: { kind: 'none', amount: 0 } }), await give(person, { reward })];
    if (!some.ok || !none.ok || !bare.ok) return expect.fail('refused');
    for (const { grantId } of [some, none, bare]) await e.held.release(staff(), grantId, null);
    expect(await e.balance(person)).to.deep.equal([4, 0, 0]);
    expect(free).to.deep.equal([some.grantId, none.grantId, bare.grantId]);
    const decided = (await e.events()).filter(({ name }) => name === 'grant.decided').map(({ payload }) => payload);
    const instead = decided[0]!['instead'] as { grantId: string };
    expect(decided[0]).to.deep.equal({ grantId: some.grantId, personId: person, kind: 'gifts.seat', amount: 1, source: 'test.gift', causeRef: 'play', key: 'seat', decision: 'instead', outcome: {}, instead: { grantId: instead.grantId, kind: 'points', amount: 4 } });
    expect((await e.events()).some(({ name, payload }) => name === 'grant.made' && payload['grantId'] === instead.grantId)).to.equal(true);
    expect((await told()).slice(1)).to.deep.equal([[none.grantId, person, 'over', {}, null], [bare.grantId, person, 'over', {}, null]]);
  });

  it('let the shopper appeal, also against a refusal, and nobody else', async () => {
    const [one, two] = await household();
    const result = await give(one);
    if (!result.ok) return expect.fail('refused');
    const missing = (error: { status: number }): unknown => expect(error.status).to.equal(404);
    await e.held.appeal(e.at(), two, result.grantId, 'Mine!').then(() => expect.fail('accepted'), missing);
    await e.held.refuse(staff(), result.grantId, 'Looks odd');
    await e.held.appeal(e.at(), one, result.grantId, ' We are two people. ');
    expect((await e.held.ofPerson(e.at(), one))[0]).to.deep.include({ state: 'refused', note: 'Looks odd', appeal: 'We are two people.' });
    const refusedRisk = await e.risk.of(e.at(), two);
    expect(refusedRisk!.reasons.map(({ signal }) => signal), 'a refusal counts for the whole cluster').to.include('refused');
  });

  it('go with a guest who signs in, and come from there when they are given or taken back', async () => {
    const [guests, member] = [[await e.guest(), await e.guest()], await e.member()];
    for (const guest of guests) await e.risk.note(e.at(), guest, { device: 'shared', address: '12 Nanjing Rd' });
    const kept = await give(guests[0]!), dropped = await give(guests[1]!);
    await give(member, { once: 'follow-shop' });
    const twice = [await give(guests[0]!, { once: 'follow-shop' }), await give(guests[1]!, { once: 'follow-shop' })];
    if (!kept.ok || !dropped.ok) return expect.fail('refused');
    expect([kept.held, dropped.held]).to.deep.equal([true, true]);
    const merges: string[] = [];
    for (const guest of guests) merges.push((await e.merging.merge(e.at(), guest, member))!.mergeId);
    const [late, wrong] = twice.map((result) => (result.ok ? result.grantId : '')) as [string, string];
    expect((await e.held.ofPerson(e.at(), member)).map(({ grantId }) => grantId)).to.have.members([kept.grantId, dropped.grantId, late, wrong]);
    await e.held.appeal(e.at(), member, dropped.grantId, 'I was that guest');
    await e.held.release(staff(), kept.grantId, null);
    await e.held.refuse(staff(), dropped.grantId, 'Twice');
    expect(await e.balance(member)).to.deep.equal([20, 0, 0]);
    await e.held.release(staff(), late, null);
    await e.held.refuse(staff(), wrong, 'Had it already');
    expect(await e.balance(member), 'a one-off that both had is theirs once, whatever is decided about the other').to.deep.equal([20, 0, 0]);
    expect((await e.events()).filter(({ name, payload }) => name === 'grant.made' && payload['grantId'] === late), 'nobody is told of it').to.deep.equal([]);
    expect((await told()).map(([grant, who, decision]) => [grant, who, decision])).to.deep.equal([[kept.grantId, member, 'given'], [dropped.grantId, member, 'refused'], [late, member, 'over'], [wrong, member, 'refused']]);
    await e.expectSound();
    for (const merge of merges.reverse()) await e.merging.split(e.at(START + MINUTE), merge);
    await e.points.mature(e.at(START + MINUTE));
    expect([await e.balance(member), await e.balance(guests[0]!), await e.balance(guests[1]!)], 'and both are as before, but for what was decided').to.deep.equal([[10, 0, 0], [20, 0, 0], [0, 0, 0]]);
  });

  it('follow the merchant\'s thresholds, and forget what is old or erased', async () => {
    const [one, two] = await household();
    await e.risk.saveRules(staff(), { watching: true, holdFrom: 6_000, reviewFrom: 9_000, holdHours: 24 });
    expect((await e.risk.of(e.at(), one))!.action).to.equal('allow');
    await e.risk.saveRules(staff(), { watching: true, holdFrom: 1_000, reviewFrom: 9_000, holdHours: 24 });
    expect(await give(one)).to.deep.include({ held: true, until: START + 24 * HOUR });
    await e.risk.saveRules(staff(), { watching: false, holdFrom: 1_000, reviewFrom: 9_000, holdHours: 24 });
    expect(await give(one)).not.to.have.property('held');
    await e.risk.saveRules(staff(), { watching: true, holdFrom: 6_000, reviewFrom: 5_000, holdHours: 24 }).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_RISK_RULES'));
    const known = await e.privacy.exportPerson(e.at(), two);
    expect(known.data['risk']!['signals']!.map(({ kind }) => kind)).to.have.members(['device', 'address']);
    expect(JSON.stringify(known.data)).not.to.match(/kitchen|nanjing/i);
    await e.privacy.erasePerson(e.at(), two);
    expect(await e.risk.of(e.at(), two)).to.equal(undefined);
    await e.risk.judgeAll(e.at(START + HOUR));
    expect(await e.risk.of(e.at(), one), 'alone now').to.equal(undefined);
    await e.risk.note(e.at(), one, { device: 'old' });
    await e.risk.judgeAll(e.at(START + 91 * DAY));
    expect((await e.privacy.exportPerson(e.at(), one)).data['risk']!['signals']).to.deep.equal([]);
  });

  it('stop an activity that gives more than five times the usual, hold what comes, and go on when staff say so', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => e.member()));
    for (let day = 8; day >= 1; day--) for (let n = 0; n < 5; n++) await give(people[n]!, {}, START - day * DAY);
    for (let day = 8; day >= 1; day--) await e.watch.watch(e.at(START - day * DAY));
    for (let n = 0; n < 25; n++) await give(people[n]!);
    expect(await e.watch.watch(e.at()), 'five times the usual is allowed').to.deep.equal([]);
    await give(people[26]!);
    expect(await e.watch.watch(e.at())).to.deep.equal(['game']);
    expect(await e.watch.watch(e.at()), 'once').to.deep.equal([]);
    const waiting = await give(people[27]!);
    expect(waiting).to.deep.include({ held: true, until: null });
    expect(await give(people[27]!, { budgetRef: 'another' })).not.to.have.property('held');
    const [stop] = await e.held.stops(e.at());
    expect(stop).to.deep.include({ scope: 'game', rule: 'rate', grants: 26, usual: 5, held: 1, resumedAt: null });
    expect(await e.held.resume(staff(), stop!.id, 'A mailing went out', true)).to.deep.equal({ decided: 1, left: 0 });
    expect(await e.balance(people[27]!)).to.deep.equal([20, 0, 0]);
    expect(await give(people[28]!)).not.to.have.property('held');
    expect(await e.watch.watch(e.at()), 'staff have seen this hour').to.deep.equal([]);
  });

  it('stop an activity of which more than a fifth goes to people whose risk asks for a review', async () => {
    const suspects = await farm(12), others = await Promise.all(Array.from({ length: 20 }, () => e.member()));
    for (const person of [...suspects.slice(0, 5), ...others]) await give(person);
    expect(await e.watch.watch(e.at()), 'a fifth').to.deep.equal([]);
    await give(suspects[6]!);
    expect(await e.watch.watch(e.at())).to.deep.equal(['game']);
    expect((await e.held.stops(e.at()))[0]).to.deep.include({ rule: 'risk', risky: 6, grants: 26 });
  });

  it('learn the address and the means of payment from orders, and the new mailbox of a known customer', async () => {
    const buy = (customer: string, address: string, payment: string): Promise<unknown> => e.intake.order(e.at(), { ...order({ customer }), address, payment });
    await buy('one', '12 Nanjing Rd., Apt 3', 'card-fingerprint');
    await buy('two', '3/12 nanjing road', 'card-fingerprint');
    await buy('three', '88 Huaihai Road', 'another');
    const learnt = (await e.events()).filter(({ name }) => name === 'risk.signals').map(({ payload }) => String(payload['personId']));
    expect(learnt).to.have.length(3);
    await e.risk.judge(e.at(), learnt);
    expect((await e.risk.of(e.at(), learnt[0]!))!.reasons.map(({ signal, count }) => [signal, count])).to.have.deep.members([['payment', 1], ['address', 1]]);
    expect(await give(learnt[1]!)).to.deep.include({ held: true });
    expect(await give(learnt[2]!)).not.to.have.property('held');
    await buy('one', '12 Nanjing Rd., Apt 3', 'card-fingerprint');
    expect((await e.events()).filter(({ name }) => name === 'risk.signals'), 'nothing new').to.have.length(3);
    const known = JSON.stringify((await e.privacy.exportPerson(e.at(), learnt[0]!)).data);
    expect(known).not.to.match(/nanjing|fingerprint/i);
    for (const [externalId, email] of [['two', 'mei@gmail.com'], ['three', 'm.e.i+x@googlemail.com']] as const) await e.intake.customer(e.at(START + 1), { externalId, email, updatedAt: START + 1 });
    await e.risk.judge(e.at(), learnt);
    expect((await e.risk.of(e.at(), learnt[2]!))!.reasons.map(({ signal }) => signal)).to.deep.equal(['email']);
  });

  it('keep a farm of 1,200 in one circle, also at night and for the last who came', async () => {
    const people: string[] = [];
    await e.db.hot(e.at(), 'farm', function* (ctx): Unit<void> {
      people.push(...[...(yield* foldCustomers(ctx, Array.from({ length: 1_200 }, (_, n) => ({ externalId: `farm-${n}`, updatedAt: ctx.now })))).values()].map(({ personId }) => personId).sort());
      for (const person of people) yield* e.risk.steps.learn(ctx, person, { email: `farm+${person}@gmail.com` });
    });
    expect(await e.risk.judgeAll(e.at())).to.equal(1_200);
    for (const person of [people[0]!, people.at(-1)!]) expect(await e.risk.of(e.at(), person)).to.deep.include({ action: 'review', people: 1_200, clusterId: people[0] });
    const late = await e.member();
    await e.risk.note(e.at(), late, { email: 'F.arm+late@gmail.com' });
    expect(await e.risk.of(e.at(), late)).to.deep.include({ action: 'review', clusterId: people[0] });
  }).timeout(60_000);

  it('wait for nobody else\'s reward that cannot be given now, and are never taken by a job', async () => {
    let on = true;
    e.grants.registerKind('gifts', 'mug', {
      // eslint-disable-next-line require-yield
      *issue(_ctx, _request, grantId) { return on ? { mug: grantId } : undefined; },
      // eslint-disable-next-line require-yield
      *revoke() { /* a mug has no row */ },
      options: async () => [],
    }, { en: 'Mug', 'zh-CN': '杯子' });
    const [one, two] = await household();
    on = false;
    await e.db.hot(e.at(), one, function* (ctx): Unit<void> {
      for (let n = 0; n < 210; n++) yield* e.grants.steps.grant(ctx, { personId: one, reward: { kind: 'gifts.mug', amount: 1 }, source: 'test.gift', causeRef: 'cause', key: `mug-${n}` });
    });
    expect(await give(two)).to.deep.include({ held: true });
    expect(await e.held.releaseDue(e.at(START + 73 * HOUR))).to.equal(1);
    expect(await e.balance(two, START + 73 * HOUR)).to.deep.equal([10, 0, 0]);
    for (const actor of [{ kind: 'job', name: 'grant-watch' }, { kind: 'plugin', plugin: 'membership' }] as const) {
      const [held] = await e.held.list(e.at());
      await e.held.refuse({ ...e.at(), actor }, held!.grantId, 'By itself').then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_HELD_STAFF'));
    }
    on = true;
    expect(await e.held.releaseDue(e.at(START + 74 * HOUR))).to.equal(210);
    expect(await e.held.list(e.at(), 'refused')).to.deep.equal([]);
  });

  it('are the shopper\'s from the promised moment on, and all free when somebody is erased', async () => {
    const [one, two] = await household();
    const result = await give(one);
    if (!result.ok) return expect.fail('refused');
    await e.held.refuse(staff(START + 72 * HOUR), result.grantId, 'Too late').then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_HELD_OVER'));
    await e.held.releaseDue(e.at(START + 72 * HOUR));
    expect(await e.balance(one, START + 72 * HOUR)).to.deep.equal([10, 0, 0]);
    for (let n = 0; n < 60; n++) await give(two);
    await e.privacy.erasePerson(e.at(), two);
    expect(await e.held.list(e.at())).to.deep.equal([]);
  });

  it('see a rush in the last minutes of an hour when the next has begun', async () => {
    const person = await e.member(), end = START - (START % HOUR) + HOUR;
    for (let day = 8; day >= 1; day--) { await give(person, {}, end - MINUTE - day * DAY); await e.watch.watch(e.at(end - MINUTE - day * DAY)); }
    for (let n = 0; n < 21; n++) await give(person, {}, end - MINUTE);
    expect(await e.watch.watch(e.at(end + MINUTE))).to.deep.equal(['game']);
  });

  it('cost a person without risk and an activity without a budget no statement', async () => {
    const [plain, judged, limited] = [await e.member(), await e.member(), await e.member()];
    for (const person of [judged, limited]) await e.risk.note(e.at(), person, { device: 'a-shared-one' });
    expect((await e.risk.of(e.at(), judged))!.action).to.equal('allow');
    const statementsOf = async (personId: string, more: Partial<GrantRequest> = {}): Promise<readonly string[]> => {
      const asked: string[] = [];
      await e.db.hot(e.at(), personId, function* (ctx: ShopContext): Unit<void> {
        const unit = e.grants.steps.grant(ctx, { personId, reward: { kind: 'points', amount: 5 }, source: 'test.gift', causeRef: 'cause', key: newId(), budgetRef: 'game', ...more });
        for (let step = unit.next(); !step.done;) { asked.push(step.value.statement.text); step = unit.next(yield step.value); }
      });
      return asked;
    };
    const bare = await statementsOf(plain);
    expect(bare.slice(1).filter((text) => /risk_|budget|held_grant|grant_stop/.test(text)), 'after the claim').to.deep.equal([]);
    expect(await statementsOf(judged)).to.deep.equal(bare);
    await e.budgets.create(e.at(), { scope: 'other', unit: 'points', ceiling: 100, softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost: 0 });
    expect(await statementsOf(limited), 'a budget of another activity').to.deep.equal(bare);
    expect(await statementsOf(limited, { budgetRef: 'other' })).to.have.length(bare.length + 2);
  });
});
