import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { init, parse } from 'es-module-lexer';
import type { Manifest, WidgetDeclaration } from '../plugin-api/index.js';
import type { Finding } from './finding.js';
import { marksOf } from './single-copies.js';

/** Bytes after gzip of a widget's own file; a smaller `maxBytes` in the manifest holds instead. */
export const WIDGET_LIMITS = { storefront: 10 * 1024, admin: 60 * 1024 } as const;
/** Bytes of one listing picture. */
const PICTURE_LIMIT = 200 * 1024;
const SHARED: Readonly<Record<WidgetDeclaration['surface'], RegExp>> = { storefront: /^(lit(\/.*)?|guanxi\/widgets)$/, admin: /^(lit(\/.*)?|guanxi\/(widgets|kit))$/ };
/** Everything one can do with the registry but ask it. */
const DEFINES = /\bcustomElements\b(?!\s*\??\.\s*(?:get|whenDefined)\b)/;
const zip = promisify(gzip);

function* codeFindings(path: string, code: string, surface: WidgetDeclaration['surface'] | undefined): Generator<Finding> {
  if (DEFINES.test(code)) yield { code: 'GX_WIDGET_DEFINES', message: `widgets/${path} touches customElements. Export the class as default; the host defines the element under its name.` };
  for (const name of marksOf(code, 'browser')) yield { code: 'GX_SECOND_COPY', message: `widgets/${path} brings a copy of ${name} of its own. Leave it external ("guanxi plugins build" does), so that every widget shares one.` };
  let imports: ReturnType<typeof parse>[0];
  try { imports = parse(code)[0]; }
  catch { yield { code: 'GX_WIDGET_SYNTAX', message: `widgets/${path} is not JavaScript that a browser can read. Build the plugin again.` }; return; }
  for (const each of imports) {
    const name = 'specifier' in each ? each.specifier : undefined;
    if (!name) continue;
    if (/^\.\.?\//.test(name)) {
      if (!new URL(name, `x:/widgets/${path}`).pathname.startsWith('/widgets/') || /%2e|\\/i.test(name)) yield { code: 'GX_PATH_ESCAPE', message: `widgets/${path} imports "${name}", which lies outside the plugin's widgets. Bundle it.` };
    } else if (!(surface ? SHARED[surface] : SHARED.admin).test(name) || name.startsWith('lit/decorators')) {
      yield { code: 'GX_WIDGET_IMPORT', message: `widgets/${path} imports "${name}", which ${surface === 'admin' ? 'the admin' : 'a storefront'} does not offer. Bundle it.` };
    }
  }
}

async function widgetFindings(root: URL, folder: string, { module, surface, maxBytes }: WidgetDeclaration): Promise<readonly Finding[]> {
  const file = new URL(`widgets/${module}`, root);
  let code: string;
  try {
    if (!(await realpath(file)).startsWith(folder)) return [{ code: 'GX_PATH_ESCAPE', message: `widgets/${module} leads out of the plugin's folder. Put the file itself there.` }];
    code = await readFile(file, 'utf8');
  } catch { return [{ code: 'GX_WIDGET_MISSING', message: `the widget file widgets/${module} is missing. Build the plugin.` }]; }
  const findings = [...codeFindings(module, code, surface)];
  if (!findings.some((each) => each.code === 'GX_WIDGET_SYNTAX') && !parse(code)[1].some((each) => 'name' in each && each.name === 'default')) {
    findings.push({ code: 'GX_WIDGET_EXPORT', message: `widgets/${module} exports no default. Export the widget's class as default.` });
  }
  const limit = Math.min(WIDGET_LIMITS[surface], maxBytes ?? Infinity);
  // What is small enough as it is need not be compressed to know.
  if (Buffer.byteLength(code) > limit) {
    const bytes = (await zip(code, { level: 9 })).length;
    if (bytes > limit) findings.push({ code: 'GX_WIDGET_BUDGET', message: `widgets/${module} has ${bytes} bytes after gzip, ${limit} are allowed. Load parts of it late with import().` });
  }
  return findings;
}

async function pictureFindings(root: URL, folder: string, file: string): Promise<readonly Finding[]> {
  const picture = new URL(`pictures/${file}`, root);
  try {
    if (!(await realpath(picture)).startsWith(folder)) return [{ code: 'GX_PATH_ESCAPE', message: `pictures/${file} leads out of the plugin's folder. Put the file itself there.` }];
    return (await stat(picture)).size > PICTURE_LIMIT ? [{ code: 'GX_PICTURE', message: `pictures/${file} is larger than ${PICTURE_LIMIT / 1024} KB. Make it smaller.`, warning: true }] : [];
  } catch { return [{ code: 'GX_PICTURE', message: `pictures/${file} is named in the listing and is not there. Add it or take it out.`, warning: true }]; }
}

/** Built widgets and pictures: where they lie, what they bring with them, what they weigh. */
export async function verifyWidgets(root: URL, manifest: Manifest): Promise<readonly Finding[]> {
  const pictures = manifest.listing.screenshots ?? [];
  if (!manifest.widgets.length && !pictures.length) return [];
  await init();
  const folder = `${await realpath(fileURLToPath(root))}${sep}`;
  const chunks = (await readdir(new URL('widgets/chunks/', root)).catch(() => [])).filter((file) => file.endsWith('.js')).map((file) => `chunks/${file}`);
  const findings = await Promise.all([
    ...manifest.widgets.map((widget) => widgetFindings(root, folder, widget)),
    ...chunks.map(async (path) => [...codeFindings(path, await readFile(new URL(`widgets/${path}`, root), 'utf8'), undefined)]),
    ...pictures.map(({ file }) => pictureFindings(root, folder, file)),
  ]);
  return findings.flat();
}
