export type Params = Readonly<Record<string, string | number>>;

/**
 * Fills a text. `{name}` is a value (numbers are written for the locale), `{n|point|points}` the word for one or for many:
 * `"You have {n} {n|point|points}"`. A language without plurals just leaves the second form out.
 */
export const fill = (text: string, params: Params, locale: string): string =>
  text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (many !== undefined) return value === 1 ? one ?? '' : many;
    return typeof value === 'number' ? value.toLocaleString(locale) : value;
  });
