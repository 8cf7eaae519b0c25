import { join } from 'node:path';
import { errorsPage } from './errors-page.js';
import { GUIDE } from './guide-source.js';
import { reference } from './reference.js';

/** Pages that nobody writes by hand. */
export const GENERATED = ['reference.md', 'errors.md'] as const;

export const generatedPages = (): readonly { readonly name: string; readonly file: string; readonly text: string }[] =>
  GENERATED.map((name) => ({ name, file: join(GUIDE, name), text: name === 'reference.md' ? reference() : errorsPage() }));
