import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { v4 } from 'uuid';
import { notFound } from '../plugin-api/index.js';
import { adminPage } from './admin-page.js';
import type { AssetFiles } from './asset-files.js';
import type { BrowserFiles } from './browser-files.js';
import type { CoreServices } from './core-services.js';
import { localeOf } from './identify.js';
import { mountOperators } from './operators.js';
import { sendProblem, toProblem } from './problem.js';

export interface AppParts {
  readonly services: CoreServices;
  readonly assets: AssetFiles;
  readonly files: BrowserFiles;
  /** As JSON. */
  readonly openApi: () => string;
  /** Mounts a platform's pages and webhooks. */
  readonly platforms: (app: Express) => void;
}

/** The Express application: assets, pages, webhooks and what operators ask for. API requests are answered before it, see `bornServer`. */
export function createApp({ services, assets, files, openApi, platforms }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((req, res, next) => { if (!assets.handle(req, res)) next(); });
  app.get('/api/openapi.json', (_req, res) => { res.type('json').send(openApi()); });
  mountOperators(app, services);
  app.use(helmet({ contentSecurityPolicy: false, crossOriginResourcePolicy: { policy: 'same-site' }, crossOriginEmbedderPolicy: false, xFrameOptions: false, strictTransportSecurity: services.config.mode === 'production', referrerPolicy: { policy: 'no-referrer' } }));
  platforms(app);
  if (services.config.mode !== 'production') {
    const page = adminPage(files, "'none'");
    app.get(['/admin', '/admin/*rest'], (_req, res) => {
      res.set({ 'content-security-policy': page.contentSecurityPolicy, 'cache-control': 'no-store' });
      res.type('html').send(page.html);
    });
  }
  app.use((req, res) => { sendProblem(res, toProblem(notFound('page'), localeOf(req), v4())); });
  const failed: ErrorRequestHandler = (error, req, res, _next) => {
    const id = v4();
    const problem = toProblem(error, localeOf(req), id);
    if (problem.status >= 500) services.log.error({ err: error as unknown, requestId: id, path: req.path }, problem.code);
    sendProblem(res, problem);
  };
  app.use(failed);
  return app;
}
