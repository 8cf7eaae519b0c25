import type { Panel } from './game.js';

let desk: { readonly path: string; readonly locale: string; readonly draft: unknown } | undefined;

/** The draft to edit: the given one, or what was on the desk when the admin built the page anew in another language. */
export function onDesk<D>(panel: Panel, given: D): D {
  const { data, locale } = panel.context;
  const path = data['path'] ?? '';
  const draft = desk && desk.path === path && desk.locale !== locale ? desk.draft as D : given;
  desk = { path, locale, draft };
  return draft;
}

/** What was saved is no longer on the desk. */
export const clearDesk = (): void => { desk = undefined; };
