import { randomUUID } from 'node:crypto';
import type { ShopperClaims } from '../../server/http/shopper-token.js';
import type { LoadPlan } from './load-plan.js';

export const CONSTANT = '/api/storefront/plugins/bench-constant/answer';

/** The same request of `people` shoppers in turn. */
export const constantPlan = (port: number, people: number, issue: (claims: ShopperClaims) => string): LoadPlan => ({
  url: `http://127.0.0.1:${port}`,
  requests: Array.from({ length: people }, () => ({
    method: 'GET', path: CONSTANT, headers: { authorization: `Bearer ${issue({ shop: 1, person: randomUUID(), guest: false, exp: Date.now() + 3_600_000 })}` },
  })),
});
