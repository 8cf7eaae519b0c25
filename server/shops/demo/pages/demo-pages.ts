import type { IncomingMessage, ServerResponse } from 'node:http';
import { GxError, type Locale, type ShopContext } from '../../../plugin-api/index.js';
import type { AssetUrls } from '../browser-assets.js';
import { productBySku } from '../catalogue/catalogue.js';
import type { DemoOrders } from '../checkout/demo-orders.js';
import { accountPage } from './account.page.js';
import { cartPage, checkoutPage } from './cart.page.js';
import { clubPage } from './club.page.js';
import { homePage } from './home.page.js';
import { html } from './html.js';
import { layout, type PageParts } from './layout.js';
import { orderPage } from './order.page.js';
import { pageContext, type PageContext } from './page-context.js';
import { productPage } from './product.page.js';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: 'accept-language', 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
} as const;

/** The storefront's pages. They hold no secret and nobody's data, so they need no identity; the browser's own calls do. */
export class DemoPages {
  constructor(private readonly assets: AssetUrls, private readonly orders: DemoOrders, private readonly visitor: (locale: Locale) => ShopContext, private readonly filled: (slot: string) => boolean, private readonly report: (error: unknown) => void = () => undefined) {}

  /** True when the request was for a page of the shop. */
  handle(req: IncomingMessage, res: ServerResponse): boolean {
    if ((req.method !== 'GET' && req.method !== 'HEAD') || !/^\/demo(?:[/?]|$)/.test(req.url ?? '')) return false;
    this.#answer(req, res).catch((error: unknown) => {
      this.report(error);
      if (!res.headersSent) res.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      res.end('The page could not be made. Try again.');
    });
    return true;
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const page = pageContext(req, this.visitor, this.filled);
    const parts = await this.#page(page);
    if (parts) this.#send(page, req, res, 200, parts);
    else this.#send(page, req, res, 404, { title: '404', body: html`<div class="wrap section"><div class="empty"><h1>${page.t('notFound')}</h1><a class="button" href="${page.link('/demo')}">${page.t('browse')}</a></div></div>` });
  }

  async #page(page: PageContext): Promise<PageParts | undefined> {
    const [, , section = '', id = '', more] = page.path.split('/');
    if (more !== undefined && more !== '') return undefined;
    if (!id) {
      const fixed = { '': homePage, cart: cartPage, checkout: checkoutPage, account: accountPage, club: clubPage };
      return Object.hasOwn(fixed, section) ? fixed[section as keyof typeof fixed](page) : undefined;
    }
    if (section === 'products') {
      const product = productBySku(id);
      return product && productPage(page, product);
    }
    return section === 'orders' ? this.#order(page, id) : undefined;
  }

  async #order(page: PageContext, id: string): Promise<PageParts | undefined> {
    try { return orderPage(page, await this.orders.get(this.visitor(page.locale), decodeURIComponent(id))); }
    catch (error) {
      if (error instanceof URIError || (error instanceof GxError && error.status === 404)) return undefined;
      throw error;
    }
  }

  #send(page: PageContext, req: IncomingMessage, res: ServerResponse, status: number, parts: PageParts): void {
    const body = Buffer.from(layout(page, this.assets, parts));
    res.writeHead(status, { ...HEADERS, 'content-length': body.length });
    res.end(req.method === 'HEAD' ? undefined : body);
  }
}
