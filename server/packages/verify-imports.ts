import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parse } from 'es-module-lexer';
import type { BuiltFolder } from './built-folder.js';
import { reachOfCode, reachOfImport } from './direct-reach.js';
import type { Finding } from './finding.js';
import { marksOf } from './single-copies.js';

/** Modules of Node that only compute. Of the others some are refused; reviewed plugins may use the rest, and it is told. */
const COMPUTES = new Set(['assert', 'buffer', 'crypto', 'events', 'path', 'perf_hooks', 'punycode', 'querystring', 'stream', 'string_decoder', 'timers', 'url', 'util', 'zlib']);
const OFFERED: Readonly<Record<string, string>> = { tsyringe: 'Import inject and injectable from "guanxi/plugin".', typeorm: 'Declare entities with "guanxi/plugin".', 'reflect-metadata': '"guanxi/plugin" brings it.', lit: 'Only widgets use it.' };
const packageName = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

function bare(path: string, name: string, dependencies: readonly string[]): Finding | undefined {
  const owner = packageName(name);
  if (name === 'guanxi/plugin') return undefined;
  const builtin = name.replace(/^node:/, '').split('/')[0]!;
  const reach = reachOfImport(path, name, isBuiltin(name) ? builtin : owner);
  if (reach) return reach;
  if (isBuiltin(name)) {
    return COMPUTES.has(builtin) ? undefined : { code: 'GX_IMPORT_REACH', message: `${path} imports "${name}", which reaches beyond the contract. Review it, or ask for a capability instead.`, warning: true };
  }
  if (owner === 'guanxi' || owner in OFFERED) return { code: 'GX_IMPORT_FOREIGN', message: `${path} imports "${name}", which is not for a plugin's server code. ${OFFERED[owner] ?? 'Import "guanxi/plugin" alone.'}` };
  return dependencies.includes(owner) ? undefined : { code: 'GX_IMPORT_UNDECLARED', message: `${path} imports "${name}", which its package.json does not name under dependencies. Add it there, or bundle it.` };
}

/** The path of a module imported by its relative name; it begins with `../` where that leaves the folder. */
export const pathFrom = (importer: string, name: string): string => posix.normalize(posix.join(posix.dirname(importer), decodeURIComponent(name.replace(/[?#].*$/, '')).replaceAll('\\', '/')));

/** Walks from `plugin.js` through everything it imports and never runs any of it. The lexer must have been made ready. */
export function verifyImports(folder: BuiltFolder, dependencies: readonly string[]): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set(['plugin.js']);
  for (const path of seen) {
    const code = folder.text(path);
    if (code === undefined) { findings.push({ code: 'GX_IMPORT_MISSING', message: `the file ${path} is missing. Build the plugin.` }); continue; }
    for (const name of marksOf(code, 'server')) findings.push({ code: 'GX_SECOND_COPY', message: `${path} was bundled with a copy of ${name}. Leave it external.` });
    findings.push(...reachOfCode(path, code));
    let imports: ReturnType<typeof parse>[0];
    try { imports = parse(code)[0]; }
    catch { findings.push({ code: 'GX_IMPORT_SYNTAX', message: `${path} is not JavaScript that can be read. Build the plugin again.` }); continue; }
    for (const each of imports) {
      if (each.type === 'import-meta') continue;
      const name = each.specifier;
      if (name === undefined || (each.type === 'dynamic' && each.glob)) {
        findings.push({ code: 'GX_IMPORT_COMPUTED', message: `${path} imports something whose name is known only when it runs. Review it, or write the name out.`, warning: true });
      } else if (/^\.\.?[/\\]/.test(name)) {
        const target = pathFrom(path, name);
        if (target.startsWith('../')) findings.push({ code: 'GX_PATH_ESCAPE', message: `${path} imports "${name}", which lies outside the plugin's folder. Bundle it, or make it a dependency.` });
        else if (/\.[cm]?js$/.test(target)) seen.add(target);
      } else if (/^[/\\]/.test(name) || /^(?!node:)[a-z][a-z0-9+.-]*:/i.test(name)) {
        findings.push({ code: 'GX_PATH_ESCAPE', message: `${path} imports "${name}", an address outside the plugin's folder. Bundle it, or make it a dependency.` });
      } else {
        const finding = bare(path, name, dependencies);
        if (finding) findings.push(finding);
      }
    }
  }
  return findings;
}
