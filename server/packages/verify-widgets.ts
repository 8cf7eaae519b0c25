import { gzipSync } from 'node:zlib';
import { parse } from 'es-module-lexer';
import type { Manifest, WidgetDeclaration } from '../plugin-api/index.js';
import type { BuiltFolder } from './built-folder.js';
import { networkGlobals } from './direct-reach.js';
import type { Finding } from './finding.js';
import { marksOf } from './single-copies.js';
import { pathFrom } from './verify-imports.js';

/** Bytes after gzip of a widget's own file; a smaller `maxBytes` in the manifest holds instead. */
export const WIDGET_LIMITS = { storefront: 10 * 1024, admin: 60 * 1024 } as const;
/** Bytes of one listing picture. */
const PICTURE_LIMIT = 200 * 1024;
const SHARED: Readonly<Record<WidgetDeclaration['surface'], RegExp>> = { storefront: /^(lit(\/.*)?|guanxi\/widgets)$/, admin: /^(lit(\/.*)?|guanxi\/(widgets|kit))$/ };
/** Everything one can do with the registry but ask it. */
const DEFINES = /\bcustomElements\b(?!\s*\??\.\s*(?:get|whenDefined)\b)/;

function* codeFindings(path: string, code: string, surface: WidgetDeclaration['surface'] | undefined): Generator<Finding> {
  if (DEFINES.test(code)) yield { code: 'GX_WIDGET_DEFINES', message: `widgets/${path} touches customElements. Export the class as default; the host defines the element under its name.` };
  for (const name of networkGlobals(code)) yield { code: 'GX_WIDGET_REACH', message: `widgets/${path} uses the browser's own ${name}. Call the plugin's routes with this.context.api; they call outside with app.use('http').`, warning: true };
  for (const name of marksOf(code, 'browser')) yield { code: 'GX_SECOND_COPY', message: `widgets/${path} brings a copy of ${name} of its own. Leave it external ("guanxi plugins build" does), so that every widget shares one.` };
  let imports: ReturnType<typeof parse>[0];
  try { imports = parse(code)[0]; }
  catch { yield { code: 'GX_WIDGET_SYNTAX', message: `widgets/${path} is not JavaScript that a browser can read. Build the plugin again.` }; return; }
  for (const each of imports) {
    const name = 'specifier' in each ? each.specifier : undefined;
    if (!name) continue;
    if (/^\.\.?[/\\]/.test(name)) {
      if (pathFrom(path, name).startsWith('../')) yield { code: 'GX_PATH_ESCAPE', message: `widgets/${path} imports "${name}", which lies outside the plugin's widgets. Bundle it.` };
    } else if (!(surface ? SHARED[surface] : SHARED.admin).test(name) || name.startsWith('lit/decorators')) {
      yield { code: 'GX_WIDGET_IMPORT', message: `widgets/${path} imports "${name}", which ${surface === 'admin' ? 'the admin' : 'a storefront'} does not offer. Bundle it.` };
    }
  }
}

function* widgetFindings(folder: BuiltFolder, { module, surface, maxBytes }: WidgetDeclaration): Generator<Finding> {
  const bytes = folder.bytes(`widgets/${module}`);
  if (!bytes) { yield { code: 'GX_WIDGET_MISSING', message: `the widget file widgets/${module} is missing. Build the plugin.` }; return; }
  const code = bytes.toString('utf8');
  const findings = [...codeFindings(module, code, surface)];
  yield* findings;
  if (!findings.some((each) => each.code === 'GX_WIDGET_SYNTAX') && !parse(code)[1].some((each) => 'name' in each && each.name === 'default')) {
    yield { code: 'GX_WIDGET_EXPORT', message: `widgets/${module} exports no default. Export the widget's class as default.` };
  }
  const limit = Math.min(WIDGET_LIMITS[surface], maxBytes ?? Infinity);
  // What is small enough as it is need not be compressed to know.
  const size = bytes.length > limit ? gzipSync(bytes, { level: 9 }).length : bytes.length;
  if (size > limit) yield { code: 'GX_WIDGET_BUDGET', message: `widgets/${module} has ${size} bytes after gzip, ${limit} are allowed. Load parts of it late with import().` };
}

function* pictureFindings(folder: BuiltFolder, file: string): Generator<Finding> {
  const size = folder.bytes(`pictures/${file}`)?.length;
  if (size === undefined) yield { code: 'GX_PICTURE', message: `pictures/${file} is named in the listing and is not there. Add it or take it out.`, warning: true };
  else if (size > PICTURE_LIMIT) yield { code: 'GX_PICTURE', message: `pictures/${file} is larger than ${PICTURE_LIMIT / 1024} KB. Make it smaller.`, warning: true };
}

/** Built widgets and pictures: where they lie, what they bring with them, what they weigh. The lexer must have been made ready. */
export function verifyWidgets(folder: BuiltFolder, manifest: Manifest): readonly Finding[] {
  const chunks = [...folder.files].filter((path) => /^widgets\/chunks\/[^/]+\.js$/.test(path));
  return [
    ...manifest.widgets.flatMap((widget) => [...widgetFindings(folder, widget)]),
    ...chunks.flatMap((path) => [...codeFindings(path.slice('widgets/'.length), folder.text(path)!, undefined)]),
    ...(manifest.listing.screenshots ?? []).flatMap(({ file }) => [...pictureFindings(folder, file)]),
  ];
}
