import { sql, type ShopContext, type Unit } from '../plugin-api/index.js';
import { book, type Wallet } from './ledger-entry.js';
import { ACTIVATE_LOT, LOTS_DUE, LOTS_NEWEST_FIRST, LOTS_TO_MATURE, type LotRow } from './ledger-statements.js';
import { programmeOf } from './programme/programme.js';
import { closeLots, planTakes, recordAllocations, spendLots, takeFromLots, type Take } from './lots.js';

const sum = (lots: readonly LotRow[]): number => lots.reduce((total, lot) => total + lot.remaining, 0);

function bySource(lots: readonly LotRow[]): Map<string, LotRow[]> {
  const groups = new Map<string, LotRow[]>();
  for (const lot of lots) groups.set(lot.source, [...(groups.get(lot.source) ?? []), lot]);
  return groups;
}

/** Expires what is due, one entry for each source, so that the statement can say what went. Answers how many points expired. */
export function* expireDueLots(ctx: ShopContext, wallet: Wallet): Unit<number> {
  let expired = 0;
  if (wallet.nextExpiryAt > ctx.now) return expired;
  for (;;) {
    const lots = yield* sql.many(LOTS_DUE, { person: wallet.personId, now: ctx.now });
    if (lots.length === 0) break;
    for (const [source, group] of bySource(lots)) {
      const amount = sum(group);
      const id = yield* book(ctx, wallet, { kind: 'expire', source, moves: { available: -amount }, against: 'expired' });
      const { takes } = planTakes(group, amount);
      yield* takeFromLots(takes);
      yield* recordAllocations(id!, takes);
      yield* closeLots(group.map((lot) => lot.id), 'expired');
      expired += amount;
    }
  }
  wallet.nextExpiryAt = ctx.now + 1;
  return expired;
}

/** Pays debt from what is spendable, where the shop's programme does not wait for the shopper to settle it; afterwards a person never has both. */
export function* payDebt(ctx: ShopContext, wallet: Wallet): Unit<string | undefined> {
  return programmeOf(ctx.shop).debtPolicy === 'ask_at_next_redemption' ? undefined : yield* settleDebt(ctx, wallet);
}

/** Pays debt from what is spendable. Answers the entry, if there was something to pay. */
export function* settleDebt(ctx: ShopContext, wallet: Wallet): Unit<string | undefined> {
  const amount = Math.min(wallet.debt, wallet.available);
  if (amount === 0) return undefined;
  const id = yield* book(ctx, wallet, { kind: 'debt', source: 'core.debt', moves: { available: -amount, debt: -amount } });
  yield* spendLots(id!, wallet.personId, amount);
  return id;
}

/** Makes pending points available whose time has come, then lets them pay debt. Answers how many points matured. */
export function* matureDueLots(ctx: ShopContext, wallet: Wallet): Unit<number> {
  let matured = 0;
  for (;;) {
    const lots = yield* sql.many(LOTS_TO_MATURE, { person: wallet.personId, now: ctx.now });
    if (lots.length === 0) break;
    for (const [source, group] of bySource(lots)) {
      const amount = sum(group);
      yield* book(ctx, wallet, { kind: 'mature', source, moves: { pending: -amount, available: amount } });
      for (const lot of group) yield* sql.run(ACTIVATE_LOT, { id: lot.id });
      wallet.nextExpiryAt = Math.min(wallet.nextExpiryAt, ...group.map((lot) => lot.expires_at));
      matured += amount;
    }
  }
  if (matured > 0) {
    yield* expireDueLots(ctx, wallet);
    yield* payDebt(ctx, wallet);
  }
  return matured;
}

/** Points to take back, with the lots they should come from first. */
export interface Clawback { readonly amount: number; readonly ownLots: readonly LotRow[] }

/**
 * Takes points back: from the own lots (pending ones come first), then from other spendable lots, newest first; what is missing becomes debt, which the shop
 * gives up at once where its programme says so.
 * What is due must have expired before the own lots were read.
 * Answers the entry's id, or undefined when there was nothing to take.
 */
export function* takeBack(ctx: ShopContext, wallet: Wallet, claws: readonly Clawback[], entry: { readonly source: string; readonly causeRef: string; readonly note?: string | null; readonly grantId?: string; readonly detail?: object }): Unit<string | undefined> {
  const total = claws.reduce((all, claw) => all + claw.amount, 0);
  if (total === 0) return undefined;
  const takes = new Map<string, number>();
  let pending = 0;
  let available = 0;
  let rest = 0;
  const note = (lots: readonly LotRow[], taken: readonly Take[]): void => {
    for (const { lot, amount } of taken) {
      takes.set(lot, (takes.get(lot) ?? 0) + amount);
      if (lots.find((row) => row.id === lot)?.state === 'pending') pending += amount; else available += amount;
    }
  };
  for (const claw of claws) {
    const plan = planTakes(claw.ownLots.map((lot) => ({ ...lot, remaining: lot.remaining - (takes.get(lot.id) ?? 0) })).filter((lot) => lot.remaining > 0), claw.amount);
    yield* takeFromLots(plan.takes);
    note(claw.ownLots, plan.takes);
    rest += plan.rest;
  }
  while (rest > 0) {
    const lots = yield* sql.many(LOTS_NEWEST_FIRST, { person: wallet.personId });
    if (lots.length === 0) break;
    const plan = planTakes(lots, rest);
    yield* takeFromLots(plan.takes);
    note(lots, plan.takes);
    rest = plan.rest;
  }
  const id = yield* book(ctx, wallet, {
    kind: 'reversal', ...entry, note: entry.note ?? null, moves: { pending: -pending, available: -available, debt: rest }, against: 'reversed',
  });
  yield* recordAllocations(id!, [...takes].map(([lot, amount]) => ({ lot, amount })));
  if (rest > 0 && programmeOf(ctx.shop).debtPolicy === 'write_off') {
    yield* book(ctx, wallet, { kind: 'write-off', source: entry.source, causeRef: entry.causeRef, moves: { debt: -rest }, against: 'written_off' });
  }
  yield* closeLots(claws.flatMap((claw) => claw.ownLots.filter((lot) => lot.state === 'pending').map((lot) => lot.id)), 'cancelled');
  return id;
}
