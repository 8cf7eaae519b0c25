import { newId, sql, type Database, type ShopContext, type Unit } from 'guanxi/plugin';
import { DROP_MEMBER } from './member.statements.js';
import { DROP_MOVES, GIFTS_BACK, GROWTH_BACK, HOLD_PROFILE, MOVE_GIFTS, MOVE_GROWTH, MOVE_PURCHASES, PROFILE_OF, SET_AWAY, SET_TOLD, type ProfileRow } from './people.statements.js';
import type { Standings } from './standings.service.js';

type Told = Omit<ProfileRow, 'away' | 'filled'>;
/** What is told in one go: of two birthdays one is kept with all that belongs to it. */
const PARTS = {
  birthday: { birthday: null, birth_year: null, birthday_set_on: null, guarded: 0 }, followed: { followed_at: null }, nickname: { nickname: null }, gender: { gender: null }, interests: { interests: '[]' },
} as const satisfies Record<string, Partial<Told>>;
type Part = keyof typeof PARTS;
const FIRST: Readonly<Record<Part, keyof Told>> = { birthday: 'birthday', followed: 'followed_at', nickname: 'nickname', gender: 'gender', interests: 'interests' };
const isEmpty = (row: Told, part: Part): boolean => row[FIRST[part]] === null || row[FIRST[part]] === '[]';
const partOf = (row: Told, part: Part): Partial<Told> => Object.fromEntries(Object.keys(PARTS[part]).map((field) => [field, row[field as keyof Told]]));

/** What becomes of a membership when a person turns out to be another, and when they are two again. Each can be told twice. */
export class MemberPeople {
  constructor(private readonly db: Database, private readonly standings: Standings) {}

  merge(ctx: ShopContext, person: string, into: string): Promise<void> {
    const [standings, fill] = [this.standings, (inner: ShopContext) => this.#fill(inner, person, into)];
    return this.db.hot(ctx, `membership:${into}`, function* (inner) {
      for (const each of [MOVE_PURCHASES, MOVE_GROWTH, MOVE_GIFTS]) yield* sql.run(each, { person, into });
      yield* fill(inner);
      for (const each of [DROP_MEMBER, DROP_MOVES]) yield* sql.run(each, { person });
      yield* standings.steps(inner, into);
    });
  }

  /** What moved goes back; orders are looked at by whoever calls. */
  split(ctx: ShopContext, person: string, into: string): Promise<void> {
    const empty = (inner: ShopContext) => this.#empty(inner, person, into);
    return this.db.hot(ctx, `membership:${into}`, function* (inner) {
      for (const each of [GROWTH_BACK, GIFTS_BACK]) yield* sql.run(each, { person, into });
      yield* empty(inner);
    });
  }

  /** What the one who stays has not told, the other's answer fills. */
  *#fill(ctx: ShopContext, person: string, into: string): Unit<void> {
    const other = yield* sql.one(PROFILE_OF, { person });
    if (!other || other.away === 1) return;
    const own = (yield* sql.one(HOLD_PROFILE, { id: newId(), person: into, now: ctx.now }))!;
    const filled = (Object.keys(PARTS) as Part[]).filter((part) => isEmpty(own, part) && !isEmpty(other, part));
    yield* this.#store(ctx, into, own, filled.map((part) => partOf(other, part)));
    yield* sql.run(SET_AWAY, { person, away: 1, filled: JSON.stringify(filled) });
  }

  /** What was taken over from the other and not told anew since is forgotten. */
  *#empty(ctx: ShopContext, person: string, into: string): Unit<void> {
    const [other, own] = [yield* sql.one(PROFILE_OF, { person }), yield* sql.one(PROFILE_OF, { person: into })];
    if (!other || other.away === 0) return;
    yield* sql.run(SET_AWAY, { person, away: 0, filled: null });
    if (own) yield* this.#store(ctx, into, own, (JSON.parse(other.filled ?? '[]') as Part[]).filter((part) => own[FIRST[part]] === other[FIRST[part]]).map((part) => PARTS[part]));
  }

  *#store(ctx: ShopContext, person: string, { away: _, filled: __, ...told }: ProfileRow, parts: readonly Partial<Told>[]): Unit<void> {
    if (parts.length > 0) yield* sql.run(SET_TOLD, { ...Object.assign({}, told, ...parts) as Told, person, now: ctx.now });
  }
}
