import { codeOnly } from './code-only.js';
import type { Finding } from './finding.js';

/** Modules of Node, and well-known packages, that open connections of their own. */
const NETWORK = new Set(['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'inspector', 'undici', 'axios', 'cross-fetch', 'got', 'ky', 'needle', 'node-fetch', 'superagent', 'ws']);
/** Modules of Node that run code where no host looks. */
const PROCESS = new Set(['child_process', 'cluster', 'worker_threads']);
const GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'] as const;
const ANY_GLOBAL = new RegExp(`\\b(?:${GLOBALS.join('|')})\\b`);
const ENDS = /(?<![\w$.])process\s*(?:\??\.\s*|(?:\?\.)?\s*\[\s*")(abort|binding|dlopen|exit|getBuiltinModule|kill|reallyExit)\b/g;

const network = (path: string, does: string): Finding => ({ code: 'GX_REACH_NETWORK', message: `${path} ${does}, which no merchant agreed to and no limit counts. Call outside with app.use('http'), and name the host under capabilities as "net:<host>".` });
const process = (path: string, does: string): Finding => ({ code: 'GX_REACH_PROCESS', message: `${path} ${does}, which reaches every plugin of the host. Leave it out; long work belongs in a job, calls outside in app.use('http').` });

/** Whether an import alone goes past the host; `owner` is the module's or the package's name without `node:` and sub-path. */
export function reachOfImport(path: string, name: string, owner: string): Finding | undefined {
  if (NETWORK.has(owner)) return network(path, `imports "${name}"`);
  return PROCESS.has(owner) ? process(path, `imports "${name}"`) : undefined;
}

/** Whether the file gives the name a meaning of its own: declared, imported, taken apart, or a parameter. */
const isBound = (code: string, name: string): boolean => new RegExp([
  `\\b(?:const|let|var|class|function\\s*\\*?)\\s+${name}\\b`,
  `\\bimport\\s*(?:${name}\\b|[^;"]*[{,\\s](?:as\\s+)?${name}\\s*[,}])[^;"]*from\\b`,
  `\\b(?:const|let|var)\\s*\\{[^;=]*[{,:]\\s*${name}\\s*(?:=[^;}]*)?[,}][^;=]*=`,
  `(?<!\\b(?:if|while|for|switch|with)\\s*)\\((?:[^()]*[,{:])?\\s*${name}\\s*(?:=[^()]*)?(?:[,}][^()]*)?\\)\\s*(?:=>|\\{)`,
  `(?<![\\w$.])${name}\\s*=>`,
].join('|')).test(code);

/** Whether what stands at `at` names a member that is being made: `{ name: … }`, `name(…) { … }`. */
function isMember(code: string, at: number, name: string): boolean {
  const before = code.slice(Math.max(0, at - 60), at).trimEnd(), after = code.slice(at + name.length);
  if (/^\s*:/.test(after)) return /[{,]$/.test(before);
  if (!/^\s*\(/.test(after) || !/(?:[{},;*]|\b(?:async|static|get|set))$/.test(before)) return false;
  let depth = 0, end = after.indexOf('(');
  do { depth += after[end] === '(' ? 1 : after[end] === ')' ? -1 : 0; end += 1; } while (depth > 0 && end < after.length);
  return /^\s*\{/.test(after.slice(end));
}

/** Names of the globals with which a file would open connections of its own. */
export function networkGlobals(text: string): readonly string[] {
  if (!ANY_GLOBAL.test(text)) return [];
  const code = codeOnly(text);
  return GLOBALS.filter((name) => {
    if (new RegExp(`(?<![\\w$.])(?:globalThis|global|self|window)\\s*(?:\\??\\.\\s*|(?:\\?\\.)?\\s*\\[\\s*")${name}\\b`).test(code)) return true;
    if (new RegExp(`\\{[^{};=]*\\b${name}\\b[^{};=]*\\}\\s*=\\s*(?:globalThis|global|self|window)\\b`).test(code)) return true;
    return !isBound(code, name) && [...code.matchAll(new RegExp(`(?<![\\w$."#])${name}\\b(?!")`, 'g'))].some(({ index }) => !isMember(code, index, name) && !/\btypeof\s*$/.test(code.slice(Math.max(0, index - 12), index)));
  });
}

/** Everything in a file of server code that goes past the host by a global. What a text hides from readers it hides from this too. */
export function reachOfCode(path: string, text: string): readonly Finding[] {
  const ends = /\bprocess\b/.test(text) ? new Set([...codeOnly(text).matchAll(ENDS)].map(([, name]) => name!)) : [];
  return [...networkGlobals(text).map((name) => network(path, `uses the global ${name}`)), ...[...ends].map((name) => process(path, `uses process.${name}`))];
}
