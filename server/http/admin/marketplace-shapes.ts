import { z } from '../../plugin-api/index.js';
import { INSTALL_STATES } from '../../installs/lifecycle.js';
import { localisedText } from './page-query.js';

const state = z.enum(INSTALL_STATES);
const names = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });
const step = z.object({ from: z.number(), to: z.number() });
const named = z.object({ id: z.string(), title: localisedText, state });
const change = z.object({ version: z.string(), date: z.string(), notes: localisedText });

/** A requirement as it stands in this shop; `ok` when it runs. */
const requirement = named.extend({ range: z.string(), optional: z.boolean(), version: z.string().nullable(), ok: z.boolean(), contracts: z.array(z.object({ token: z.string(), range: z.string() })) });

export const previewShape = z.object({
  id: z.string(), version: z.string(), title: localisedText, summary: localisedText, pricing: localisedText.nullable(), hash: z.string(), state,
  kind: z.enum(['install', 'restore', 'upgrade', 'review']), needsConsent: z.boolean(),
  capabilities: z.array(z.object({ name: z.string(), reason: localisedText, optional: z.boolean(), granted: z.boolean().nullable(), added: z.boolean() })),
  hosts: z.array(z.object({ host: z.string(), reason: localisedText, optional: z.boolean(), added: z.boolean() })),
  tables: z.array(z.object({ name: z.string(), rows: z.number() })),
  personalData: z.array(z.object({ entity: z.string(), subject: z.string(), fields: z.array(z.string()), added: z.array(z.string()), onErase: z.string(), titles: z.record(z.string(), localisedText) })),
  jobs: z.array(z.object({ name: z.string(), schedule: z.string(), perDay: z.number() })), jobsPerDay: z.number(), storefrontBytes: z.number(),
  widgets: z.array(z.object({ name: z.string(), surface: z.string(), slot: z.string(), title: localisedText })),
  events: z.object({ emits: z.array(z.string()), handles: z.array(z.string()) }),
  limits: z.array(z.object({ name: z.string(), asked: z.number(), granted: z.number() })),
  requires: z.array(requirement), installFirst: z.array(named), purgeAfter: z.number().nullable(),
  change: z.object({
    from: z.string(), to: z.string(), capabilities: names, hosts: names, personalData: names, widgets: names, jobsPerDay: step, storefrontBytes: step,
    settings: z.object({ added: z.array(z.string()), dropped: z.array(z.string()), error: z.string().nullable() }), changes: z.array(change),
  }).nullable(),
});

/** One entry of the marketplace. `version` is the shop's when it is installed, `availableVersion` the host's. */
export const listedShape = z.object({
  id: z.string(), version: z.string(), availableVersion: z.string(), title: localisedText, summary: localisedText, description: localisedText.optional(), icon: z.string(), category: z.string(),
  keywords: z.array(z.string()), pricing: localisedText.optional(), support: z.string().optional(), picture: z.object({ url: z.string(), alt: localisedText }).optional(),
  state, hostState: z.string(), error: z.string().optional(),
  /** `error` in a few words of the reader's language. */
  errorTitle: z.string().optional(),
  /** Installed, and its code asks for more than was agreed to. */
  needsConsent: z.boolean(),
  /** Hooks of the last change are still running or being tried again. */
  working: z.boolean(),
  /** Switched on, but not running for now: `older-code` (the server runs an older version), `requirement` (another module is off). */
  hold: z.object({ cause: z.enum(['older-code', 'requirement']), plugins: z.array(z.string()), version: z.string().nullable() }).optional(),
  /** What put it into this state when it was not a person: `breaker`, `quota`, `billing` for suspended ones, `platform` for a shop that had left. */
  cause: z.string().nullable(), reason: z.string().nullable(), lastError: z.string().nullable(),
  installedAt: z.number().optional(), purgeAfter: z.number().optional(),
  /** Compressed bytes that a shopper loads for its storefront widgets. */
  bytes: z.number(),
  capabilities: z.array(z.object({ name: z.string(), reason: localisedText, optional: z.boolean() })),
  personalData: z.array(z.object({ entity: z.string(), fields: z.array(z.string()), onErase: z.string(), titles: z.record(z.string(), localisedText) })),
  settings: z.record(z.string(), z.unknown()).optional(),
  widgets: z.array(z.object({ name: z.string(), surface: z.string(), slot: z.string(), title: localisedText, bytes: z.number().optional() })),
  jobs: z.array(z.object({ name: z.string(), schedule: z.string() })),
});

export const detailShape = listedShape.extend({
  screenshots: z.array(z.object({ url: z.string(), alt: localisedText })),
  /** Newest first, of all versions. */
  changes: z.array(change),
  requires: z.array(requirement),
  /** Modules of this shop that need this one; it cannot be switched off before them. */
  requiredBy: z.array(named),
  granted: z.array(z.string()),
  /** The last agreement; `declined` are optional wishes that were refused. */
  consent: z.object({ version: z.string(), hash: z.string(), actor: z.string(), at: z.number(), granted: z.array(z.string()), declined: z.array(z.string()) }).optional(),
  /** When what it had kept was erased, after an uninstall. */
  purgedAt: z.number().optional(),
});

/** `keptUntil` is the date of the purge, `keptDays` the days from the uninstall to it. */
export const leaveShape = z.object({ keptDays: z.number(), keptUntil: z.number(), tables: z.array(z.object({ name: z.string(), rows: z.number() })) });

/** What every change of an install answers. */
export const movedShape = z.object({ state, version: z.string(), working: z.boolean(), purgeAfter: z.number().nullable(), lastError: z.string().nullable(), revision: z.number() });
