import { createHash } from 'node:crypto';
import type { BrowserFiles } from './browser-files.js';

export interface AdminPage { readonly html: string; readonly contentSecurityPolicy: string }

/**
 * The admin's document. The import map is allowed by its hash, never by a nonce: a nonce is inherited by dynamic imports and would let a
 * panel from any origin in. `frameAncestors`: `'none'` outside a platform, otherwise exactly the shop and the platform's admin.
 */
export function adminPage(files: BrowserFiles, frameAncestors: string, head = '', scriptOrigins = ''): AdminPage {
  const map = files.importMap();
  const entry = files.entry('admin');
  const hash = createHash('sha256').update(map).digest('base64');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Guanxi</title>
<link rel="icon" href="data:,">
${head}${entry.css.map((url) => `<link rel="stylesheet" href="${url}">`).join('\n')}
<script type="importmap">${map}</script>
${[entry.url, ...entry.preload].map((url) => `<link rel="modulepreload" href="${url}">`).join('\n')}
<script type="module" src="${entry.url}"></script>
</head>
<body>
<gx-admin></gx-admin>
<noscript>Guanxi needs JavaScript. 关系需要启用 JavaScript。</noscript>
</body>
</html>`;
  const contentSecurityPolicy = [
    "default-src 'none'", `script-src 'self' 'sha256-${hash}'${scriptOrigins}`, "style-src 'self'", "img-src 'self' data: https:", "connect-src 'self'", "font-src 'self'",
    "base-uri 'none'", "form-action 'none'", `frame-ancestors ${frameAncestors}`,
  ].join('; ');
  return { html, contentSecurityPolicy };
}
