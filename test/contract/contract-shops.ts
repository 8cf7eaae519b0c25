import { DAY, type ShopContext } from '../../server/plugin-api/index.js';
import type { HttpClient } from '../kit/http-client.js';
import type { HostShopper, TestHost } from '../kit/test-host.js';
import type { ContractLab } from './contract-lab.js';
import { seedRows } from './seed-rows.js';

const SKUS = ['CONTRACT-1', 'CONTRACT-2'] as const;
/** One of the two shops has the demo's goods besides: dearer and cheaper than all of those (minor units), so that who chooses by price chooses alike. */
const PRICES = { 'CONTRACT-1': 50_000, 'CONTRACT-2': 2_000 } as const;
/** Many people, because routes are limited per person. */
const PEOPLE = 6;
const ORDERS = 2;

/** A shop as the checks see it. What two of them hold differs in ids and in `mark` alone. */
export interface ContractShop {
  readonly key: string;
  /** A word that stands in the shop's made-up texts and in no other's. */
  readonly mark: string;
  /** At the same moment in both shops. */
  readonly ctx: ShopContext;
  readonly admin: HttpClient;
  readonly visitor: HttpClient;
  readonly people: readonly HostShopper[];
  readonly orders: readonly string[];
  readonly skus: readonly string[];
  /** Somebody who has asked for little so far. */
  next(): HostShopper;
}

async function furnish(host: TestHost, key: string, mark: string, now: number): Promise<ContractShop> {
  const ctx: ShopContext = { ...await host.shop(key), now };
  const { intake, activities } = host.services;
  // Whoever draws lots must say who organises it.
  await activities.sheets.saveOrganiser(ctx, { legalName: 'Contract Ltd.', contact: 'contract@example.test', complaints: '' });
  const platform: ShopContext = { ...ctx, actor: { kind: 'platform', source: ctx.shop.platform } };
  for (const sku of SKUS) {
    await intake.product(platform, { externalId: sku, title: `Contract ${sku}`, updatedAt: now, variants: [{ externalId: `${sku}-v`, sku, price: PRICES[sku], currency: ctx.shop.currency }] });
  }
  const at = now - 60 * DAY;
  const named = Array.from({ length: PEOPLE }, (_, n) => ({ externalId: `contract-${n}`, email: `contract-${n}@example.test`, name: `Contract Person ${n}`, updatedAt: at }));
  // One unit for all of it: each commit waits for the disk.
  const orders = await host.services.store.write({ ...platform, now: at }, (unit, inner) => unit.steps((function* () {
    for (const person of named) yield* intake.steps.customer(inner, person);
    const ids: string[] = [];
    for (const [n, customer] of named.slice(0, ORDERS).entries()) {
      const { orderId } = yield* intake.steps.order(inner, {
        externalId: `contract-order-${n}`, number: `C${n}`, currency: ctx.shop.currency, customer, placedAt: at, paidAt: at, deliveredAt: at + DAY, updatedAt: at + DAY,
        subtotal: 100_000, discount: 0, shipping: 0, tax: 0, total: 100_000, lines: SKUS.map((sku) => ({ externalId: `${n}-${sku}`, sku, title: sku, quantity: 1, unitPrice: 50_000, paid: 50_000 })),
      });
      ids.push(orderId);
    }
    return ids;
  })()));
  const people: HostShopper[] = [];
  for (const person of named) people.push(await host.shopper(key, person));
  let turn = 0;
  return { key, mark, ctx, admin: await host.admin(key), visitor: host.visitor(key), people, orders, skus: SKUS, next: () => people[turn++ % PEOPLE]! };
}

/** Installs the plugin in two shops, fills both alike, and answers when everything that follows has happened. */
export async function furnishShops(lab: ContractLab, host: TestHost): Promise<readonly [ContractShop, ContractShop]> {
  const now = host.services.clock.now();
  const shops = [await furnish(host, 'demo', 'alphamark', now), await furnish(host, 'contract-b', 'omegamark', now)] as const;
  for (const { key } of shops) for (const { id } of [...lab.options.beside ?? [], lab.source]) await host.install(key, id);
  await host.drain();
  for (const { key, ctx } of shops) {
    if (lab.options.seed) await lab.options.seed(host, key);
    else await host.services.host.hook(lab.id, 'demo', ctx);
  }
  await host.drain();
  for (const shop of shops) await seedRows(host, lab.id, shop);
  return shops;
}
