import type { Page } from 'playwright-core';
import { settled } from './browser.js';

/** Goes to another page of the admin (`/customers`, `/plugins/…`) in the same document, as its links do, and waits until it is there. */
export async function walkTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => dispatchEvent(new CustomEvent('gx-navigate', { detail: { path: to } })), path);
  await page.waitForURL((url) => url.pathname === `/admin${path}`);
  await settled(page);
}
