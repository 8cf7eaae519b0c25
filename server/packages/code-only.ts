/** What may stand before a regular expression; after anything else a slash divides. */
const BEFORE_REGEX = /(?:^|[([{}=,;:!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield))\s*$/;
const COMMENT = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y;
const STRING = /'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"/y;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*/y;
const TEMPLATE = /(?:\\[^]|\$(?!\{)|[^`\\$])*(`|\$\{|$)/y;
const PLAIN = /[^'"`/{}]+/y;

/** JavaScript without its comments, texts and regular expressions. A text that is one word stays, in double quotes: it may be a property's name. */
export function codeOnly(text: string): string {
  let out = '', at = 0, depth = 0;
  const templates: number[] = [];
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  /** Up to the template's end, or to the next part of it that is code. */
  const template = (): void => { out += take(TEMPLATE)?.[1] === '${' ? (templates.push(depth), '(') : '""'; };
  while (at < text.length) {
    const plain = take(PLAIN), string = plain ? null : take(STRING);
    if (plain) out += plain[0];
    else if (string) out += /^.\w+.$/.test(string[0]) ? `"${string[0].slice(1, -1)}"` : '""';
    else if (take(COMMENT)) out += ' ';
    else if (text[at] === '/' && BEFORE_REGEX.test(out.slice(-20)) && take(REGEX)) out += '""';
    else if (text[at] === '`') { at += 1; template(); }
    else if (text[at] === '}' && templates.at(-1) === depth) { at += 1; templates.pop(); out += ')'; template(); }
    else { depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0; out += text[at]; at += 1; }
  }
  return out;
}
