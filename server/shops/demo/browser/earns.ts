import { call } from './api.js';
import { byId } from './dom.js';
import { locale, text } from './page-texts.js';

interface Preview { readonly points: number; readonly returnDays: number; readonly multipliers: readonly { readonly times: number; readonly label: string }[] }
export interface EarningLine { readonly sku: string; readonly quantity: number; /** For the whole line, if it is not the list price. */ readonly paid?: number | undefined }

let asked = 0;

/** Says how many points these lines would earn whoever looks, and what multiplies them. */
export async function showEarns(lines: readonly EarningLine[]): Promise<void> {
  const turn = ++asked, place = byId('earns');
  const number = (n: number): string => new Intl.NumberFormat(locale).format(n);
  const told = lines.map(({ sku, quantity, paid }) => `${encodeURIComponent(sku)}:${quantity}${paid === undefined ? '' : `:${paid}`}`).join(',');
  try {
    const { points, returnDays, multipliers } = await call<Preview>(`/api/storefront/points/preview?lines=${encodeURIComponent(told)}`);
    if (turn !== asked) return;
    const why = multipliers.map(({ times, label }) => `${label} × ${number(times)}`).join(' · ');
    place.textContent = points > 0 ? text('earns', { n: number(points), days: number(returnDays) }) + (why ? ` (${why})` : '') : text('earnsNone');
  } catch { /* What stands there already says enough. */ }
}
