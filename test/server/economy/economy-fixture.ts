import { expect } from 'chai';
import { CommerceIntakeService } from '../../../server/commerce/commerce-intake.service.js';
import { CustomersService } from '../../../server/commerce/customers.service.js';
import { DiscountCodesService } from '../../../server/commerce/discount-codes.service.js';
import { entities as commerceEntities, migrations as commerceMigrations } from '../../../server/commerce/schema.js';
import type { OrderSnapshot, RefundSnapshot } from '../../../server/commerce/snapshots.js';
import type { DataStore } from '../../../server/data/data-store.js';
import { pointsPersonalData } from '../../../server/economy/forfeiture.js';
import { BudgetsService } from '../../../server/economy/budgets/budgets.service.js';
import { GrantsService } from '../../../server/economy/grants.service.js';
import { GrantWatchService } from '../../../server/economy/risk/grant-watch.service.js';
import { HeldGrantsService } from '../../../server/economy/risk/held-grants.service.js';
import { riskPersonalData } from '../../../server/economy/risk/risk-data.js';
import { RiskService } from '../../../server/economy/risk/risk.service.js';
import { IntegrityService } from '../../../server/economy/integrity.service.js';
import { PeopleMergingService } from '../../../server/economy/merging/people-merging.service.js';
import { OrderEarningService } from '../../../server/economy/earning/order-earning.service.js';
import { PointsLedgerService } from '../../../server/economy/points-ledger.service.js';
import { entities as economyEntities, migrations as economyMigrations } from '../../../server/economy/schema.js';
import { OutboxService } from '../../../server/events/outbox.service.js';
import { entities as eventEntities, migrations as eventMigrations } from '../../../server/events/schema.js';
import { AuditService } from '../../../server/privacy/audit.service.js';
import { PrivacyService } from '../../../server/privacy/privacy.service.js';
import { entities as privacyEntities, migrations as privacyMigrations } from '../../../server/privacy/schema.js';
import { DAY, newId, statement, type Instant, type Shop, type ShopContext } from '../../../server/plugin-api/index.js';
import { testContext, testShop, type DatabaseOptions, type Open } from '../../kit/databases.js';

export const START = Date.UTC(2026, 2, 1, 4);
const EVENTS = statement<{ name: string; payload: string }>('SELECT name, payload FROM outbox_event WHERE shop_id = :shop ORDER BY id');

/** The core's commerce and economy on one database, and small words for their stories. */
export class Economy {
  readonly outbox = new OutboxService(this.db);
  readonly points = new PointsLedgerService(this.db);
  readonly grants = new GrantsService(this.db, this.outbox, () => this.pluginsOn);
  readonly codes = new DiscountCodesService(this.db, this.outbox);
  readonly earning = new OrderEarningService(this.db);
  readonly customers = new CustomersService(this.db);
  readonly audit = new AuditService(this.db);
  readonly risk = new RiskService(this.db, Buffer.alloc(32, 7), this.audit, this.outbox);
  readonly intake = new CommerceIntakeService(this.db, this.outbox, this.earning, this.codes, this.risk);
  readonly integrity = new IntegrityService(this.db);
  readonly merging = new PeopleMergingService(this.db, this.audit, this.outbox);
  readonly privacy = new PrivacyService(this.db, this.audit, this.outbox);
  readonly budgets = new BudgetsService(this.db, this.audit);
  readonly held = new HeldGrantsService(this.db, this.grants, this.risk, this.audit);
  readonly watch = new GrantWatchService(this.db, this.audit, this.outbox);
  pluginsOn = true;

  constructor(readonly db: DataStore, readonly shop: Shop) { this.privacy.registerSource(pointsPersonalData(this.db)); this.privacy.registerSource(riskPersonalData(this.db, this.grants)); }

  at(now: Instant = START): ShopContext { return testContext({ shop: this.shop, now }); }

  async member(now: Instant = START): Promise<string> {
    const externalId = newId();
    return (await this.intake.customer(this.at(now), { externalId, name: 'Wei', updatedAt: now })).personId;
  }
  async guest(now: Instant = START): Promise<string> { return (await this.customers.createGuest(this.at(now))).id; }

  give(personId: string, amount: number, now: Instant = START, key: string = newId(), availableAt?: Instant): ReturnType<GrantsService['grant']> {
    return this.grants.grant(this.at(now), { personId, reward: { kind: 'points', amount, ...(availableAt === undefined ? {} : { availableAt }) }, source: 'test.gift', causeRef: 'cause', key });
  }
  spend(personId: string, amount: number, now: Instant = START, key: string = newId()): ReturnType<PointsLedgerService['spend']> {
    return this.points.spend(this.at(now), { personId, amount, source: 'test.purchase', causeRef: 'cause', key });
  }
  async spent(personId: string, amount: number, now: Instant = START, key: string = newId()): Promise<string> {
    const result = await this.spend(personId, amount, now, key);
    if (!result.ok) expect.fail(`spend refused: ${result.reason}`);
    return result.transactionId;
  }
  async granted(personId: string, amount: number, now: Instant = START, key: string = newId(), availableAt?: Instant): Promise<string> {
    const result = await this.give(personId, amount, now, key, availableAt);
    if (!result.ok) expect.fail(`grant refused: ${result.reason}`);
    return result.grantId;
  }
  /** `[available, pending, debt]`. */
  async balance(personId: string, now: Instant = START): Promise<readonly [number, number, number]> {
    const { available, pending, debt } = await this.points.balance(this.at(now), personId);
    return [available, pending, debt];
  }
  async events(): Promise<{ name: string; payload: Record<string, unknown> }[]> {
    const rows = await this.db.read(this.at(), (q) => q.many(EVENTS));
    return rows.map((row) => ({ name: row.name, payload: JSON.parse(row.payload) as Record<string, unknown> }));
  }
  async expectSound(): Promise<void> { expect(await this.integrity.check(this.at())).to.deep.equal([]); }
}

let nextShop = 1;
/** Opens an empty database; each shop made on it is a world of its own. */
export async function openEconomy(open: Open, options: DatabaseOptions['store'] = {}): Promise<{ shop(more?: Partial<Shop>): Economy; store: DataStore; reopen: () => Promise<DataStore> }> {
  const { store, reopen } = await open({ entities: [...commerceEntities, ...economyEntities, ...eventEntities, ...privacyEntities], migrations: [...commerceMigrations, ...economyMigrations, ...eventMigrations, ...privacyMigrations], store: options });
  return { store, reopen, shop: (more = {}) => new Economy(store, testShop(nextShop++, more)) };
}

export interface OrderDraft {
  readonly id?: string; readonly customer?: string; readonly paid?: readonly number[]; readonly at?: Instant; readonly paidAt?: Instant | null; readonly deliveredAt?: Instant | null;
  readonly cancelledAt?: Instant | null; readonly updatedAt?: Instant; readonly codes?: readonly string[]; readonly currency?: string; readonly shipping?: number; readonly test?: boolean;
}
/** An order whose lines are called `1`, `2`, … and paid with the given minor units. */
export function order(draft: OrderDraft = {}): OrderSnapshot {
  const at = draft.at ?? START;
  const paid = draft.paid ?? [10_000];
  const subtotal = paid.reduce((sum, amount) => sum + amount, 0);
  const shipping = draft.shipping ?? 0;
  return {
    externalId: draft.id ?? newId(), number: '#1', customer: { externalId: draft.customer ?? 'customer', name: 'Wei', updatedAt: at }, currency: draft.currency ?? 'CNY', placedAt: at,
    paidAt: draft.paidAt === undefined ? at : draft.paidAt, deliveredAt: draft.deliveredAt ?? null, cancelledAt: draft.cancelledAt ?? null, updatedAt: draft.updatedAt ?? at,
    subtotal, discount: 0, shipping, tax: 0, total: subtotal + shipping, codes: (draft.codes ?? []).map((code) => ({ code, amount: 100 })),
    lines: paid.map((amount, n) => ({ externalId: String(n + 1), sku: `SKU-${n + 1}`, title: `Thing ${n + 1}`, quantity: 1, unitPrice: amount, paid: amount })),
    ...(draft.test === undefined ? {} : { test: draft.test }),
  };
}
/** A refund of `[line, amount]` pairs. */
export const refund = (orderId: string, lines: readonly (readonly [string, number])[], at: Instant = START + DAY, externalId: string = newId()): RefundSnapshot => ({
  externalId, orderExternalId: orderId, at, amount: lines.reduce((sum, [, amount]) => sum + amount, 0), lines: lines.map(([lineExternalId, amount]) => ({ lineExternalId, quantity: 1, amount })),
});
