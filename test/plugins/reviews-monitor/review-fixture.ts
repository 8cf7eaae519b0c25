import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, HttpClient, Shopper, TestServer } from '../../kit/index.js';

export const ADMIN = '/api/admin/plugins/reviews-monitor';
export const SHOP = '/api/storefront/plugins/reviews-monitor';
/** Products that the demo's catalogue sells. */
export const [TEA, MUG, SOAP] = ['TEA-CB06', 'HOM-MG05', 'BEA-LB04'] as const;

export interface PublicReview { readonly id: string; readonly stars: number | null; readonly title: string | null; readonly body: string; readonly author: string | null; readonly verified: boolean; readonly reply: string | null; readonly language: string }
export interface PublicPage {
  readonly summary: { readonly count: number; readonly average: number | null; readonly stars: readonly number[] }; readonly items: readonly PublicReview[]; readonly next?: string;
  readonly you?: { readonly mayWrite: boolean; readonly review: { readonly stars: number; readonly visible: boolean } | null };
}
export interface DeskReview extends PublicReview {
  readonly sku: string | null; readonly personId: string | null; readonly authorName: string | null; readonly state: 'visible' | 'hidden'; readonly writtenAt: number; readonly source: string;
  readonly repliedBy: string | null; readonly repliedAt: number | null; readonly handledBy: string | null; readonly handledAt: number | null; readonly hiddenBy: string | null;
}
export interface Overview {
  readonly total: number; readonly waiting: number; readonly replied: number; readonly good: number; readonly bad: number;
  readonly distribution: { readonly count: number; readonly average: number | null; readonly stars: readonly number[] };
  readonly queues: { readonly waiting: number; readonly unanswered: number; readonly all: number; readonly hidden: number };
  readonly trend: readonly { readonly date: string; readonly reviews: number; readonly good: number; readonly bad: number; readonly starred: number; readonly average: number | null }[];
  readonly products: readonly { readonly sku: string; readonly bad: number }[];
}
export interface Written { readonly id: string; readonly verified: boolean; readonly visible: boolean; readonly code?: string }

export const write = (who: HttpClient, sku: string, review: object, key?: string): Promise<Answer<Written>> =>
  who.post<Written>(`${SHOP}/products/${sku}/reviews`, review, key ? { key } : {});
export const shown = (who: HttpClient, sku: string, query = ''): Promise<PublicPage> => who.must<PublicPage>('GET', `${SHOP}/products/${sku}/reviews${query}`);
export const listed = async (server: TestServer, query: Readonly<Record<string, string>> = {}): Promise<DeskReview[]> =>
  [...(await (await server.admin()).must<{ items: DeskReview[] }>('GET', `${ADMIN}/reviews?${new URLSearchParams({ limit: '200', ...query })}`)).items];
export const overview = async (server: TestServer, days = 0): Promise<Overview> => (await server.admin()).must<Overview>('GET', `${ADMIN}/overview?days=${days}`);
export const act = async (server: TestServer, id: string, what: 'reply' | 'handled' | 'visible', body: object): Promise<DeskReview> =>
  (await server.admin()).must<DeskReview>('PUT', `${ADMIN}/reviews/${id}/${what}`, body);

/** A member who has written about a product. */
export async function author(server: TestServer, sku: string, review: { readonly stars: number; readonly body: string; readonly title?: string }, who: { readonly name?: string } = {}): Promise<{ readonly who: Shopper; readonly id: string }> {
  const shopper = await server.shopper(who);
  const answer = await write(shopper, sku, review);
  if (answer.status !== 201) throw new Error(`The review was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return { who: shopper, id: answer.body.id };
}

export interface ImportRow { readonly row: number; readonly values: Readonly<Record<string, string | undefined>> }
/** Hands rows to the plugin as an import of a file does. */
export const take = (server: TestServer, rows: readonly Readonly<Record<string, string | undefined>>[]) => {
  const target = server.services.importTargets.target('reviews');
  if (!target) throw new Error('The plugin takes no reviews from files.');
  return target.take(server.context(), rows.map((values, index): ImportRow => ({ row: index + 2, values })));
};

export async function settings(server: TestServer, values: Readonly<Record<string, unknown>>): Promise<void> {
  await (await server.admin()).must('PUT', '/api/admin/installs/reviews-monitor/settings', { values });
}

/** Waits until what was told to the modules has arrived: the running dispatcher may hold an event while a drain ends. */
export async function until(server: TestServer, done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await server.drain();
    if (await done()) return;
    await sleep(20);
  }
  throw new Error('It did not come to pass.');
}
