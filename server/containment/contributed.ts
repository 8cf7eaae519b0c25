import type { ActivityType, Contributions, ImportTarget, PackPart, RewardKind, ShopContext, Unit } from '../plugin-api/index.js';
import { blame, contain } from './containment.js';
import type { RunLine } from './run-line.js';

/** Longest time for what a merchant waits for on a page. */
const PAGE_MS = 3_000;

/** A unit each of whose steps is put to a line: it runs in the transaction of whoever called it, so it has no time limit of its own. */
export function* attributed<T>(line: RunLine, unit: Unit<T>): Unit<T> {
  let step = blame(line, () => unit.next());
  try {
    while (!step.done) {
      let answer: unknown;
      try { answer = yield step.value; }
      catch (error) { step = blame(line, () => unit.throw(error)); continue; }
      step = blame(line, () => unit.next(answer));
    }
    return step.value;
  } finally { unit.return(undefined as T); }
}

/** The line of one contribution of the plugin in the shop of `ctx`. */
export type LineOf = (ctx: ShopContext, name: string) => RunLine;

/** What a plugin adds to the core, with its name on everything it does there. */
export const namedKind = (name: string, kind: RewardKind, lineOf: LineOf): RewardKind => ({
  issue: (ctx, request, grantId, reserved) => attributed(lineOf(ctx, `reward ${name}`), kind.issue(ctx, request, grantId, reserved)),
  revoke: (ctx, grantId) => attributed(lineOf(ctx, `reward ${name}`), kind.revoke(ctx, grantId)),
  ...(kind.reserve ? { reserve: (ctx, request, grantId) => attributed(lineOf(ctx, `reward ${name}`), kind.reserve!(ctx, request, grantId)) } : {}),
  ...(kind.free ? { free: (ctx, grantId) => attributed(lineOf(ctx, `reward ${name}`), kind.free!(ctx, grantId)) } : {}),
  ...(kind.cost ? { cost: (ctx, request) => attributed(lineOf(ctx, `cost ${name}`), kind.cost!(ctx, request)) } : {}),
  options: (ctx) => contain(lineOf(ctx, `choices of ${name}`), PAGE_MS, () => kind.options(ctx)),
});

export const namedType = (name: string, type: NonNullable<Contributions['activityTypes']>[string], lineOf: LineOf): ActivityType => ({
  ...type,
  ...(type.publish ? { publish: (ctx, activity) => attributed(lineOf(ctx, `publish ${name}`), type.publish!(ctx, activity)) } : {}),
  ...(type.revise ? { revise: (ctx, before, after) => attributed(lineOf(ctx, `revise ${name}`), type.revise!(ctx, before, after)) } : {}),
  ...(type.settle ? { settle: (ctx, activity) => attributed(lineOf(ctx, `settle ${name}`), type.settle!(ctx, activity)) } : {}),
}) as ActivityType;

/** Rows are many and a failing file is the file's fault as often as not, so nothing of it is counted. */
export const namedTarget = (kind: string, target: ImportTarget, lineOf: LineOf): ImportTarget => ({
  title: target.title, fields: target.fields, take: (ctx, rows) => blame(lineOf(ctx, `import ${kind}`), () => target.take(ctx, rows)),
});
export const segmentValues = <T>(ctx: ShopContext, name: string, lineOf: LineOf, read: () => Promise<T>): Promise<T> => contain(lineOf(ctx, `segment ${name}`), PAGE_MS, read);
export const memberPriceRead = <T>(ctx: ShopContext, name: string, lineOf: LineOf, read: () => Promise<T>): Promise<T> => contain(lineOf(ctx, `member price ${name}`), PAGE_MS, read);
export const openingsRead = <T>(ctx: ShopContext, name: string, lineOf: LineOf, read: () => Promise<T>): Promise<T> => contain(lineOf(ctx, `openings ${name}`), PAGE_MS, read);
export const offersRead = <T>(ctx: ShopContext, lineOf: LineOf, read: () => Promise<T>): Promise<T> => contain(lineOf(ctx, 'offers'), PAGE_MS, read);
export const namedPart = (name: string, part: PackPart, lineOf: LineOf): PackPart => ({
  title: part.title, present: (ctx) => contain(lineOf(ctx, `pack part ${name}`), PAGE_MS, () => part.present(ctx)), create: (ctx, live) => contain(lineOf(ctx, `pack part ${name}`), 3 * PAGE_MS, () => part.create(ctx, live)),
});
