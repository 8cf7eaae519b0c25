import { type Localised, type ShopContext } from '../plugin-api/index.js';
import type { AuditService } from '../privacy/audit.service.js';
import { mainUnits } from './linter/rule.js';
import type { PlannerSources } from './planner-sources.js';

/** The default pack of the design: six ways to earn, two of them continuous, three that learn something, and three ways to spend. */
const PACK: readonly { readonly plugin: string; readonly part: string; readonly title: Localised; readonly points: Localised | ((currency: string) => Localised) }[] = [
  { plugin: 'membership', part: 'follow', title: { en: 'Follow the shop', 'zh-CN': '关注店铺' }, points: { en: '50 points, once', 'zh-CN': '50 积分，一次' } },
  { plugin: 'membership', part: 'birthday', title: { en: 'Birthday', 'zh-CN': '生日登记' }, points: { en: '60 points, once', 'zh-CN': '60 积分，一次' } },
  { plugin: 'membership', part: 'profile', title: { en: 'Complete the profile', 'zh-CN': '完善资料' }, points: { en: '60 points, once', 'zh-CN': '60 积分，一次' } },
  { plugin: 'questionnaires', part: 'survey', title: { en: 'Survey on style', 'zh-CN': '喜好小问卷' }, points: { en: '80 points, once', 'zh-CN': '80 积分，一次' } },
  { plugin: 'interaction-games', part: 'check-in', title: { en: 'Daily check-in', 'zh-CN': '每日签到' }, points: { en: '5-5-8-8-10-10-20 points', 'zh-CN': '5-5-8-8-10-10-20 积分' } },
  { plugin: 'interaction-games', part: 'wheel', title: { en: 'Lucky wheel', 'zh-CN': '幸运转盘' }, points: { en: '2 free tries a day, 3 points on average; 20 points for a further try', 'zh-CN': '每天免费 2 次，平均 3 积分；加次每次 20 积分' } },
  { plugin: 'coupon-exchange', part: 'small-coupon', title: { en: 'Small coupon without a threshold', 'zh-CN': '小额无门槛券' }, points: (currency) => ({ en: `${mainUnits(2, currency, 'en')} off for 200 points`, 'zh-CN': `200 积分减 ${mainUnits(2, currency, 'zh-CN')}` }) },
  { plugin: 'coupon-exchange', part: 'large-coupon', title: { en: 'Large coupon with a threshold', 'zh-CN': '大额满减券' }, points: (currency) => ({ en: `${mainUnits(20, currency, 'en')} off ${mainUnits(199, currency, 'en')} for 800 points`, 'zh-CN': `800 积分换满 ${mainUnits(199, currency, 'zh-CN')} 减 ${mainUnits(20, currency, 'zh-CN')}` }) },
];

/** Names of modules for a server that was started without them; a module that is here names itself. */
const MODULES: Readonly<Record<string, Localised>> = { membership: { en: 'Membership', 'zh-CN': '会员' } };

export interface PackEntry { readonly plugin: string; /** The module's name. */ readonly module: Localised; readonly part: string; readonly title: Localised; readonly points: Localised; /** `off`: its module is not switched on here, or cannot set it up. */ readonly state: 'ready' | 'off' | 'created' | 'present' | 'failed'; readonly error?: string }

/** Sets up the default mix through the modules' own services. Installs nothing: a module that is missing is named. */
export class PackService {
  constructor(private readonly sources: PlannerSources, private readonly audit: AuditService, private readonly titleOf: (plugin: string) => Localised | undefined) {}

  #named({ shop }: ShopContext, entry: (typeof PACK)[number]): Omit<PackEntry, 'state'> { return { ...entry, points: typeof entry.points === 'function' ? entry.points(shop.currency) : entry.points, module: this.titleOf(entry.plugin) ?? MODULES[entry.plugin] ?? { en: entry.plugin, 'zh-CN': entry.plugin } }; }

  list(ctx: ShopContext): Promise<readonly PackEntry[]> {
    return Promise.all(PACK.map(async (entry): Promise<PackEntry> => {
      const part = this.sources.part(ctx, entry.plugin, entry.part), named = this.#named(ctx, entry);
      if (!part) return { ...named, state: 'off' };
      try { return { ...named, state: await part.present(ctx) ? 'present' : 'ready' }; }
      catch (error) { return { ...named, state: 'failed', error: error instanceof Error ? error.message : String(error) }; }
    }));
  }

  /** Idempotent: what the shop has already is left alone. `live` publishes too. One part that fails does not stop the others. */
  async apply(ctx: ShopContext, live: boolean): Promise<readonly PackEntry[]> {
    const entries: PackEntry[] = [];
    for (const entry of await this.list(ctx)) {
      if (entry.state !== 'ready') { entries.push(entry); continue; }
      try { await this.sources.part(ctx, entry.plugin, entry.part)?.create(ctx, live); entries.push({ ...entry, state: 'created' }); }
      catch (error) { entries.push({ ...entry, state: 'failed', error: error instanceof Error ? error.message : String(error) }); }
    }
    await this.audit.record(ctx, 'planner.pack', 'planner', { live, created: entries.filter(({ state }) => state === 'created').map(({ plugin, part }) => `${plugin}.${part}`) });
    return entries;
  }
}
