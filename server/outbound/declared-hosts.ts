import type { Manifest } from '../plugin-api/index.js';

const NET = 'net:';

/** The hosts a manifest declares: `net:api.example.com`, or `net:*.example.com` for every name below it. */
export const declaredHosts = (manifest: Manifest): readonly string[] =>
  manifest.capabilities.flatMap(({ name }) => (name.startsWith(NET) ? [name.slice(NET.length)] : []));

/** Whether a host name, without port, is one of those. */
export const isDeclared = (hosts: readonly string[], host: string): boolean =>
  hosts.some((each) => (each.startsWith('*.') ? host.endsWith(each.slice(1)) && host.length > each.length - 1 : each === host));

/** The capabilities under which a host may be called. */
export const coveringHost = (manifest: Manifest, host: string): Manifest['capabilities'] =>
  manifest.capabilities.filter(({ name }) => name.startsWith(NET) && isDeclared([name.slice(NET.length)], host));
