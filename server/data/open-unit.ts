import { AsyncLocalStorage } from 'node:async_hooks';
import { GxError, type OpenUnit, type ShopContext, type WriteUnit } from '../plugin-api/index.js';

/** What `ctx.tx` really is: one open unit of work of one store. */
export class ActiveUnit implements OpenUnit {
  open = true;
  /** Set by the write door; a hot unit has no asynchronous surface. */
  unit: WriteUnit | undefined;
  constructor(readonly door: 'write' | 'hot', readonly shopId: number, readonly owner: object) {}

  assertOpen(): void {
    if (!this.open) throw new GxError('GX_UNIT_CLOSED', 500, 'This unit of work has ended. Do not keep its ctx or unit after the callback has returned; await everything inside.');
  }
}

export const nested = (): GxError =>
  new GxError('GX_UNIT_NESTED', 500, 'A unit of work is open, but this call was made with an outer ctx. Pass on the ctx that db.write handed you; inside a hot unit use yield* with the service\'s steps.');

const inside = new AsyncLocalStorage<ActiveUnit | undefined>();

/** Runs `fn` marked as the inside of `unit`, so that calls with an outer context are found out. */
export const runInside = <T>(unit: ActiveUnit, fn: () => T): T => inside.run(unit, fn);

/**
 * Runs `fn` as if no unit were open. For background work that is started from inside a unit but is no part of it
 * (a dispatcher that is woken, a timer).
 */
export const detached = <T>(fn: () => T): T => inside.run(undefined, fn);

/** Throws `GX_UNIT_NESTED` when the caller stands inside an open unit. */
export function assertOutside(): void {
  if (inside.getStore()?.open === true) throw nested();
}

/** The unit that a call with `ctx` joins, or undefined. Errors: `GX_UNIT_CLOSED`, `GX_UNIT_NESTED`. */
export function joinedUnit(ctx: ShopContext, owner: object): ActiveUnit | undefined {
  const { tx } = ctx;
  if (tx === undefined) return undefined;
  if (!(tx instanceof ActiveUnit) || tx.owner !== owner) throw new GxError('GX_UNIT_FOREIGN', 500, 'ctx.tx was not made by this database; never build it by hand.');
  tx.assertOpen();
  if (tx.shopId !== ctx.shop.id) throw new GxError('GX_UNIT_NESTED', 500, 'A unit of work belongs to one shop; end it before you work for another.');
  return tx;
}
