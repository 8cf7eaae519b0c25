import { expect } from 'chai';
import { OrdersService } from '../../../server/commerce/orders.service.js';
import { ProductsService } from '../../../server/commerce/products.service.js';
import type { OrderSnapshot, ProductSnapshot } from '../../../server/commerce/snapshots.js';
import { DAY } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, order, refund, START, type Economy } from '../economy/economy-fixture.js';

forEachEngine('commerce intake', (open) => {
  let make: (more?: object) => Economy;
  let e: Economy;
  let orders: OrdersService;
  let products: ProductsService;
  before(async () => {
    const opened = await openEconomy(open);
    make = opened.shop;
    orders = new OrdersService(opened.store);
    products = new ProductsService(opened.store);
  });
  beforeEach(() => { e = make(); });
  afterEach(() => e.expectSound());

  const tell = (more: { name?: string | null; email?: string | null; updatedAt: number }): Promise<{ personId: string; created: boolean }> => e.intake.customer(e.at(), { externalId: 'c1', ...more });
  const shirt = (more: Partial<ProductSnapshot> = {}): ProductSnapshot => ({ externalId: 'p1', title: 'Shirt', category: 'Clothing', updatedAt: START, variants: [{ externalId: 'v1', sku: 'SHIRT-M', title: 'M', price: 9900, currency: 'CNY' }], ...more });

  describe('customers', () => {
    it('keep for each field what the newest snapshot says of it, in any order', async () => {
      await tell({ name: 'New', updatedAt: START + 2 });
      await tell({ name: 'Old', email: 'old@example.com', updatedAt: START });
      await tell({ email: 'wei@example.com', updatedAt: START + 1 });
      const { personId, created } = await tell({ name: 'New', updatedAt: START + 2 });
      expect(created).to.equal(false);
      expect(await e.customers.byId(e.at(), personId)).to.include({ kind: 'member', name: 'New', email: 'wei@example.com' });
      await tell({ email: null, updatedAt: START + 3 });
      expect((await e.customers.byExternalId(e.at(), 'c1'))?.email).to.equal(null);
      expect((await e.events()).map(({ name }) => name).filter((name) => name.startsWith('customer.'))).to.deep.equal(['customer.created']);
    });

    it('are made once by 30 deliveries at once', async () => {
      const results = await Promise.all(Array.from({ length: 30 }, () => tell({ name: 'Wei', updatedAt: START })));
      expect(new Set(results.map((result) => result.personId)).size).to.equal(1);
      expect(results.filter((result) => result.created)).to.have.length(1);
    });

    it('are listed, searched and sorted page by page, guests beside members', async () => {
      for (let n = 0; n < 5; n++) await e.intake.order(e.at(START + n), order({ customer: `c${n}`, paid: [(n + 1) * 1000], at: START + n }));
      const guest = await e.guest(START + 9);
      const seen: [string | null, number, number][] = [];
      let cursor: string | undefined;
      do {
        const page = await e.customers.list(e.at(), { sort: 'spent', direction: 'asc', kind: 'member' }, { limit: 2, cursor });
        seen.push(...page.items.map((row): [string | null, number, number] => [row.name, row.orderCount, row.spentTotal]));
        cursor = page.next;
      } while (cursor);
      expect(seen).to.deep.equal([1000, 2000, 3000, 4000, 5000].map((spent) => ['Wei', 1, spent]));
      expect((await e.customers.list(e.at(), { search: 'WE' }, {})).items).to.have.length(5);
      expect((await e.customers.list(e.at(), { search: 'c3' }, {})).items).to.have.length(1);
      expect((await e.customers.list(e.at(), { search: '%' }, {})).items).to.have.length(0);
      expect((await e.customers.list(e.at(), {}, { limit: 1 })).items[0]).to.include({ id: guest, kind: 'guest' });
      for (const sort of ['created', 'orders', 'lastOrder', 'points', 'name'] as const) expect((await e.customers.list(e.at(), { sort }, {})).items).to.have.length(6);
      await e.customers.list(e.at(), {}, { cursor: 'nonsense' }).then(() => expect.fail('accepted'), (error: { status: number }) => expect(error.status).to.equal(400));
      expect(await e.customers.counts(e.at(), START)).to.deep.equal({ members: 5, guests: 1, buyers: 5, fresh: 5 });
      for (const name of ['Élise Moreau', '王小明']) await e.intake.customer(e.at(), { externalId: name, name, updatedAt: START });
      for (const [search, name] of [['Élise', 'Élise Moreau'], ['MOREAU', 'Élise Moreau'], ['王', '王小明']]) expect((await e.customers.list(e.at(), { search }, {})).items.map((row) => row.name), search).to.deep.equal([name]);
    });
  });

  describe('orders', () => {
    it('are stored whole and answered whole', async () => {
      const { orderId } = await e.intake.order(e.at(), order({ id: 'o1', paid: [1000, 2500], codes: ['GX-1'] }));
      await e.intake.refund(e.at(), refund('o1', [['2', 500]]));
      const stored = (await orders.byId(e.at(), orderId))!;
      expect(stored).to.deep.include({ externalId: 'o1', total: 3500, refundedTotal: 500, discountCodes: ['GX-1'], discounts: [{ code: 'GX-1', amount: 100 }], paidAt: START, deliveredAt: null });
      expect(stored.lines.map((line) => [line.sku, line.paid, line.refundedAmount])).to.deep.equal([['SKU-1', 1000, 0], ['SKU-2', 2500, 500]]);
      expect(await orders.byExternalId(e.at(), 'o1')).to.deep.equal(stored);
      expect((await orders.ofPerson(e.at(), stored.personId!, {})).items).to.deep.equal([stored]);
      expect(await orders.byId(make().at(), orderId)).to.equal(undefined);
    });

    it('prove who bought what, as long as it was not given back', async () => {
      const { orderId } = await e.intake.order(e.at(), order({ id: 'o1', paid: [1000, 2500] }));
      const person = (await e.customers.byExternalId(e.at(), 'customer'))!.id;
      expect(await orders.boughtBy(e.at(), person, 'SKU-2')).to.equal(orderId);
      expect(await orders.boughtBy(e.at(), person, 'SKU-9')).to.equal(undefined);
      await e.intake.refund(e.at(), refund('o1', [['2', 2500]]));
      expect(await orders.boughtBy(e.at(), person, 'SKU-2')).to.equal(undefined);
      expect(await orders.boughtBy(e.at(), person, 'SKU-1')).to.equal(orderId);
    });

    it('are listed, filtered and added up', async () => {
      await e.intake.order(e.at(), order({ id: 'o1', paid: [1000] }));
      await e.intake.order(e.at(), order({ id: 'o2', paid: [2000], at: START + DAY, deliveredAt: START + 2 * DAY }));
      await e.intake.order(e.at(), order({ id: 'o3', paid: [4000], at: START + DAY, cancelledAt: START + 2 * DAY }));
      await e.intake.order(e.at(), order({ id: 'o4', paid: [8000], at: START + 3 * DAY, paidAt: null }));
      await e.intake.refund(e.at(), refund('o1', [['1', 300]]));
      const worth = async (paidSince?: number): Promise<readonly number[]> => (await orders.sums(e.at(), { limit: 10, ...(paidSince === undefined ? {} : { paidSince }) })).map(({ goods }) => goods);
      expect([await worth(), await worth(START + DAY), await worth(START + DAY + 1)]).to.deep.equal([[1000, 2000, 4000], [2000, 4000], []]);
      const first = await orders.list(e.at(), {}, { limit: 3 });
      const rest = await orders.list(e.at(), {}, { limit: 3, cursor: first.next });
      expect([...first.items, ...rest.items].map((row) => [row.externalId, row.status])).to.deep.include.members([['o4', 'unpaid'], ['o3', 'cancelled'], ['o2', 'delivered'], ['o1', 'paid']]);
      for (const [status, ids] of [['unpaid', ['o4']], ['cancelled', ['o3']], ['delivered', ['o2']], ['refunded', ['o1']], ['paid', ['o1']]] as const) {
        expect((await orders.list(e.at(), { status }, {})).items.map((row) => row.externalId)).to.deep.equal(ids);
      }
      expect((await orders.list(e.at(), { search: 'wei', from: START + DAY, to: START + 2 * DAY }, {})).items).to.have.length(2);
      expect(await orders.totals(e.at(), '2026-03-01', '2026-03-31')).to.deep.equal({ orders: 2, revenue: 3000, refunded: 300, cancelled: 1, buyers: 1 });
      expect(await orders.daily(e.at(), '2026-02-28', '2026-03-02')).to.deep.equal([
        { date: '2026-02-28', orders: 0, revenue: 0, refunded: 0 }, { date: '2026-03-01', orders: 1, revenue: 1000, refunded: 300 }, { date: '2026-03-02', orders: 1, revenue: 2000, refunded: 0 },
      ]);
    });

    it('of the past come in batches, twice without effect, and earn and tell nothing', async () => {
      const past = Array.from({ length: 300 }, (_, n): OrderSnapshot => order({ id: `o${n}`, customer: `c${n % 40}`, paid: [1000, n], codes: n % 9 ? [] : ['OLD'] }));
      await e.intake.refundBatch(e.at(), [refund('o7', [['1', 400]], START, 'r1')], { history: true });
      expect(await e.intake.orderBatch(e.at(), [...past, past[0]!], { history: true })).to.deep.equal({ changed: 300 });
      expect(await e.intake.orderBatch(e.at(), past, { history: true })).to.deep.equal({ changed: 0 });
      expect(await e.intake.refundBatch(e.at(), [refund('o7', [['1', 400]], START, 'r1'), refund('o8', [['1', 1]], START, 'r2')], { history: true })).to.deep.equal({ changed: 1 });
      expect((await orders.byExternalId(e.at(), 'o7'))?.refundedTotal).to.equal(400);
      expect(await orders.totals(e.at(), '2026-01-01', '2026-12-31')).to.include({ orders: 300, buyers: 40, refunded: 401 });
      expect(await e.events()).to.deep.equal([]);
      expect((await e.customers.summary(e.at(), (await e.customers.byExternalId(e.at(), 'c7'))!.id)).orderCount).to.equal(8);
    });

    it('with something impossible in them are refused, and nothing of them is stored', async () => {
      const bad: Partial<OrderSnapshot>[] = [{ externalId: '' }, { total: -1 }, { total: 1.5 }, { currency: 'yuan' }, { placedAt: Number.NaN }, { lines: [...order().lines, ...order().lines] }, { externalId: 'a\u0000b' }];
      for (const more of bad) {
        await e.intake.order(e.at(), { ...order(), ...more }).then(() => expect.fail(JSON.stringify(more)), (error: { code: string; status: number }) => expect([error.code, error.status]).to.deep.equal(['GX_SNAPSHOT', 422]));
      }
      await e.intake.order(e.at(), { ...order({ id: 'long' }), number: 'x\u0000'.repeat(500), lines: [{ ...order().lines[0]!, title: '长'.repeat(900) }] });
      expect((await orders.list(e.at(), {}, {})).items.map((row) => row.externalId)).to.deep.equal(['long']);
    });
  });

  describe('products', () => {
    it('follow the newest snapshot, keep the names of what is gone, and free its SKU', async () => {
      expect(await e.intake.product(e.at(), shirt())).to.include({ changed: true });
      expect(await e.intake.product(e.at(), shirt())).to.include({ changed: false });
      expect(await e.intake.product(e.at(), shirt({ title: 'Old', updatedAt: START - 1 }))).to.include({ changed: false });
      expect(await products.bySku(e.at(), 'SHIRT-M')).to.include({ title: 'Shirt · M', price: 9900, status: 'active' });
      await e.intake.productDeleted(e.at(), 'p1');
      expect(await products.bySku(e.at(), 'SHIRT-M')).to.include({ status: 'deleted' });
      expect((await products.search(e.at(), 'shirt', {})).items).to.deep.equal([]);
      await e.intake.product(e.at(), shirt({ externalId: 'p2', title: 'New shirt', variants: [{ externalId: 'v2', sku: 'SHIRT-M', price: 100, currency: 'CNY' }] }));
      expect(await products.bySku(e.at(), 'SHIRT-M')).to.include({ title: 'New shirt' });
    });

    it('get a SKU of their own when theirs is missing or taken', async () => {
      await e.intake.product(e.at(), shirt({ variants: [{ externalId: 'v1', sku: '', price: 1, currency: 'CNY' }, { externalId: 'v2', sku: 'A', price: 1, currency: 'CNY' }, { externalId: 'v3', sku: 'A', price: 1, currency: 'CNY' }] }));
      const page = await products.list(e.at(), { category: 'Clothing' }, { limit: 2 });
      const rest = await products.list(e.at(), { category: 'Clothing' }, { limit: 2, cursor: page.next });
      expect([...page.items, ...rest.items].map((product) => product.sku)).to.deep.equal(['A', 'A~v3', 'v-v1']);
      expect([...(await products.bySkus(e.at(), ['A', 'nope'])).keys()]).to.deep.equal(['A']);
      expect(await products.categories(e.at())).to.deep.equal([{ category: 'Clothing', products: 1 }]);
    });
  });
});
