import type { Shopper, TestServer } from '../../kit/index.js';

export const ADMIN = '/api/admin/plugins/questionnaires';
export const SHOP = '/api/storefront/plugins/questionnaires';

export interface Progress { readonly state: string; readonly answered: number; readonly total: number; readonly missing: readonly string[]; readonly reward: { readonly points: number; readonly state: string }; readonly code?: string; readonly fields?: Readonly<Record<string, string>> }
export interface ShownSurvey { readonly id: string; readonly title: { readonly en: string }; readonly questions: readonly { readonly id: string }[]; readonly progress: { readonly state: string; readonly answers: Readonly<Record<string, unknown>>; readonly reward: { readonly points: number; readonly state: string } } }

export const words = (en: string, zh: string) => ({ en, 'zh-CN': zh });
const options = (...ids: readonly string[]) => ids.map((id) => ({ id, title: words(`Option ${id}`, `选项${id}`) }));

/** One question of each kind; the text is optional. */
export const rules = (more: object = {}) => ({
  title: words('How was it?', '怎么样？'), rewardPoints: 50,
  questions: [
    { id: 'nps', kind: 'nps', title: words('Would you recommend us?', '会推荐我们吗？'), required: true },
    { id: 'one', kind: 'single', title: words('Which one?', '选哪个？'), required: true, options: options('a', 'b', 'c') },
    { id: 'some', kind: 'multiple', title: words('Which ones?', '选哪些？'), required: true, maxChoices: 2, options: options('a', 'b', 'c') },
    { id: 'stars', kind: 'rating', title: words('How many stars?', '几颗星？'), required: true },
    { id: 'words', kind: 'text', title: words('Anything else?', '还有什么？'), required: false },
  ], ...more,
});
/** An answer to each required question. */
export const complete = { nps: 9, one: 'b', some: ['c', 'a'], stars: 4 };

export async function publish(server: TestServer, config: object = rules(), more: object = {}): Promise<string> {
  const admin = await server.admin();
  const { id } = await admin.must<{ id: string }>('POST', `${ADMIN}/surveys`, { title: 'Survey', config, ...more });
  await admin.must('POST', `${ADMIN}/surveys/${id}/publish`, {});
  return id;
}
export const answer = (who: Shopper, survey: string, body: object) => who.post<Progress>(`${SHOP}/surveys/${survey}/answers`, body);
export const available = async (who: Shopper): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;
export async function shown(who: Shopper, survey: string): Promise<ShownSurvey | undefined> {
  return (await who.must<{ items: ShownSurvey[] }>('GET', `${SHOP}/surveys`)).items.find(({ id }) => id === survey);
}
