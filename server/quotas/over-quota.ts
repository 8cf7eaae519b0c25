import { GxError, MINUTE, type Shop } from '../plugin-api/index.js';
import type { QuotaName } from './limits.js';

export type ShopName = Pick<Shop, 'id' | 'key'>;

const SPENT: Readonly<Record<QuotaName, (granted: number) => string>> = {
  requestsPerMinute: (granted) => `its ${granted} requests of this minute`,
  outboundPerMinute: (granted) => `its ${granted} calls of outside services of this minute`,
  jobMinutesPerDay: (granted) => `its ${granted} minutes for jobs of today`,
  rowsPerShop: (granted) => `its ${granted} rows`,
  storageMb: (granted) => `its ${granted} MB of storage`,
};

/** `34 s`, `12 min`, `7 h`: never less than it takes. */
const inWords = (ms: number): string => (ms <= 2 * MINUTE ? `${Math.max(1, Math.ceil(ms / 1000))} s` : ms <= 120 * MINUTE ? `${Math.ceil(ms / MINUTE)} min` : `${Math.ceil(ms / 60 / MINUTE)} h`);

/** The sentence for whoever is refused: who, where, which quota, and what helps. */
export const overText = (plugin: string, shop: ShopName, name: QuotaName, granted: number, waitMs: number | undefined): string =>
  `The module "${plugin}" has used up ${SPENT[name](granted)} in the shop ${shop.key}. ${waitMs === undefined
    ? 'It can keep nothing new there until rows of it are deleted or the host grants more.' : `It goes on in ${inWords(waitMs)}.`}`;

/** 429 `GX_QUOTA`. `resetsAt` as in `QuotaUse`; `waitMs` is absent when waiting does not help. */
export const overQuota = (plugin: string, shop: ShopName, name: QuotaName, granted: number, reset?: { readonly at: number; readonly waitMs: number }): GxError =>
  new GxError('GX_QUOTA', 429, overText(plugin, shop, name, granted, reset?.waitMs), {
    plugin, shop: shop.key, details: { quota: name, granted, ...(reset ? { resetsAt: reset.at, retryAfter: Math.max(1, Math.ceil(reset.waitMs / 1000)) } : {}) },
  });
