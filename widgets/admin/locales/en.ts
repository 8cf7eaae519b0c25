import { enMarket } from './en-market.js';
import { enPages } from './en-pages.js';
import { enPrivacy } from './en-privacy.js';
import { enRuns } from './en-runs.js';
import { enShell } from './en-shell.js';

/** Texts of the admin's shell and the core's pages. `{name}` is a value, `{n|one|many}` the word for one or for many. */
export const en = { ...enShell, ...enPages, ...enPrivacy, ...enMarket, ...enRuns };

/** The texts of one language. */
export type Texts = Record<keyof typeof en, string>;
