import { GxError, type Shop } from '../plugin-api/index.js';
import type { QuotaName } from './limits.js';

export type ShopName = Pick<Shop, 'id' | 'key'>;

const SPENT: Readonly<Record<QuotaName, (granted: number) => string>> = {
  requestsPerMinute: (granted) => `its ${granted} requests of this minute`,
  outboundPerMinute: (granted) => `its ${granted} calls of outside services of this minute`,
  jobMinutesPerDay: (granted) => `its ${granted} minutes for jobs of today`,
  rowsPerShop: (granted) => `its ${granted} rows`,
  storageMb: (granted) => `its ${granted} MB of storage`,
};

/** The sentence for whoever is refused: who, where, which quota, and what helps. */
export const overText = (plugin: string, shop: ShopName, name: QuotaName, granted: number, waitMs: number | undefined): string =>
  `The module "${plugin}" has used up ${SPENT[name](granted)} in the shop ${shop.key}. ${waitMs === undefined
    ? 'It can keep nothing new there until rows of it are deleted or the host grants more.' : `It goes on in ${Math.max(1, Math.ceil(waitMs / 1000))} s.`}`;

/** 429 `GX_QUOTA`. `resetsAt` as in `QuotaUse`; `waitMs` is absent when waiting does not help. */
export const overQuota = (plugin: string, shop: ShopName, name: QuotaName, granted: number, reset?: { readonly at: number; readonly waitMs: number }): GxError =>
  new GxError('GX_QUOTA', 429, overText(plugin, shop, name, granted, reset?.waitMs), {
    plugin, shop: shop.key, details: { quota: name, granted, ...(reset ? { resetsAt: reset.at, retryAfter: Math.max(1, Math.ceil(reset.waitMs / 1000)) } : {}) },
  });
