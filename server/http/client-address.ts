import type { IncomingMessage } from 'node:http';

/**
 * Who asks, as far as it can be known: each proxy of the operator's appends the address it was asked from to `X-Forwarded-For`, so with `proxies` of them the
 * client's is that many from the end. What stands before it was written by the client and is believed by nobody; so is a list that is too short, which did not
 * come through all of them.
 */
export function clientAddress(req: IncomingMessage, proxies: number): string {
  const own = req.socket.remoteAddress ?? '';
  if (proxies === 0) return own;
  const said = req.headers['x-forwarded-for'];
  const hops = (Array.isArray(said) ? said.join(',') : said ?? '').split(',').map((hop) => hop.trim()).filter((hop) => hop !== '');
  return hops.at(-proxies) ?? own;
}
