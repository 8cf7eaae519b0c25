import { fill as fillFor, type Params } from '../runtime/strings.js';
import { uiLocale } from './locale.js';

export type MessageParams = Params;

/** Fills a text in the page's language: `{name}` is a value, `{n|row|rows}` the word for one or for many. */
export const fill = (text: string, params: MessageParams = {}): string => fillFor(text, params, uiLocale());
