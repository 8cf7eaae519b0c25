import { sources } from '../structure/source-tree.js';

/** What an author never meets: commands of operators, platforms, other people's plugins. */
const ELSEWHERE = /^server\/(cli\/(?!plugins\/)|shops\/|http\/platforms\/)|\.test\.ts$/;
/** Where the codes of a chapter come from; the first that fits counts. */
export const CHAPTERS: readonly (readonly [title: string, text: string, from: RegExp])[] = [
  ['Checking a package', 'Said by `guanxi plugins check` and by a host that refuses a package. Until they are mended none of its code runs.', /^server\/(packages|cli\/plugins|host\/(verify|import-effects))/],
  ['The contract suite', 'Said by `guanxi plugins check` and `describePluginContract`.', /^test\/contract\//],
  ['Starting', 'A plugin with one of these does not run on the host; the rest of the host does. The boot report and "What runs here" show the sentence.', /^server\/(host|plugin-wiring|package-source)/],
  ['The plugin API', 'Thrown by what you import from `guanxi/plugin`.', /^server\/plugin-api\//],
  ['Data', 'Thrown by `db` and by migrations.', /^server\/data\//],
  ['Points, rewards and activities', 'Thrown by `grants`, `points.spend` and `activities`; `GX_PLAN_…` are what the planner finds in a mix of activities.', /^server\/(economy|activities|planner)\//],
  ['Customers, orders and products', '', /^server\/commerce\//],
  ['Events, jobs and containment', 'Time limits, breakers and the outbox.', /^server\/(events|jobs|containment)\//],
  ['Quotas, outbound HTTP and secrets', '', /^server\/(quotas|outbound|secrets)\//],
  ['Installs and settings', 'What a merchant is told when an install, an upgrade or a change of settings is refused.', /^server\/installs\//],
  ['Personal data and purge', '', /^server\/privacy\//],
  ['HTTP', 'What clients of your routes are answered before, or instead of, your handler.', /^server\//],
];

/** Whether a code that a file throws or reports concerns authors. */
export const isMet = (path: string): boolean => (path.startsWith('server/') || path.startsWith('test/contract/')) && !ELSEWHERE.test(path);

export interface ErrorCode { readonly code: string; readonly status: number | undefined; readonly sentence: string; readonly chapter: string }

/** Reads a string or template that begins at `at`; what is computed becomes `…`. */
function literal(code: string, at: number): { readonly text: string; readonly end: number } {
  const quote = code[at]!;
  let text = '', to = at + 1;
  while (to < code.length && code[to] !== quote) {
    if (code[to] === '\\') { text += code[to + 1] === 'n' ? ' ' : code[to + 1]; to += 2; }
    else if (quote === '`' && code.startsWith('${', to)) {
      let depth = 1; to += 2;
      while (to < code.length && depth > 0) {
        if (code[to] === '`' || code[to] === "'" || code[to] === '"') { to = literal(code, to).end; continue; }
        depth += code[to] === '{' ? 1 : code[to] === '}' ? -1 : 0; to += 1;
      }
      text += '…';
    } else { text += code[to]; to += 1; }
  }
  return { text, end: to + 1 };
}

/** The sentence that follows a code in the same call, and the status between the two. */
function sentenceAfter(code: string, from: number): { readonly status: number | undefined; readonly sentence: string | undefined } {
  let at = from, depth = 0, status: number | undefined;
  while (at < code.length && at < from + 900 && depth >= 0) {
    const char = code[at]!;
    if (char === "'" || char === '"' || char === '`') {
      const { text, end } = literal(code, at);
      if (text.startsWith('GX_')) return { status, sentence: undefined };
      if (text.includes(' ') && text.length > 12) return { status, sentence: text };
      at = end; continue;
    }
    const number = /^\b[1-5]\d\d\b/.exec(code.slice(at, at + 3));
    if (number && !/\w/.test(code[at - 1] ?? '') && depth === 0) status ??= Number(number[0]);
    depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0;
    if (char === ';' || (char === '\n' && depth === 0 && /^\n\s*(return|if|const|throw|for)\b/.test(code.slice(at, at + 40)))) break;
    at += 1;
  }
  return { status, sentence: undefined };
}

const STATUS: Readonly<Record<string, number>> = { refused: 422, conflict: 409, notFound: 404 };

/** Every code that an author can meet, found where it is thrown or reported. */
export function errorCodes(): readonly ErrorCode[] {
  const files = sources().filter(({ path }) => isMet(path));
  const titles = new Map(files.filter(({ path }) => path === 'server/http/problem-texts.ts').flatMap(({ code }) => [...code.matchAll(/\b(GX_[A-Z0-9_]+): \['((?:[^'\\]|\\.)*)'/g)].map((match) => [match[1]!, match[2]!.replaceAll('\\', '')] as const)));
  const found = new Map<string, { status: number | undefined; sentence: string | undefined; chapter: number }>();
  for (const { path, code } of files) {
    const chapter = CHAPTERS.findIndex(([, , from]) => from.test(path));
    for (const match of code.matchAll(/(?<!===? |!==? |case |has\(|includes\()'(GX_[A-Z0-9_]*[A-Z0-9])'/g)) {
      const { status, sentence } = sentenceAfter(code, match.index + match[0].length);
      const call = /(\w+)\($/.exec(code.slice(0, match.index))?.[1] ?? '';
      const known = found.get(match[1]!);
      if (known?.sentence && !(sentence && chapter < known.chapter)) continue;
      found.set(match[1]!, { status: status ?? STATUS[call] ?? known?.status, sentence: sentence ?? known?.sentence, chapter: sentence || !known ? chapter : known.chapter });
    }
  }
  return [...found].map(([code, { status, sentence, chapter }]) => ({ code, status, sentence: sentence ?? titles.get(code) ?? '', chapter: CHAPTERS[chapter]![0] })).sort((a, b) => (a.code < b.code ? -1 : 1));
}
