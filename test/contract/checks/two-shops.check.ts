import type { Finding } from '../../../server/packages/finding.js';
import type { RouteRecord } from '../../../server/host/route-table.js';
import { newId, type ShopContext } from '../../../server/plugin-api/index.js';
import type { TestHost } from '../../kit/test-host.js';
import { finding, remark, said, type ContractCheck } from '../contract-check.js';
import { routeName, type ContractLab } from '../contract-lab.js';
import type { ContractShop } from '../contract-shops.js';
import { eventPayload } from '../event-payload.js';
import { PairedIds } from '../paired-ids.js';
import { callRoute, inputFor, routesOf, type RouteAnswer } from '../route-call.js';
import { changedTable, snapshot, tablesOf, THROUGH } from '../shop-rows.js';

/** As many ids of another shop are tried with each route. */
const STRANGERS = 6;
type Pair = readonly [ContractShop, ContractShop];
const place = (record: RouteRecord): string => `the route ${routeName(record)} (${record.surface})`;

/** Two shops with the same data: everything of the plugin is asked for both, and neither may notice the other. */
class TwoShops {
  readonly findings: Finding[] = [];
  /** Ids of the first shop's rows, also of those that are gone by now: what was kept in memory outlives its row. */
  readonly #known = new Set<string>();
  constructor(private readonly lab: ContractLab, private readonly host: TestHost, private readonly shops: Pair, private readonly tables: readonly string[], private ids: PairedIds) {
    this.#note();
  }
  private get written(): readonly string[] { return [...this.tables, ...THROUGH]; }
  #note(): void { for (const id of this.ids.own.get(this.shops[0])!) this.#known.add(id); }
  async #renew(): Promise<void> {
    this.ids = await PairedIds.of(this.host, this.tables, this.shops);
    this.#note();
  }

  /** Places in both shops' lists of own ids that are worth asking for; one when the route asks for no id. */
  #places(record: RouteRecord): readonly number[] {
    const [first] = this.shops, mine = this.ids.own.get(first)!, probe = newId();
    return mine.length && inputFor(this.lab, record, first, probe)?.text.includes(probe) ? [...mine.keys()] : [0];
  }
  /** Asks for one of the shop's things after the other. Undefined when nothing could be made up; a refusal of the whole input is answered by a barer one. */
  async #ask(record: RouteRecord, shop: ContractShop): Promise<readonly RouteAnswer[] | undefined> {
    const answers: RouteAnswer[] = [];
    for (const at of this.#places(record)) {
      for (const bare of [false, true]) {
        const input = inputFor(this.lab, record, shop, this.ids.own.get(shop)![at], bare);
        if (!input) return undefined;
        const answer = await callRoute(this.lab, record, shop, input, record.method !== 'get' && record.surface === 'storefront' ? shop.people[at % shop.people.length]!.client : undefined);
        this.#judge(record, shop, answer);
        if (answer.status === 422 && !bare) continue;
        answers.push(answer);
        break;
      }
    }
    return answers;
  }
  #unasked(record: RouteRecord): void {
    this.findings.push(remark('GX_ROUTE_INPUT', `${place(record)} was not asked: nothing could be made up that its schemas admit. Give it an input with { samples: { '${routeName(record)}': … } }.`));
  }
  #compare(record: RouteRecord, [first, second]: readonly (readonly RouteAnswer[])[]): void {
    first!.forEach((a, at) => {
      const b = second![at]!;
      const same = a.status === b.status && (record.method !== 'get' || a.status >= 400 || this.ids.plain(a.text) === this.ids.plain(b.text));
      if (!same) this.findings.push(finding('GX_SHOP_DIFFERS', `${place(record)} answers two shops with the same data differently (${a.status}, ${b.status}). Something in it counts or remembers across shops.`));
    });
  }
  #judge(record: RouteRecord, shop: ContractShop, { status, text, code }: RouteAnswer): void {
    const stranger = this.ids.foreign(text, shop);
    if (stranger !== undefined) this.findings.push(finding('GX_SHOP_LEAK', `${place(record)} shows a shop what belongs to another (${stranger}). Keep nothing between requests that does not carry the shop, and read through app.use('db').`));
    if (status >= 500 && status !== 503) this.findings.push(finding('GX_ROUTE_FAILED', `${place(record)} answers ${status} ${code ?? ''} to input that its schemas admit. Answer what cannot be done with a GxError below 500.`));
  }

  async reads(routes: readonly RouteRecord[], compare: boolean): Promise<void> {
    for (const record of routes) {
      const answers = [await this.#ask(record, this.shops[0]), await this.#ask(record, this.shops[1])] as const;
      if (!answers[0] || !answers[1]) this.#unasked(record);
      else if (compare) this.#compare(record, [answers[0], answers[1]]);
    }
  }

  /** Whatever is done in one shop leaves every row of the other as it was. */
  async #aside(what: string, shop: ContractShop, act: () => Promise<void>): Promise<void> {
    const other = this.shops[0] === shop ? this.shops[1] : this.shops[0];
    const before = await snapshot(this.host, other.ctx, this.written);
    await act();
    await this.host.drain();
    const table = changedTable(before, await snapshot(this.host, other.ctx, this.written));
    if (table !== undefined) this.findings.push(finding('GX_SHOP_WRITE', `${what} changes rows of another shop in ${table}. Use the context that the call was made with, never one that was kept.`));
  }

  async writes(routes: readonly RouteRecord[]): Promise<void> {
    for (const record of routes) {
      const answers: (readonly RouteAnswer[])[] = [];
      for (const shop of this.shops) await this.#aside(place(record), shop, async () => { answers.push(...[await this.#ask(record, shop)].filter((each) => each !== undefined)); });
      if (answers.length < this.shops.length) this.#unasked(record);
      else this.#compare(record, answers);
      // What was made now is there to be changed by the routes that follow.
      await this.#renew();
    }
  }

  /** An id of one shop means in the other exactly what an id means that never was. */
  async strangers(routes: readonly RouteRecord[]): Promise<void> {
    await this.#renew();
    const [, b] = this.shops, strange = [...this.#known].slice(0, STRANGERS);
    await this.#aside('a route that is given an id of another shop', b, async () => {
      for (const record of routes) {
        const unknown = newId();
        const nowhere = inputFor(this.lab, record, b, unknown);
        if (!nowhere?.text.includes(unknown)) continue;
        const none = await callRoute(this.lab, record, b, nowhere);
        for (const id of strange) {
          const answer = await callRoute(this.lab, record, b, inputFor(this.lab, record, b, id)!);
          const same = answer.status === none.status && (answer.status >= 400 || answer.text.replaceAll(id, '') === none.text.replaceAll(unknown, ''));
          if (answer.status === 404 || answer.status === 429 || same) continue;
          this.findings.push(finding('GX_SHOP_FOREIGN_ID', `${place(record)} answers ${answer.status} to an id of another shop, and ${none.status} to one that never was. Both must be 404.`));
          break;
        }
      }
    });
  }

  async work(): Promise<void> {
    const unit = this.host.unit(this.lab.id);
    for (const shop of this.shops) {
      for (const name of Object.keys(unit.jobs)) {
        await this.#aside(`the job "${name}"`, shop, () => this.host.runJob(name, shop.key, this.lab.id).catch((error: unknown) => {
          this.findings.push(finding('GX_JOB_FAILED', `the job "${name}" throws in a shop with ordinary data: ${said(error)}. Make it end well.`));
        }));
      }
      for (const [name, handler] of Object.entries(unit.handlers)) {
        const ctx: ShopContext = { ...shop.ctx, actor: { kind: 'job', name: 'events' } };
        await this.#aside(`the handler of "${name}"`, shop, () => handler(ctx, eventPayload(name, shop) as never, { id: newId(), name, at: ctx.now, signal: new AbortController().signal }).catch((error: unknown) => {
          this.findings.push(finding('GX_HANDLER_FAILED', `the handler of "${name}" throws on an ordinary event: ${said(error)}. Make it end well.`));
        }));
      }
    }
  }
}

export const twoShops: ContractCheck = {
  name: 'two-shops', title: 'never shows or changes what belongs to another shop', stage: 'host', everyEngine: true,
  async run(lab) {
    const host = await lab.host(), shops = await lab.shops(), routes = await routesOf(lab);
    const reading = routes.filter(({ method }) => method === 'get'), writing = routes.filter(({ method }) => method !== 'get');
    const tables = await tablesOf(host, lab.id);
    const two = new TwoShops(lab, host, shops, tables, await PairedIds.of(host, tables, shops));
    await two.reads(reading, true);
    await two.writes(writing);
    await two.work();
    await two.strangers(routes);
    await two.reads(reading, false);
    return two.findings;
  },
};
