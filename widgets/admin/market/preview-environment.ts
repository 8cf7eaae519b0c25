import { createApi } from '../../runtime/api-client.js';
import { ApiProblem } from '../../runtime/api-problem.js';
import type { ApiClient } from '../../runtime/api.js';
import type { Bootstrap, WidgetListing } from '../../runtime/listing.js';
import type { WidgetEnvironment } from '../../runtime/widget-context.js';
import { uiLocale } from '../../kit/locale.js';
import { t } from '../texts.js';

const BASE = '/api/storefront';

/** The storefront widgets of one plugin of a shop, as a visitor's page would start them. */
export async function previewOf(plugin: string, shopKey: string): Promise<{ readonly listings: readonly WidgetListing[]; readonly environment: WidgetEnvironment }> {
  const options = { locale: uiLocale(), token: () => undefined, headers: { 'x-guanxi-shop': shopKey } };
  const open = (base: string): ApiClient => readOnly(createApi({ ...options, base }));
  const { widgets, shop, locale } = await createApi({ ...options, base: BASE }).get<Bootstrap>('/bootstrap', { locale: uiLocale() });
  return {
    listings: widgets.filter((widget) => widget.plugin === plugin),
    environment: { surface: 'storefront', locale, shop, viewer: () => ({ kind: 'visitor' }), core: open(BASE), apiFor: (id) => open(`${BASE}/plugins/${id}`), signIn: () => { /* nobody signs in to a preview */ } },
  };
}

/** Reads go through, everything else is refused with a sentence that a widget can show. */
function readOnly(api: ApiClient): ApiClient {
  const refuse = (): Promise<never> => Promise.reject(new ApiProblem(409, 'GX_PREVIEW', t('module.previewOnly')));
  return { get: (path, query) => api.get(path, query), post: refuse, put: refuse, patch: refuse, delete: refuse };
}
