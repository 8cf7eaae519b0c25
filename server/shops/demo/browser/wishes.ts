/** What this shopper wants of the checkout besides goods: codes they typed, coupons of theirs that they keep for later, and whether to pay with points. */
export interface Wishes { readonly codes: readonly string[]; readonly without: readonly string[]; readonly points: boolean; /** The checkout that holds them. */ readonly checkout?: string | undefined }

const KEY = 'gx-demo-wishes';
const NONE: Wishes = { codes: [], without: [], points: false };
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string').slice(0, 50) : []);

export function wishes(): Wishes {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return { codes: texts(stored['codes']).slice(0, 6), without: texts(stored['without']), points: stored['points'] === true, ...(typeof stored['checkout'] === 'string' ? { checkout: stored['checkout'] } : {}) };
  } catch { return NONE; }
}

let last: Wishes | undefined;
export function wish(change: Partial<Wishes>): Wishes {
  last = { ...last ?? wishes(), ...change };
  try { sessionStorage.setItem(KEY, JSON.stringify(last)); } catch { /* Forbidden storage: the wishes last as long as the page. */ }
  return last;
}
/** Now, also where storage is forbidden. */
export const wished = (): Wishes => (last ??= wishes());
