import { addDays, daysBetween } from 'guanxi/plugin';

/** Days between two changes of a birthday, and before a new one pays. */
export const CHANGE_GUARD_DAYS = 365;
export const PAYS_AFTER_DAYS = 30;
/** Of somebody younger the year of birth is not kept. */
export const OF_AGE = 14;

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const two = (n: number): string => String(n).padStart(2, '0');

/** `MM-DD` of a real day, 29 February among them; undefined for any other. */
export function birthdayOf(month: number, day: number): string | undefined {
  const last = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return last !== undefined && day >= 1 && day <= last ? `${two(month)}-${two(day)}` : undefined;
}

/** Birthdays that are kept on a business date: its own, and 29 February on the 28th of a common year. */
export const birthdaysOn = (date: string): readonly string[] => (date.slice(5) === '02-28' && !leap(Number(date.slice(0, 4))) ? ['02-28', '02-29'] : [date.slice(5)]);

/** The date on which a birthday is kept in a year. */
export const keptIn = (birthday: string, year: number): string => `${year}-${birthday === '02-29' && !leap(year) ? '02-28' : birthday}`;

/** The first date at which a birthday that was told on `setOn` is given for: one within 30 days waits for the next year. */
export function firstPaid(birthday: string, setOn: string): string {
  const year = Number(setOn.slice(0, 4));
  const next = keptIn(birthday, year) >= setOn ? keptIn(birthday, year) : keptIn(birthday, year + 1);
  return daysBetween(setOn, next) > PAYS_AFTER_DAYS ? next : keptIn(birthday, Number(next.slice(0, 4)) + 1);
}

/** From when a birthday may be changed again. */
export const changeableFrom = (setOn: string): string => addDays(setOn, CHANGE_GUARD_DAYS);

/** Whole years on a date; of the 29 February kept on the 28th. */
export const ageOn = (birthday: string, year: number, date: string): number => Number(date.slice(0, 4)) - year - (keptIn(birthday, Number(date.slice(0, 4))) > date ? 1 : 0);
