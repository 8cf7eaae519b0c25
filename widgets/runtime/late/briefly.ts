/** Of the rules of `openWidget`; they are sentences of ours, so they may be quoted. */
const RULES = ['no default class', 'defines itself', 'tag taken'];

/**
 * What a widget failed with, in a few words that quote nobody: the kind of error, and where in the plugin's own files it was thrown,
 * `TypeError (wheel.js:1:204)`. The message itself may hold a shopper's name. Undefined when the phase says all.
 * @param url - of the widget's module; its folder is the plugin's
 */
export function briefly(error: unknown, url: string): string | undefined {
  const { name, message, stack = '' }: { name?: string; message?: string; stack?: string } = error instanceof Error ? error : {};
  if (name === 'TimeoutError') return undefined;
  if (message && RULES.includes(message)) return message;
  const kind = name && /^[A-Za-z]{1,40}$/.test(name) ? name : typeof error;
  const [place] = /[\w.-]{1,80}\.js:\d{1,6}:\d{1,6}/.exec(stack.split(url.slice(0, url.lastIndexOf('/') + 1))[1] ?? '') ?? [];
  return place ? `${kind} (${place})` : kind;
}
