import { measure } from './budgets.js';

/** `npm run budgets`: prints every size after gzip and fails when one is over its budget. */
const kb = (bytes: number): string => `${(bytes / 1024).toFixed(2)} KB`;
for (const { what, bytes, limit } of measure()) {
  const over = bytes > limit;
  process.stdout.write(`${over ? '✗' : '✓'} ${kb(bytes).padStart(10)} of ${kb(limit).padStart(9)}  ${what}\n`);
  if (over) process.exitCode = 1;
}
