import { conflict, GxError, refused, type ActivityType, type Instant, type Locale, type Localised } from '../plugin-api/index.js';
import { fieldMessages, fieldsOf } from '../plugin-api/field-messages.js';

export interface RegisteredType {
  /** `<plugin>.<name>`. */
  readonly type: string;
  readonly plugin: string;
  readonly title: Localised;
  readonly definition: ActivityType<unknown>;
}

/** Said beside the field that is wrong. */
const texts: Readonly<Record<Locale, { readonly title: string; readonly time: string; readonly order: string; readonly past: string; readonly type: string }>> = {
  en: {
    title: 'Give it a title of 1 to 200 characters.', time: 'Give a time in whole milliseconds since 1970.', order: 'The end must be after the start.',
    past: 'The end has passed already. Choose a later one.', type: 'There is no such kind of activity. Is its module switched on?',
  },
  'zh-CN': {
    title: '标题需为 1 到 200 个字。', time: '时间需为 1970 年以来的整数毫秒。', order: '结束时间必须晚于开始时间。',
    past: '结束时间已过，请选择更晚的时间。', type: '没有这种活动，请检查对应模块是否已启用。',
  },
};

/** Refuses an end that has passed. */
export const endPassed = (locale: Locale): GxError => invalid({ endsAt: texts[locale].past });

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
  check(type: string, locale: Locale, draft: { readonly title: string; readonly config: unknown; readonly startsAt: Instant | null; readonly endsAt: Instant | null }): { title: string; config: string } {
    const fields: Record<string, string> = {};
    const text = texts[locale];
    const title = draft.title.trim();
    if (title.length < 1 || title.length > 200) fields['title'] = text.title;
    for (const [name, at] of [['startsAt', draft.startsAt], ['endsAt', draft.endsAt]] as const) {
      if (at !== null && (!Number.isSafeInteger(at) || at < 0)) fields[name] = text.time;
    }
    if (draft.startsAt !== null && draft.endsAt !== null && draft.endsAt <= draft.startsAt) fields['endsAt'] = text.order;
    const registered = this.#types.get(type);
    if (!registered) fields['type'] = text.type;
    const parsed = registered?.definition.config.safeParse(draft.config, fieldMessages[locale]);
    for (const [name, message] of Object.entries(fieldsOf(parsed?.error?.issues ?? [], locale, ''))) fields[['config', name].filter(Boolean).join('.')] ??= message;
    if (Object.keys(fields).length > 0) throw invalid(fields);
    return { title, config: JSON.stringify(parsed?.data ?? {}) };
  }
}

/** 422 with a message for each field. */
export const invalid = (fields: Readonly<Record<string, string>>): GxError =>
  refused('GX_INVALID', `Some fields are not valid: ${Object.entries(fields).map(([name, text]) => `${name} (${text})`).join('; ').slice(0, 500)}`, { fields });
