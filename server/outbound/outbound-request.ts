import { isIP } from 'node:net';
import { GxError, type HttpRequest, type Manifest } from '../plugin-api/index.js';
import { isDeclared } from './declared-hosts.js';
import { ACCEPTED, MOST_BYTES } from './read-answer.js';

/** Connection and identity are the host's business, and a cookie would be a memory that the client does not have. */
const OURS: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'keep-alive', 'user-agent', 'accept-encoding', 'cookie', 'cookie2', 'via', 'forwarded']);
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]{0,8000}$/;
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** What may go on to another host when a call is sent there. */
const HARMLESS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'accept-encoding', 'user-agent', 'content-type']);

/** 422 `GX_OUTBOUND_REQUEST`: it cannot be sent as it is. */
export const unsendable = (plugin: string, what: string): GxError => new GxError('GX_OUTBOUND_REQUEST', 422, `Plugin "${plugin}": its call of an outside service cannot be sent: ${what}`, { plugin });

/** Parses an address and checks that the manifest declares its host. Names only: an address in figures, in whatever notation, is none. */
export function targetOf(plugin: Manifest, hosts: readonly string[], given: string, base?: URL): URL {
  let url: URL;
  try { url = new URL(given, base); } catch { throw unsendable(plugin.id, 'what it calls is no URL. Write https://host/path.'); }
  const refuse = (why: string): GxError => new GxError('GX_OUTBOUND_HOST', 403, `The plugin "${plugin.id}" may not call ${url.protocol}//${url.host}: ${why}`, { plugin: plugin.id });
  if (url.protocol !== 'https:') throw refuse('only https is possible.');
  if (url.username || url.password) throw refuse('an address must not carry a name or a password. Send a header instead.');
  if (url.port) throw refuse('only the ordinary port of https is possible.');
  if (isIP(url.hostname.replace(/^\[|\]$/g, ''))) throw refuse('name the host instead of its address.');
  if (!isDeclared(hosts, url.hostname)) throw refuse(`its manifest declares ${hosts.join(', ') || 'no hosts'}. Add "net:${url.hostname}" to its capabilities.`);
  return url;
}

export function methodOf(plugin: Manifest, { method = 'GET' }: HttpRequest): string {
  if (!METHODS.has(method)) throw unsendable(plugin.id, `the method ${String(method).slice(0, 20)} is not possible. Use ${[...METHODS].join(', ')}.`);
  return method;
}

export function headersOf(plugin: Manifest, { headers = {}, body }: HttpRequest): Record<string, string> {
  const out: Record<string, string> = { 'accept': '*/*', 'accept-encoding': ACCEPTED, 'user-agent': `Guanxi (plugin ${plugin.id}/${plugin.version})` };
  if (body !== undefined && typeof body !== 'string') out['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!NAME.test(name) || typeof value !== 'string' || !VALUE.test(value)) throw unsendable(plugin.id, `the header ${JSON.stringify(name.slice(0, 60))} has a character that no header may have.`);
    if (OURS.has(lower) || lower.startsWith('proxy-')) throw unsendable(plugin.id, `the header "${lower}" is set by the host. Leave it out.`);
    out[lower] = value;
  }
  return out;
}

export function bodyOf(plugin: Manifest, { body }: HttpRequest, method: string): Buffer | undefined {
  if (body === undefined) return undefined;
  if (method === 'GET') throw unsendable(plugin.id, 'a GET has no body. Use POST, or put it into the address.');
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  if (bytes.length > MOST_BYTES) throw unsendable(plugin.id, `its body has ${bytes.length} bytes; 1 MB is the most.`);
  return bytes;
}

/** The headers that go along when an answer sends the call on to another address. */
export const headersOnward = (headers: Readonly<Record<string, string>>, from: URL, to: URL): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => from.host === to.host || HARMLESS.has(name)));
