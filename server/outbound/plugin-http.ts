import { GxError, type Http, type Manifest } from '../plugin-api/index.js';
import { declaredHosts, isDeclared } from './declared-hosts.js';

/** The HTTP client of one plugin. */
export function pluginHttp(plugin: Manifest): Http {
  const hosts = declaredHosts(plugin);
  return {
    async request(ctx, url, request = {}) {
      const target = new URL(url);
      if (target.protocol !== 'https:' || !isDeclared(hosts, target.hostname)) {
        throw new GxError('GX_OUTBOUND_HOST', 403, `The plugin "${plugin.id}" may not call ${target.protocol}//${target.hostname}: its manifest declares ${hosts.join(', ') || 'no hosts'}.`, { plugin: plugin.id, shop: ctx.shop.key });
      }
      const answer = await fetch(target, { method: request.method ?? 'GET', redirect: 'error', signal: AbortSignal.timeout(request.timeoutMs ?? 10_000),
        ...(request.headers ? { headers: { ...request.headers } } : {}), ...(request.body === undefined ? {} : { body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body) }) });
      const text = await answer.text();
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json: <T>() => JSON.parse(text) as T };
    },
  };
}
