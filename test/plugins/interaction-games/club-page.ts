import type { Locator, Page } from 'playwright-core';
import { openPage, type PageOptions, type Shopper, type TestPage, type TestServer } from '../../kit/index.js';

const GAMES = '/api/admin/plugins/interaction-games/games';
export const points = (amount: number, quantity: number) => ({ title: { en: `${amount} points`, 'zh-CN': `${amount} 积分` }, kind: 'points', amount, quantity });
export const wheelRules = (more: object = {}) => ({ prizes: [points(10, 100), points(30, 50)], blanks: 0, freePerDay: 2, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints: 0, ...more });

/** Ends whatever runs and starts one game, so that a page shows that one. */
export async function only(server: TestServer, type: 'wheel' | 'check-in', config: object): Promise<string> {
  const admin = await server.admin();
  const { items } = await admin.must<{ items: { id: string; type: string; state: string }[] }>('GET', GAMES);
  for (const game of items) if (game.type.endsWith(`.${type}`) && ['live', 'paused', 'scheduled'].includes(game.state)) await admin.must('POST', `${GAMES}/${game.id}/end`, {});
  // A game that ends in the millisecond in which it began would still count as running.
  await server.advance('PT1M');
  const { id } = await admin.must<{ id: string }>('POST', GAMES, { type, title: 'For the test', config });
  await admin.must('POST', `${GAMES}/${id}/publish`, {});
  return id;
}
export const end = async (server: TestServer, id: string): Promise<void> => { await server.advance('PT1M'); await (await server.admin()).must('POST', `${GAMES}/${id}/end`, {}); };

export interface ClubPage extends TestPage { readonly wheel: Locator; readonly checkIn: Locator; readonly button: Locator; readonly status: Locator }

/** The club page of the demo shop, as a visitor or as the shopper that is given. */
export async function openClub(server: TestServer, { as, lang = 'en', prepare, ...options }: PageOptions & { readonly as?: Shopper; readonly lang?: 'en' | 'zh-CN'; prepare?(page: Page): Promise<unknown> } = {}): Promise<ClubPage> {
  const tab = await openPage(options);
  const { page } = tab;
  if (as?.bearer) await page.addInitScript((bearer) => { localStorage.setItem('gx-shopper', bearer); }, as.bearer);
  await prepare?.(page);
  await page.goto(`${server.url}/demo/club?lang=${lang}`);
  const wheel = page.locator('interaction-games-wheel'), checkIn = page.locator('interaction-games-check-in');
  await wheel.locator('[role=status]').waitFor();
  return { ...tab, wheel, checkIn, button: wheel.locator('.button').first(), status: wheel.locator('[role=status]') };
}

/** What stands under the pointer: the slice whose turn and the disc's turn cancel out. */
export const underPointer = (wheel: Locator): Promise<string | undefined> => wheel.evaluate((host) => {
  const disc = host.shadowRoot?.querySelector('.disc');
  const turned = (element: Element | null | undefined): number => Number(/rotate\(([-\d.]+)/.exec(element?.getAttribute('transform') ?? '')?.[1] ?? 0);
  return [...disc?.children ?? []].filter((slice) => Math.abs((turned(slice) + turned(disc) + 1) % 360 - 1) < 0.01)
    .map((slice) => [...slice.querySelectorAll('text')].map((text) => text.textContent?.trim()).filter(Boolean).join(' '))[0];
});
