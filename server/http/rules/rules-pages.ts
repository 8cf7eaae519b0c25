import type { IncomingMessage, ServerResponse } from 'node:http';
import { GxError, type Locale, type Shop, type ShopContext } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { localeOf } from '../identify.js';
import { rulesView, STYLE_HASH } from './rules-view.js';

const PATH = /^\/activities\/([^/?]{1,200})\/(rules|rules\.json)(?:\?|$)/;
const SAFE = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache', vary: 'accept-language', 'referrer-policy': 'same-origin' } as const;

/** The public rules of activities: `…/activities/{id}/rules` as a page, `rules.json` as the exact bytes that were hashed. They need no identity. */
export class RulesPages {
  constructor(private readonly services: CoreServices) {}

  /** True when the request was for a page of rules; `path` is what follows the shop's prefix. */
  handle(req: IncomingMessage, res: ServerResponse, shop: Shop | undefined, path: string): boolean {
    const found = req.method === 'GET' || req.method === 'HEAD' ? PATH.exec(path) : null;
    if (!found || !shop) return false;
    this.#answer(req, res, shop, found[1]!, found[2] === 'rules.json', new URL(path, 'http://shop').searchParams).catch((error: unknown) => {
      const missing = error instanceof URIError || (error instanceof GxError && error.status === 404);
      if (!missing) this.services.log.error({ err: error }, 'a page of rules failed');
      if (!res.headersSent) res.writeHead(missing ? 404 : 500, { 'content-type': 'text/plain; charset=utf-8' });
      res.end(missing ? 'There are no such rules. 没有这份活动规则。' : 'The page could not be made. Try again.');
    });
    return true;
  }

  async #answer(req: IncomingMessage, res: ServerResponse, shop: Shop, id: string, file: boolean, query: URLSearchParams): Promise<void> {
    const { activities, clock, settlements } = this.services;
    const lang = query.get('lang');
    const locale: Locale = lang === 'zh-CN' || lang === 'en' ? lang : localeOf(req, shop);
    const ctx: ShopContext = { shop, actor: { kind: 'visitor' }, locale, now: clock.now() };
    const activityId = decodeURIComponent(id);
    const [history, activity, settlement] = await Promise.all([activities.sheets.history(ctx, activityId), activities.get(ctx, activityId), settlements.of(ctx, activityId)]);
    const wanted = query.get('version');
    const shown = wanted === null ? history[0] : history.find(({ version }) => String(version) === wanted);
    if (!shown) throw new GxError('GX_NOT_FOUND', 404, 'There are no such rules.');
    const body = Buffer.from(file ? shown.text : rulesView({ locale, shown, history, state: activity?.state, notice: activity?.notice, results: settlement?.figures.filter((figure) => figure.public) ?? [] }));
    res.writeHead(200, {
      ...SAFE, 'content-length': body.length,
      ...(file ? { 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="rules-${shown.version}.json"` }
        : { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `default-src 'none'; style-src ${STYLE_HASH}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'` }),
    });
    res.end(req.method === 'HEAD' ? undefined : body);
  }
}
