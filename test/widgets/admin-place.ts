import { ADMIN_TOKEN, openPage, startTestServer, type PageOptions, type TestPage, type TestServer } from '../kit/index.js';
import { atEnd } from '../kit/at-end.js';

/** Starts the real application with a small shop and modules switched on. */
export async function startAdminServer(): Promise<TestServer> {
  const server = await startTestServer({ seed: 'small', mode: 'demo' });
  for (const plugin of ['reviews-monitor', 'interaction-games']) await server.install(plugin);
  return server;
}

let shared: Promise<TestServer> | undefined;
/** The same for the suites of a process that only look, or add what no other suite minds; closed after the last test. */
export function sharedAdminServer(): Promise<TestServer> { return shared ??= startAdminServer(); }
atEnd(async () => { await (await shared)?.close(); });

/** A page of the admin, signed in by its link; counts what moves after the first paint. */
export async function openAdmin(server: TestServer, path: string, options: PageOptions = {}): Promise<TestPage> {
  const tab = await openPage(options);
  await tab.page.addInitScript(() => {
    const shifts = window as unknown as { shifted: number };
    shifts.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) shifts.shifted += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await tab.page.goto(`${server.url}/admin${path}#token=${ADMIN_TOKEN}`);
  await tab.page.locator('h1').first().waitFor({ state: 'visible' });
  return tab;
}
/** Counts the layout shifts anew from here. */
export const standStill = (tab: TestPage): Promise<void> => tab.page.evaluate(() => { (window as unknown as { shifted: number }).shifted = 0; });
/** Sum of the layout shifts so far. */
export const shifted = (tab: TestPage): Promise<number> => tab.page.evaluate(() => (window as unknown as { shifted: number }).shifted);
