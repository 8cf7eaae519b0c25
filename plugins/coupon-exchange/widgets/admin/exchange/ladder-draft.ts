/** A step of the ladder as the form holds it: numbers as typed, money in the currency's main unit. */
export interface RungDraft { readonly step: string; readonly on: boolean; readonly discount: string; readonly minimum: string; readonly cost: string; readonly validDays: string }
export interface Rung { readonly discount: number; readonly minimum: number; readonly cost: number; readonly validDays: number }
export type RungField = 'discount' | 'minimum' | 'cost' | 'validDays';

const whole = (text: string, by = 1): number => { const value = text.trim() === '' ? Number.NaN : Number(text) * by; return by === 1 ? value : Math.round(value); };

export const rungOf = (draft: RungDraft, digits: number): Rung => ({ discount: whole(draft.discount, 10 ** digits), minimum: whole(draft.minimum, 10 ** digits), cost: whole(draft.cost), validDays: whole(draft.validDays) });

/** Fields that the server would refuse. */
export function wrongRung(draft: RungDraft, digits: number): readonly RungField[] {
  const { discount, minimum, cost, validDays } = rungOf(draft, digits);
  const inside = (value: number, min: number, max: number): boolean => Number.isInteger(value) && value >= min && value <= max;
  return [
    ...(inside(discount, 1, 100_000_000) && !(minimum > 0 && discount >= minimum) ? [] : ['discount' as const]), ...(inside(minimum, 0, 100_000_000) ? [] : ['minimum' as const]),
    ...(inside(cost, 1, 1_000_000) ? [] : ['cost' as const]), ...(inside(validDays, 1, 730) ? [] : ['validDays' as const]),
  ];
}
