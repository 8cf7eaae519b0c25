import { existsSync, readFileSync, statSync } from 'node:fs';
import semver from 'semver';
import type { Finding } from '../../packages/finding.js';
import { INTEGRITY_FILE } from '../../packages/integrity.js';
import type { Manifest } from '../../plugin-api/index.js';
import { ownVersion } from './own-package.js';
import type { Packed } from './npm.js';
import type { PluginFolder } from './plugin-folder.js';
import { sourcesOf } from './sources.js';

/** What the host hands out and a package must not bring along. */
const OFFERED = ['guanxi', 'lit', 'tsyringe', 'typeorm', 'reflect-metadata'];
const LICENSES = /^(\(?[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*\)?|SEE LICENSE IN .+)$/;
/** What no package should carry to others. */
const PRIVATE = /(^|\/)(\.env(\..*)?|\.npmrc|id_(rsa|ed25519)|.*\.(pem|key|sqlite))$/;

/** What `package.json` says beside what the manifest says. */
export function checkPackageJson(plugin: PluginFolder, manifest: Manifest): readonly Finding[] {
  const { path, json } = plugin;
  const findings: Finding[] = [];
  if (json.version !== manifest.version) findings.push({ code: 'GX_PACKAGE_VERSION', message: `package.json is version ${json.version ?? '(none)'}, the manifest ${manifest.version}. Make them the same.` });
  if (!json.license || !LICENSES.test(json.license)) findings.push({ code: 'GX_PACKAGE_LICENSE', message: `package.json names no licence under which others may use it. Write an SPDX name, for example "license": "MIT", or "SEE LICENSE IN LICENSE".` });
  if (!['LICENSE', 'LICENCE', 'LICENSE.md', 'LICENSE.txt'].some((name) => existsSync(plugin.file(name)))) findings.push({ code: 'GX_PACKAGE_LICENSE', message: `${path} has no file LICENSE with the licence's text. Add it.` });
  for (const name of OFFERED) if (json.dependencies?.[name]) findings.push({ code: 'GX_PACKAGE_COPY', message: `package.json names ${name} under dependencies, so the host would run two copies of it. Move it to ${name === 'guanxi' ? 'peerDependencies' : 'devDependencies'}.` });
  const range = json.peerDependencies?.['guanxi'];
  if (!range) findings.push({ code: 'GX_PACKAGE_PEER', message: 'package.json does not name guanxi under peerDependencies, so npm cannot tell which hosts it fits. Add "guanxi": ">=0.1.0".' });
  else if (!semver.satisfies(ownVersion(), range, { includePrerelease: true })) findings.push({ code: 'GX_PACKAGE_PEER', message: `package.json wants guanxi ${range}, this is ${ownVersion()}. Widen the range under peerDependencies, or check with a Guanxi inside it.` });
  return findings;
}

/** What `dist` is made from. */
const BUILT_FROM = /^(?!test\/).*\.ts$|^(locales|pictures)\//;

/** Whether `dist` was built from the sources as they are. */
export function checkFresh(plugin: PluginFolder): readonly Finding[] {
  const built = statSync(new URL(INTEGRITY_FILE, plugin.root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newer = sourcesOf(plugin.path).find((source) => BUILT_FROM.test(source) && statSync(plugin.file(source)).mtimeMs > built);
  return newer ? [{ code: 'GX_PACKAGE_STALE', message: `${newer} is newer than dist/. Run: guanxi plugins build` }] : [];
}

/** Whether the tarball carries all that was built, and nothing that is private. */
export function checkPacked(plugin: PluginFolder, packed: Packed): readonly Finding[] {
  const carried = new Set(packed.files.map(({ path }) => path.replaceAll('\\', '/')));
  const { files } = JSON.parse(readFileSync(new URL(INTEGRITY_FILE, plugin.root), 'utf8')) as { files: Readonly<Record<string, string>> };
  const missing = [...Object.keys(files), INTEGRITY_FILE].filter((path) => !carried.has(`dist/${path}`));
  return [
    ...(missing.length ? [{ code: 'GX_PACKAGE_CONTENT', message: `npm would leave ${missing.length === 1 ? `dist/${missing[0]!}` : `${missing.length} files of dist/, such as dist/${missing[0]!},`} out of the package. Add "dist" to "files" in package.json.` } as const] : []),
    ...[...carried].filter((path) => PRIVATE.test(path)).map((path): Finding => ({ code: 'GX_PACKAGE_PRIVATE', message: `the package would carry ${path}, which looks private. Take it out with "files" in package.json.` })),
  ];
}
