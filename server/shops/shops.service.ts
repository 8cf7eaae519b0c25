import { GxError, type Locale, type PointsProgramme, type Shop } from '../plugin-api/index.js';
import { SystemStatement, type DataStore } from '../data/data-store.js';
import { programmeRow, type ProgrammeRow } from '../economy/programme/programme.js';

interface ShopRow { id: number; shop_key: string; platform: string; name: string; zone: string; day_start_hour: number; currency: string; locale: string; state: string }
export type ShopState = 'active' | 'uninstalled' | 'redacted';

const ALL = new SystemStatement<ShopRow>('SELECT * FROM shop ORDER BY id');
const PROGRAMMES = new SystemStatement<ProgrammeRow & { shop_id: number }>('SELECT * FROM points_programme p WHERE p.version = (SELECT MAX(n.version) FROM points_programme n WHERE n.shop_id = p.shop_id)');
const INSERT = new SystemStatement<ShopRow>(`INSERT INTO shop (shop_key, platform, name, zone, day_start_hour, currency, locale, state, created_at)
  VALUES (:key, :platform, :name, :zone, :dayStart, :currency, :locale, 'active', :now) ON CONFLICT (shop_key) DO NOTHING RETURNING *`);
const UPDATE = new SystemStatement<ShopRow>('UPDATE shop SET name = :name, zone = :zone, day_start_hour = :dayStart, locale = :locale WHERE id = :id RETURNING *');
const STATE = new SystemStatement<ShopRow>('UPDATE shop SET state = :state WHERE id = :id RETURNING *');

export type NewShop = Omit<Shop, 'id'>;

function assertZone(zone: string): void {
  try { new Intl.DateTimeFormat('en', { timeZone: zone }); }
  catch { throw new GxError('GX_ZONE', 422, `"${zone}" is not a time zone. Use an IANA name such as Asia/Shanghai.`); }
}

/** The tenants, held in memory: every request needs its shop, and there are few. Other nodes hear of changes through the store. */
export class ShopsService {
  #byId = new Map<number, Shop>();
  #byKey = new Map<string, Shop>();
  #states = new Map<number, ShopState>();
  #programmes = new Map<number, PointsProgramme>();

  constructor(private readonly store: DataStore) {
    store.onNotify('shop', () => { void this.load(); });
  }

  async load(): Promise<void> {
    this.#programmes = new Map((await this.store.system.many(PROGRAMMES)).map((row) => [row.shop_id, programmeRow(row)]));
    for (const row of await this.store.system.many(ALL)) this.#remember(row);
  }

  #remember(row: ShopRow): Shop {
    const points = this.#programmes.get(row.id);
    const shop: Shop = {
      id: row.id, key: row.shop_key, platform: row.platform as Shop['platform'], name: row.name, zone: row.zone,
      dayStartHour: row.day_start_hour, currency: row.currency, locale: row.locale as Locale, ...(points ? { points } : {}),
    };
    this.#byId.set(shop.id, shop);
    this.#byKey.set(shop.key, shop);
    this.#states.set(shop.id, row.state as ShopState);
    return shop;
  }

  all(): readonly Shop[] { return [...this.#byId.values()]; }
  active(): readonly Shop[] { return this.all().filter((shop) => this.#states.get(shop.id) === 'active'); }
  byId(id: number): Shop | undefined { return this.#byId.get(id); }
  byKey(key: string): Shop | undefined { return this.#byKey.get(key); }
  state(id: number): ShopState { return this.#states.get(id) ?? 'redacted'; }

  /** Creates the shop, or answers the one with this key. */
  async ensure(shop: NewShop, now: number): Promise<Shop> {
    const known = this.byKey(shop.key);
    if (known) return known;
    assertZone(shop.zone);
    const [row] = await this.store.system.run(INSERT, { key: shop.key, platform: shop.platform, name: shop.name, zone: shop.zone, dayStart: shop.dayStartHour, currency: shop.currency, locale: shop.locale, now });
    if (!row) await this.load(); else this.#remember(row);
    await this.store.notify('shop', shop.key);
    return this.byKey(shop.key)!;
  }

  /** A change of zone or day start takes effect for dates computed from now on; recorded business dates stay. */
  async update(shop: Shop, change: { readonly name: string; readonly zone: string; readonly dayStartHour: number; readonly locale: Locale }): Promise<Shop> {
    assertZone(change.zone);
    const [row] = await this.store.system.run(UPDATE, { id: shop.id, name: change.name, zone: change.zone, dayStart: change.dayStartHour, locale: change.locale });
    await this.store.notify('shop', shop.key);
    return this.#remember(row!);
  }

  /** Something that every request of the shop carries has changed elsewhere, e.g. its rules for points. */
  async changed(shop: Shop): Promise<void> {
    await this.load();
    await this.store.notify('shop', shop.key);
  }

  async setState(shop: Shop, state: ShopState): Promise<void> {
    const [row] = await this.store.system.run(STATE, { id: shop.id, state });
    if (row) this.#remember(row);
    await this.store.notify('shop', shop.key);
  }
}
