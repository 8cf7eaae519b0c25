import { measure } from '../../widgets/build/budgets.js';
import { tell } from './verdict.js';

/** What browsers fetch, after gzip, as built last. */
const kb = (bytes: number): string => `${(bytes / 1024).toFixed(2)} KB`;
const limited = measure().filter(({ limit }) => Number.isFinite(limit));
for (const { what, bytes, limit } of limited) {
  console.log(`${what}: ${kb(bytes)} of ${kb(limit)}`);
  tell({ what: `Size of ${what}`, against: 'its budget, gzip', measured: `${(bytes / limit).toFixed(2)} (${kb(bytes)})`, wanted: `≤ 1.00 (${kb(limit)})`, reached: bytes <= limit });
}
