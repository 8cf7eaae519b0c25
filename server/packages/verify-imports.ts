import { readFile, realpath } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init, parse } from 'es-module-lexer';
import type { Finding } from './finding.js';
import { marksOf } from './single-copies.js';

/** Modules of Node that only compute. The others reach out of the process; reviewed plugins may use them, and it is told. */
const COMPUTES = new Set(['assert', 'buffer', 'crypto', 'events', 'path', 'perf_hooks', 'punycode', 'querystring', 'stream', 'string_decoder', 'timers', 'url', 'util', 'zlib']);
const OFFERED: Readonly<Record<string, string>> = { tsyringe: 'Import inject and injectable from "guanxi/plugin".', typeorm: 'Declare entities with "guanxi/plugin".', 'reflect-metadata': '"guanxi/plugin" brings it.', lit: 'Only widgets use it.' };
const packageName = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

function bare(path: string, name: string, dependencies: readonly string[]): Finding | undefined {
  const owner = packageName(name);
  if (name === 'guanxi/plugin') return undefined;
  if (isBuiltin(name)) {
    const builtin = name.replace(/^node:/, '').split('/')[0]!;
    return COMPUTES.has(builtin) ? undefined : { code: 'GX_IMPORT_REACH', message: `${path} imports "${name}", which reaches beyond the contract. Review it, or ask for a capability instead.`, warning: true };
  }
  if (owner === 'guanxi' || owner in OFFERED) return { code: 'GX_IMPORT_FOREIGN', message: `${path} imports "${name}", which is not for a plugin's server code. ${OFFERED[owner] ?? 'Import "guanxi/plugin" alone.'}` };
  return dependencies.includes(owner) ? undefined : { code: 'GX_IMPORT_UNDECLARED', message: `${path} imports "${name}", which its package.json does not name under dependencies. Add it there, or bundle it.` };
}

/** Walks from `plugin.js` through everything it imports and never runs any of it. */
export async function verifyImports(root: URL, dependencies: readonly string[]): Promise<readonly Finding[]> {
  await init();
  const folder = `${await realpath(fileURLToPath(root))}${sep}`;
  const findings: Finding[] = [];
  const seen = new Set<string>([new URL('plugin.js', root).href]);
  for (const href of seen) {
    const file = new URL(href);
    const path = decodeURIComponent(href.slice(root.href.length));
    let code: string;
    try {
      if (!(await realpath(file)).startsWith(folder)) { findings.push({ code: 'GX_PATH_ESCAPE', message: `${path} leads out of the plugin's folder. Put the file itself there.` }); continue; }
      code = await readFile(file, 'utf8');
    } catch { findings.push({ code: 'GX_IMPORT_MISSING', message: `the file ${path} is missing. Build the plugin.` }); continue; }
    for (const name of marksOf(code, 'server')) findings.push({ code: 'GX_SECOND_COPY', message: `${path} was bundled with a copy of ${name}. Leave it external.` });
    let imports: ReturnType<typeof parse>[0];
    try { imports = parse(code)[0]; }
    catch { findings.push({ code: 'GX_IMPORT_SYNTAX', message: `${path} is not JavaScript that can be read. Build the plugin again.` }); continue; }
    for (const each of imports) {
      if (each.type === 'import-meta') continue;
      const name = each.specifier;
      if (name === undefined || (each.type === 'dynamic' && each.glob)) {
        findings.push({ code: 'GX_IMPORT_COMPUTED', message: `${path} imports something whose name is known only when it runs. Review it, or write the name out.`, warning: true });
      } else if (/^\.\.?\//.test(name)) {
        const target = new URL(name, file);
        target.search = target.hash = '';
        if (target.href.startsWith(root.href)) { if (/\.[cm]?js$/.test(target.pathname)) seen.add(target.href); }
        else findings.push({ code: 'GX_PATH_ESCAPE', message: `${path} imports "${name}", which lies outside the plugin's folder. Bundle it, or make it a dependency.` });
      } else if (name.startsWith('/') || /^(?!node:)[a-z][a-z0-9+.-]*:/i.test(name)) {
        findings.push({ code: 'GX_PATH_ESCAPE', message: `${path} imports "${name}", an address outside the plugin's folder. Bundle it, or make it a dependency.` });
      } else {
        const finding = bare(path, name, dependencies);
        if (finding) findings.push(finding);
      }
    }
  }
  return findings;
}
