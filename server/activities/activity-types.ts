import { conflict, GxError, refused, type ActivityType, type Instant, type Localised } from '../plugin-api/index.js';

export interface RegisteredType {
  /** `<plugin>.<name>`. */
  readonly type: string;
  readonly plugin: string;
  readonly title: Localised;
  readonly definition: ActivityType<unknown>;
}

/** What kinds of activities there are, and the rules each kind sets for its configuration. */
export class ActivityTypes {
  readonly #types = new Map<string, RegisteredType>();

  // `any`: each type validates a configuration of its own; only the type's schema ever looks inside.
  // oxlint-disable-next-line typescript/no-explicit-any
  register(plugin: string, name: string, definition: ActivityType<any>, title: Localised): void {
    const type = `${plugin}.${name}`;
    if (this.#types.has(type)) throw conflict('GX_ACTIVITY_TYPE_TAKEN', `The activity type "${type}" is registered already.`);
    this.#types.set(type, { type, plugin, title, definition });
  }
  unregister(plugin: string): void {
    for (const [type, registered] of this.#types) if (registered.plugin === plugin) this.#types.delete(type);
  }
  all(): readonly RegisteredType[] { return [...this.#types.values()]; }
  find(type: string): RegisteredType | undefined { return this.#types.get(type); }

  /** Errors: 422 `GX_INVALID` naming every field that is wrong. Answers the configuration as the schema reads it. */
  check(type: string, draft: { readonly title: string; readonly config: unknown; readonly startsAt: Instant | null; readonly endsAt: Instant | null }): { title: string; config: string } {
    const fields: Record<string, string> = {};
    const title = draft.title.trim();
    if (title.length < 1 || title.length > 200) fields['title'] = 'Give it a title of 1 to 200 characters.';
    for (const [name, at] of [['startsAt', draft.startsAt], ['endsAt', draft.endsAt]] as const) {
      if (at !== null && (!Number.isSafeInteger(at) || at < 0)) fields[name] = 'Give a time in whole milliseconds since 1970.';
    }
    if (draft.startsAt !== null && draft.endsAt !== null && draft.endsAt <= draft.startsAt) fields['endsAt'] = 'The end must be after the start.';
    const registered = this.#types.get(type);
    if (!registered) fields['type'] = 'There is no such kind of activity; is its module switched on?';
    const parsed = registered?.definition.config.safeParse(draft.config);
    for (const issue of parsed?.error?.issues ?? []) fields[['config', ...issue.path.map(String)].join('.')] ??= issue.message;
    if (Object.keys(fields).length > 0) throw invalid(fields);
    return { title, config: JSON.stringify(parsed?.data ?? {}) };
  }
}

/** 422 with a message for each field. */
export const invalid = (fields: Readonly<Record<string, string>>): GxError =>
  refused('GX_INVALID', `Some fields are not valid: ${Object.entries(fields).map(([name, text]) => `${name} (${text})`).join('; ').slice(0, 500)}`, { fields });
